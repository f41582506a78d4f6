import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.normalize.fault import Fault
from bongsu.normalize.indicator_value import KIND_OF, Known, canonical_indicator, canonical_url, refang

MD5 = "D41D8CD98F00B204E9800998ECF8427E"


@pytest.mark.parametrize(
    ("word", "text", "known"),
    [
        ("domain", "Evil[.]COM.", Known("domain", "evil.com")),
        ("domain", "evil(dot)com", Known("domain", "evil.com")),
        ("domain", "*.evil.com", Known("domain", "evil.com")),
        ("hostname", "bücher.example", Known("domain", "xn--bcher-kva.example")),
        ("domain", "evil.com:8080", Known("domain", "evil.com")),
        ("domain", "1.2.3.4", Known("ipv4", "1.2.3.4")),
        ("domain", "evil.com/up.php", Known("url", "evil.com/up.php")),
        ("domain|ip", "evil.com|1.2.3.4", Known("domain", "evil.com")),
        ("ipv4", "1[.]2[.]3[.]4:8080", Known("ipv4", "1.2.3.4")),
        ("ip-dst|port", "1.2.3.4|443", Known("ipv4", "1.2.3.4")),
        ("ip", "2001:0DB8:0:0::1", Known("ipv6", "2001:db8::1")),
        ("ip", "[2001:db8::1]:443", Known("ipv6", "2001:db8::1")),
        ("ip", "::ffff:1.2.3.4", Known("ipv4", "1.2.3.4")),
        ("ipv4", "1.2.3.77/24", Known("cidr", "1.2.3.0/24")),
        ("url", "hxxps://me@Evil[.]com:443/A%2f?q#frag", Known("url", "evil.com/A%2F?q")),
        ("url", "http://evil.com:8443/a/", Known("url", "evil.com:8443/a")),
        ("url", "http://1.2.3.4:80", Known("url", "1.2.3.4")),
        ("url_noscheme", "evil.com:8000/6202033", Known("url", "evil.com:8000/6202033")),
        ("url_path", "/a/b%2b/", Known("url_path", "/a/b%2B")),
        ("sha-1", "a" * 40, Known("sha1", "a" * 40)),
        ("hash", MD5, Known("md5", MD5.lower())),
        ("filename|md5", f"a.exe|{MD5}", Known("md5", MD5.lower())),
        ("email", "Kim <Kim.S[@]evil[.]KR>", Known("email", "kim.s@evil.kr")),
        ("filename", "C:\\Temp\\Evil.EXE", Known("file_name", "evil.exe")),
        ("filename_regex", r"\\Temp\\evil[0-9]\.exe", Known("file_name_regex", r"\\Temp\\evil[0-9]\.exe")),
        ("mutex", "Global\\Evil", Known("mutex", "global\\evil")),
        ("npm_alias", "@Fukdev", Known("package_alias", "fukdev")),
        ("wallet", "0xAB" + "0" * 38, Known("wallet", "0xab" + "0" * 38)),
        ("handle", "@Someone", Known("handle", "someone")),
        ("", MD5, Known("md5", MD5.lower())),
        ("", "/a/path", Known("url_path", "/a/path")),
        ("", "a@evil.com", Known("email", "a@evil.com")),
        ("", "1.2.3.0/24", Known("cidr", "1.2.3.0/24")),
        ("", "evil.com/x", Known("url", "evil.com/x")),
        ("", "evil.com", Known("domain", "evil.com")),
    ],
)
def test_values_have_one_form(word, text, known):
    assert canonical_indicator(word, text) == known
    assert canonical_indicator(known.kind, known.value) == known


@pytest.mark.parametrize(
    ("word", "text", "rule"),
    [
        ("domain", "co.kr", "public_suffix"),
        ("domain", "github.io", "public_suffix"),
        ("domain", "com", "bad_domain"),
        ("domain", "a b", "bad_domain"),
        ("ip", "1.2.3", "bad_ip"),
        ("url", "http:///x", "bad_url"),
        ("url", "http://evil.com:x/", "bad_url"),
        ("url_path", "/", "bad_path"),
        ("md5", "a" * 40, "bad_hash"),
        ("sha256", "z" * 64, "bad_hash"),
        ("email", "nobody", "bad_email"),
        ("filename", "C:\\Temp\\", "bad_file_name"),
        ("filename_regex", "(", "bad_regex"),
        ("filename_regex", ".*", "bad_regex"),
        ("package", "two words", "bad_package"),
        ("user-agent", "curl", "unknown_type"),
        ("domain", " ", "no_value"),
    ],
)
def test_what_is_no_value_says_why(word, text, rule):
    found = canonical_indicator(word, text)
    assert isinstance(found, Fault)
    assert found.rule == rule


def test_refanging_leaves_plain_text():
    assert refang("hxxp[:]//evil[.]com") == "http://evil.com"
    assert refang("http://hxxp.com/a") == "http://hxxp.com/a"


@given(st.sampled_from(sorted(KIND_OF)), st.text(max_size=40))
def test_no_text_breaks_it_and_a_canonical_value_stays(word, text):
    found = canonical_indicator(word, text)
    if isinstance(found, Known) and found.kind not in {
        "file_name",
        "mutex",
        "package_alias",
        "handle",
        "wallet",
    }:
        again = canonical_indicator(found.kind, found.value)
        assert again == found


@given(st.text(max_size=40))
def test_no_text_breaks_the_form(text):
    assert isinstance(canonical_indicator("", text), Known | Fault)
    assert isinstance(canonical_url(text), str | Fault)
