import pytest
from tests.analyze.mail_zone import answers

from bongsu.analyze.spf import check_spf, spf_terms
from bongsu.analyze.spf_macro import SpfQuery
from bongsu.model.dns import DnsRecord

IP = "192.0.2.10"


def verdict(record, ip=IP, zones=("a.example",), more=(), texts=()):
    found = answers(("a.example", record), *texts, zones=zones, more=more)
    return check_spf(SpfQuery(ip, "a.example", "x@a.example"), found)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", "pass"),
        ("v=spf1 IP4:192.0.2.10 -all", "pass"),
        ("v=spf1 ip4:198.51.100.0/24 -all", "fail"),
        ("v=spf1 ip4:198.51.100.0/24 ~all", "softfail"),
        ("v=spf1 ip4:198.51.100.0/24 ?all", "neutral"),
        ("v=spf1 ip4:198.51.100.0/24", "neutral"),
        ("v=spf1 -ip4:192.0.2.10 +all", "fail"),
        ("v=spf1 ip6:2001:db8::/32 -all", "fail"),
        ("v=spf1 unknown=1 ip4:192.0.2.10 -all", "pass"),
        ("v=spf1 ipv4:192.0.2.10 -all", "permerror"),
        ("v=spf1 ip4:192.0.2.300 -all", "permerror"),
        ("v=spf1 ptr -all", "unknown"),
        ("v=spf10 -all", "none"),
    ],
)
def test_mechanisms_that_need_no_answers(record, expected):
    assert verdict(record).verdict == expected


HOSTS = (
    DnsRecord("a.example", "A", "198.51.100.1"),
    DnsRecord("a.example", "MX", "10 mx.a.example"),
    DnsRecord("mx.a.example", "A", "192.0.2.99"),
    DnsRecord("3.a.example", "A", "127.0.0.2"),
)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 a -all", "fail"),
        ("v=spf1 a:mx.a.example -all", "fail"),
        ("v=spf1 a:mx.a.example/24 -all", "pass"),
        ("v=spf1 mx/24//64 -all", "pass"),
        ("v=spf1 mx -all", "fail"),
        ("v=spf1 exists:%{d1r}.a.example -all", "fail"),
        ("v=spf1 exists:3.%{d} -all", "pass"),
        ("v=spf1 a:elsewhere.example -all", "unknown"),
        ("v=spf1 mx:elsewhere.example -all", "unknown"),
        ("v=spf1 exists:%{p}.a.example -all", "unknown"),
    ],
)
def test_hosts_are_looked_up_in_the_saved_answers(record, expected):
    assert verdict(record, more=HOSTS).verdict == expected


def test_version_6_is_compared_with_its_own_addresses():
    more = (DnsRecord("a.example", "AAAA", "2001:db8::1"),)
    assert verdict("v=spf1 a -all", ip="2001:db8::1", more=more).verdict == "pass"
    assert verdict("v=spf1 ip6:2001:db8::/32 -all", ip="2001:db8::2").verdict == "pass"


def test_a_record_that_was_not_saved_is_unknown_and_nothing_behind_it_settles():
    assert verdict("v=spf1 include:b.example ip4:192.0.2.10 -all").verdict == "unknown"
    assert verdict("v=spf1 include:b.example -all").verdict == "unknown"
    assert verdict("v=spf1 ip4:192.0.2.10 include:b.example -all").verdict == "pass"
    assert verdict("v=spf1 redirect=b.example").verdict == "unknown"
    assert check_spf(SpfQuery(IP, "c.example"), answers()).verdict == "unknown"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("v=spf1 ip4:192.0.2.10 -all", "pass"),
        ("v=spf1 -all", "softfail"),
        ("v=spf1 ?all", "softfail"),
        ("v=spf1 include:b.example -all", "permerror"),
        ("not spf", "permerror"),
    ],
)
def test_what_is_included_matches_only_where_it_passes(other, expected):
    found = verdict("v=spf1 include:b.example ~all", texts=[("b.example", other)], zones=("b.example",))
    assert found.verdict == expected


def test_a_redirect_is_followed_where_nothing_matches():
    texts = [("b.example", "v=spf1 ip4:192.0.2.10 -all")]
    assert verdict("v=spf1 redirect=b.example", texts=texts).verdict == "pass"
    assert verdict("v=spf1 ?all redirect=b.example", texts=texts).verdict == "neutral"
    assert verdict("v=spf1 redirect=a.example").verdict == "permerror"


def test_more_than_ten_look_ups_are_an_error():
    texts = [(f"i{n}.example", "v=spf1 ?all") for n in range(11)]
    ten = "v=spf1 " + " ".join(f"include:i{n}.example" for n in range(10)) + " ip4:192.0.2.10 -all"
    assert verdict(ten, texts=texts) == verdict(ten, texts=texts)._replace(verdict="pass", lookups=10)
    eleven = ten.replace(" ip4", " include:i10.example ip4")
    assert verdict(eleven, texts=texts).verdict == "permerror"


def test_two_records_are_an_error():
    found = answers(("a.example", "v=spf1 -all"), ("a.example", "v=spf1 +all"))
    assert check_spf(SpfQuery(IP, "a.example"), found).verdict == "permerror"


def test_terms_are_cut():
    terms, redirect = spf_terms("v=spf1 ~a:b.example/24//64 ip6:2001:db8::/32 redirect=c.example")
    assert terms == [("~", "a", "b.example", "/24//64"), ("+", "ip6", "2001:db8::", "/32")]
    assert redirect == "c.example"
