# ruff: noqa: E501
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.read.stix_pattern import NotReadError, Stated, values_of

MD5, SHA256 = "0" * 32, "f" * 64


@pytest.mark.parametrize(
    ("pattern", "stated"),
    [
        ("[domain-name:value = 'evil.com']", [("domain", "evil.com")]),
        ("[domain-name:value='a.com' OR domain-name:value = 'b.com']", [("domain", "a.com"), ("domain", "b.com")]),
        ("[domain-name:value = 'a.com'] OR [ipv4-addr:value = '1.2.3.4']", [("domain", "a.com"), ("ip", "1.2.3.4")]),
        ("([url:value = 'http://a.com/x'] OR [url:value = 'http://b.com'])", [("url", "http://a.com/x"), ("url", "http://b.com")]),
        ("[ipv4-addr:value ISSUBSET '1.2.3.0/24']", [("ip", "1.2.3.0/24")]),
        ("[ipv6-addr:value = '2001:db8::1']", [("ip", "2001:db8::1")]),
        ("[domain-name:value IN ('a.com', 'b.com')]", [("domain", "a.com"), ("domain", "b.com")]),
        (f"[file:hashes.MD5 = '{MD5}']", [("md5", MD5)]),
        (f"[file:hashes.'SHA-256' = '{SHA256}']", [("sha256", SHA256)]),
        (f'[file:hashes."SHA-256" = \'{SHA256}\']', [("sha256", SHA256)]),
        (f"[file:hashes.MD5 = '{MD5}' AND file:hashes.'SHA-256' = '{SHA256}']", [("md5", MD5), ("sha256", SHA256)]),
        (f"[file:name = 'a.exe' AND file:hashes.MD5 = '{MD5}']", [("md5", MD5)]),
        ("[file:name = 'evil.exe']", [("file_name", "evil.exe")]),
        ("[email-addr:value = 'a@evil.com']", [("email", "a@evil.com")]),
        ("[mutex:name = 'Global\\\\x\\'y']", [("mutex", "Global\\x'y")]),
        ("[(domain-name:value = 'a.com' OR domain-name:value = 'a.com')]", [("domain", "a.com")]),
    ],
)  # fmt: skip
def test_common_patterns_are_read(pattern, stated):
    assert values_of(pattern) == [Stated(*one) for one in stated]


def test_a_package_has_its_version():
    found = values_of("[software:name = 'axios' AND software:version IN ('1.14.1', '0.30.4')]")
    assert found == [Stated("package", "axios", "1.14.1 || 0.30.4")]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("[domain-name:value = 'a.com' AND ipv4-addr:value = '1.2.3.4']", "AND"),
        ("[domain-name:value != 'a.com']", "!="),
        ("[domain-name:value NOT = 'a.com']", "NOT"),
        ("[domain-name:value LIKE '%.com']", "LIKE"),
        ("[domain-name:value MATCHES 'x']", "MATCHES"),
        ("[domain-name:value ISSUBSET 'x']", "ISSUBSET"),
        ("[domain-name:value = 'a.com'] FOLLOWEDBY [url:value = 'b']", "FOLLOWEDBY"),
        ("[domain-name:value = 'a.com'] REPEATS 5 TIMES", "5"),
        ("[domain-name:value = 'a.com'] AND [url:value = 'b']", "AND"),
        ("[process:command_line = 'x']", "process:command_line"),
        ("[software:version = '1']", "AND"),
        ("[file:size > 100]", "100"),
        ("[file:size > '100']", "file:size"),
        ("[file:hashes.SSDEEP = 'x']", "SSDEEP"),
        ("[domain-name:value = 'a.com'", "no end"),
        ("[domain-name:value = 'a.com", "'a.com"),
        ("domain-name:value = 'a.com'", "domain-name"),
        ("[]", "]"),
        ("", "no end"),
        ("[domain-name:value = 'a']" * 9000, "too long"),
        ("rule x { condition: true }", "rule"),
    ],
)
def test_other_patterns_are_refused_with_what_is_not_read(pattern, why):
    with pytest.raises(NotReadError, match=r".+") as refused:
        values_of(pattern)
    assert why in str(refused.value)


@given(
    st.lists(
        st.sampled_from(["[", "]", "(", ")", "'a'", "=", "OR", "AND", "IN", "NOT", "url:value", ",", " "]),
        max_size=14,
    )
)
def test_no_pattern_breaks_it(parts):  # fmt: skip
    try:
        assert values_of(" ".join(parts))
    except NotReadError:
        pass
    except RecursionError:
        pytest.fail("nested too deep")


def test_deep_nesting_is_refused():
    with pytest.raises(NotReadError):
        values_of("(" * 40_000)
