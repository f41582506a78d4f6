import pytest

from bongsu.facts.warning_list import Warned
from bongsu.normalize.indicator_value import Known
from bongsu.normalize.warning_list import WarningLists, host_of, warned_of

LISTS = WarningLists()


@pytest.mark.parametrize(
    "known",
    [
        Known("domain", "www.wikipedia.org"),
        Known("domain", "www.example.com"),
        Known("domain", "printer.local"),
        Known("domain", "kro.kr"),
        Known("url", "naver.com"),
        Known("ipv4", "8.8.8.8"),
        Known("ipv4", "192.168.1.1"),
        Known("ipv4", "127.255.255.255"),
        Known("cidr", "10.1.0.0/16"),
        Known("ipv6", "fe80::1"),
        Known("ipv6", "2001:4860:4860::8888"),
        Known("md5", "d41d8cd98f00b204e9800998ecf8427e"),
    ],
)
def test_what_lists_warn_of_is_benign(known):
    assert LISTS.benign(known)


@pytest.mark.parametrize(
    "known",
    [
        Known("domain", "evil.wikipedia.org.evil.com"),
        Known("domain", "notexample.com"),
        Known("domain", "a.kro.kr"),
        Known("url", "naver.com/evil.exe"),
        Known("ipv4", "8.8.8.9"),
        Known("ipv4", "11.0.0.1"),
        Known("cidr", "8.0.0.0/8"),
        Known("cidr", "0.0.0.0/0"),
        Known("ipv6", "2001:4860:4860::8889"),
        Known("md5", "0" * 32),
        Known("email", "a@example.com"),
    ],
)
def test_what_no_list_has_is_not(known):
    assert LISTS.benign(known) == ""


@pytest.mark.parametrize(
    ("known", "note", "scope"),
    [
        (Known("domain", "evil.com"), "", "parents"),
        (Known("domain", "a.kro.kr"), "", "exact"),
        (Known("domain", "a.github.io"), "", "exact"),
        (Known("domain", "evil.com"), "shared-host:evil.com", "exact"),
        (Known("url", "evil.com/a"), "", "parents"),
        (Known("url", "a.kro.kr/x"), "", "exact"),
        (Known("url", "naver.com/x"), "", "exact"),
        (Known("url", "evil.com:8080/x"), "popular-host:tranco10k", "exact"),
        (Known("ipv4", "1.2.3.4"), "", "exact"),
        (Known("cidr", "1.2.3.0/24"), "", "parents"),
        (Known("url_path", "/wp-content/plugins/upload.php"), "", "weak"),
        (Known("url_path", "/0918_uri_skle/dksleks"), "", "parents"),
        (Known("file_name_regex", r"\\[A-Z]{3}(bin|dat)\.exe"), "", "weak"),
        (Known("file_name_regex", r"\\ProgramData\\evil\.exe"), "", "exact"),
        (Known("sha256", "0" * 64), "", "exact"),
    ],
)
def test_scopes(known, note, scope):
    assert LISTS.scope(known, note) == scope


def test_a_user_s_list_is_heeded_too():
    rows = [
        ("", "ours.co.kr"),
        ("domain", ".below.kr"),
        ("ip", "5.6.7.0/24"),
        ("", "0" * 64),
        ("", "co.kr"),
        ("", "?"),
    ]
    warned = warned_of(rows, "ours")
    assert warned == [
        Warned("host", "ours.co.kr", "benign", "ours"),
        Warned("below", "below.kr", "benign", "ours"),
        Warned("net", "5.6.7.0/24", "benign", "ours"),
        Warned("hash", "0" * 64, "benign", "ours"),
        Warned("host", "co.kr", "benign", "ours"),
    ]
    lists = WarningLists(warned)
    known = [Known("domain", "ours.co.kr"), Known("domain", "a.below.kr"), Known("ipv4", "5.6.7.8")]
    assert [lists.benign(one) for one in known] == ["ours"] * 3
    assert lists.benign(Known("domain", "a.ours.co.kr")) == ""


@pytest.mark.parametrize(
    ("url", "host"), [("h.kr:80/x", "h.kr"), ("h.kr?q=/", "h.kr"), ("[::1]:80/x", "::1")]
)
def test_host_of_a_url(url, host):
    assert host_of(url) == host
