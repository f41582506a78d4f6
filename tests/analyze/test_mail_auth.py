import pytest
from tests.analyze.mail_zone import answers, key_pair, signed
from tests.read.mail_samples import EML

from bongsu.analyze.mail_auth import authenticate, handover

for name in ("dkim", "authres", "tldextract"):
    pytest.importorskip(name)
KEY = ("s1._domainkey.thinktank.example", key_pair()[1])
POLICY = ("_dmarc.thinktank.example", "v=DMARC1; p=none")
MAILER = ("mailer.example", "v=spf1 ip4:192.0.2.0/24 -all")
OWN = ("thinktank.example", "v=spf1 ip4:192.0.2.0/24 -all")
WHOLE = ("thinktank.example", "mailer.example")


def test_a_pass_of_another_domain_proves_nothing_for_the_one_that_is_shown():
    found = authenticate(EML, answers(MAILER, POLICY, zones=WHOLE))
    assert (found.client, found.spf_domain, found.spf.verdict) == ("192.0.2.10", "mailer.example", "pass")
    assert (found.dmarc, found.policy.policy) == ("fail", "none")
    assert found.differs == ()


def test_a_signature_of_the_shown_domain_passes_and_differs_from_the_claim():
    found = authenticate(signed(EML), answers(MAILER, POLICY, KEY, zones=WHOLE))
    assert found.dmarc == "pass"
    assert found.differs == ("mx.firm.example claims dmarc=fail, but it is pass",)


def test_spf_of_the_shown_domain_passes():
    raw = EML.replace(b"bounce@mailer.example", b"bounce@thinktank.example")
    assert authenticate(raw, answers(OWN, POLICY, zones=WHOLE)).dmarc == "pass"
    forged = raw.replace(b"[192.0.2.10]", b"[203.0.113.9]")
    assert authenticate(forged, answers(OWN, POLICY, zones=WHOLE)).dmarc == "fail"


def test_without_policy_it_is_none_and_without_answers_unknown_never_pass():
    assert authenticate(EML, answers(MAILER, zones=WHOLE)).dmarc == "none"
    assert authenticate(EML, answers()).dmarc == "unknown"
    assert authenticate(signed(EML), answers(POLICY)).dmarc == "unknown"
    assert authenticate(signed(EML), answers(KEY)).dmarc == "unknown"


def test_without_an_envelope_spf_may_have_passed_so_nothing_failed():
    bare = b"From: hong@thinktank.example\nDate: Mon, 3 Jun 2024 09:00:00 +0900\n\nx\n"
    assert authenticate(bare, answers(POLICY, zones=WHOLE)).dmarc == "unknown"


def test_strict_alignment_is_kept():
    raw = EML.replace(b"bounce@mailer.example", b"bounce@mail.thinktank.example")
    own = ("mail.thinktank.example", OWN[1])
    strict = (POLICY[0], "v=DMARC1; p=reject; aspf=s")
    assert authenticate(raw, answers(own, POLICY, zones=WHOLE)).dmarc == "pass"
    assert authenticate(raw, answers(own, strict, zones=WHOLE)).dmarc == "fail"


def test_only_headers_of_trusted_hosts_say_where_a_mail_came_from():
    hops = [
        "from gw.firm.example (gw [10.0.0.1]) by mx.firm.example with SMTP",
        "from mail.sender.example (x [198.51.100.7]) by gw.firm.example with ESMTPS",
        "from forged (y [203.0.113.1]) by mail.sender.example",
    ]
    assert handover(hops, ["mx.firm.example", "gw.firm.example"]) == ("198.51.100.7", "mail.sender.example")
    assert handover(hops, []) == ("10.0.0.1", "gw.firm.example")
    assert handover(hops, ["mx.other.example"]) == ("", "")
    assert handover([], []) == ("", "")


def test_claims_are_trusted_by_host():
    found = authenticate(EML, answers(), ["mx.firm.example"])
    assert {one.trusted for one in found.claims} == {True}
    assert {one.trusted for one in authenticate(EML, answers()).claims} == {False}
    assert found.claims[-1][2:] == ("dmarc", "fail", "thinktank.example", "none")


def test_what_is_no_mail_proves_nothing():
    found = authenticate(b"\x00\xff garbage", answers())
    assert (found.dmarc, found.shown, found.spf.verdict) == ("unknown", "", "unknown")
