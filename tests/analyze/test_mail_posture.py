import pytest
from tests.analyze.mail_zone import answers, key_pair

from bongsu.analyze.mail_posture import review_posture
from bongsu.analyze.mail_sender import Sender, Senders
from bongsu.model.dns import DnsRecord

pytest.importorskip("tldextract")
SPF = ("firm.example", "v=spf1 mx -all")
KEY = ("s1._domainkey.firm.example", key_pair()[1])
STS = ("_mta-sts.firm.example", "v=STSv1; id=1")
RPT = ("_smtp._tls.firm.example", "v=TLSRPTv1; rua=mailto:tls@firm.example")
GOOD = "v=DMARC1; p=reject; rua=mailto:dmarc@firm.example"
MAIL = DnsRecord("firm.example", "MX", "10 mx.firm.example")


def review(dmarc=GOOD, texts=(SPF, KEY, STS, RPT), more=(MAIL,), zones=("firm.example",), **options):
    policy = [("_dmarc.firm.example", dmarc)] if dmarc else []
    dns = answers(*policy, *texts, zones=zones, more=more)
    return review_posture("Firm.example.", dns, names=dns.names, **options)


def keys(found):
    return [one.key for one in found.advice]


def test_a_good_set_up_needs_nothing():
    found = review()
    assert found.advice == ()
    assert found.found["DKIM"] == "s1"
    assert found.found["DMARC"] == GOOD


def test_an_empty_zone_gets_all_records_in_order():
    found = review(dmarc="", texts=())
    assert keys(found) == [
        "spf_missing", "dkim_missing", "dmarc_missing", "dmarc_none", "mta_sts_missing", "tls_rpt_missing",
    ]  # fmt: skip
    assert [one.record for one in found.advice][2:4] == [
        '_dmarc.firm.example. TXT "v=DMARC1; p=none; rua=mailto:dmarc@firm.example"',
        '_dmarc.firm.example. TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@firm.example"',
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=DMARC1; p=none; rua=mailto:d@firm.example", ["dmarc_none"]),
        ("v=DMARC1; p=reject", ["dmarc_no_reports"]),
        ("v=DMARC1; p=reject; pct=20; rua=mailto:d@firm.example", ["dmarc_partly"]),
        ("v=DMARC1; p=reject; sp=none; rua=mailto:d@firm.example", ["dmarc_below"]),
        ("v=DMARC1; p=quarantine; rua=mailto:d@firm.example", ["dmarc_quarantine"]),
        ("v=DMARC1; p=reject; rua=mailto:x@reports.firm.example", []),
        ("v=DMARC1; p=reject; rua=mailto:x@service.example", []),
    ],
)
def test_what_weakens_a_policy_is_told(record, expected):
    assert keys(review(record)) == expected


def test_a_better_record_keeps_what_the_old_one_says():
    [advice] = review("v=DMARC1; p=reject; sp=none; adkim=s; rua=mailto:D@firm.example").advice
    assert (
        advice.record
        == '_dmarc.firm.example. TXT "v=DMARC1; p=reject; sp=reject; adkim=s; rua=mailto:D@firm.example"'
    )


def test_reports_to_another_organization_must_be_taken_there():
    outside = "v=DMARC1; p=reject; rua=mailto:x@service.example"
    assert keys(review(outside, zones=("firm.example", "service.example"))) == ["dmarc_reports_refused"]
    taken = ("firm.example._report._dmarc.service.example", "v=DMARC1")
    texts = (SPF, KEY, STS, RPT, taken)
    assert keys(review(outside, texts=texts, zones=("firm.example", "service.example"))) == []


def test_reports_decide_whether_the_policy_can_be_enforced_at_once():
    none = "v=DMARC1; p=none; rua=mailto:d@firm.example"
    clean = Senders((Sender("203.0.113.7", (), 0, 3, 0, ()), Sender("192.0.2.1", (), 97, 0, 0, ())), 4)
    [advice] = review(none, senders=clean).advice
    assert "p=reject" in advice.record and "97.0%" in advice.why
    partly = Senders((Sender("192.0.2.1", (), 97, 3, 0, ()),), 4)
    [advice] = review(none, senders=partly).advice
    assert "p=quarantine" in advice.record and "192.0.2.1" in advice.why


def test_two_policies_are_none():
    second = ("_dmarc.firm.example", "v=DMARC1; p=none")
    assert keys(review(texts=(SPF, KEY, STS, RPT, second))) == ["dmarc_several"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("v=DKIM1; p=" + "A" * 216, "dkim_short"),
        ("v=DKIM1; p=!!!", "dkim_damaged"),
        (key_pair()[1].replace("k=rsa;", "k=rsa; t=y;"), "dkim_test"),
    ],
)
def test_keys_are_looked_at(key, expected):
    assert expected in keys(review(texts=(SPF, (KEY[0], key), STS, RPT)))


def test_a_key_of_another_algorithm_may_be_short_and_one_taken_back_is_no_fault():
    for key in ("v=DKIM1; k=ed25519; p=" + "A" * 44, "v=DKIM1; p="):
        assert keys(review(texts=(SPF, (KEY[0], key), STS, RPT))) == []


def test_selectors_that_are_named_are_looked_up():
    dns = answers(SPF, ("mine._domainkey.firm.example", KEY[1]))
    assert review_posture("firm.example", dns, selectors=["mine"]).found["DKIM"] == "mine"
    assert "dkim_missing" in keys(review_posture("firm.example", dns))


def test_names_below_are_looked_at():
    below = (MAIL, DnsRecord("news.firm.example", "MX", "10 mx.firm.example"))
    texts = (SPF, KEY, STS, RPT, ("_dmarc.shop.firm.example", "v=DMARC1; p=none"))
    assert keys(review(more=below, texts=texts)) == ["dmarc_below_own", "spf_below"]


def test_what_was_not_saved_is_unknown_and_not_called_missing():
    found = review(dmarc="", texts=(), more=(), zones=())
    assert keys(found) == ["spf_unknown", "dkim_missing", "dmarc_unknown"]
    assert {one.level for one in found.advice} == {"informational"}
    assert set(found.found.values()) == {"not among the saved answers"}


def test_a_domain_without_mail_servers_needs_no_transport_records():
    assert keys(review(texts=(("firm.example", "v=spf1 -all"), KEY), more=())) == []
