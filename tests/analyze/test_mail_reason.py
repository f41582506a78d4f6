import pytest
from tests.analyze.mail_case import LISTS

from bongsu.analyze.mail_claim import Claim
from bongsu.analyze.mail_reason import (
    UNPROVEN,
    MailLists,
    MailRow,
    Proof,
    claimed_proof,
    plain_name,
    reasons_of,
)

pytest.importorskip("tldextract")
ROW = MailRow("a@b.example", "A", "b.example", "", "Hello", "", "", "")
FAIL, PASS = Proof("fail", "none", "x"), Proof("pass", "reject", "x")


def keys(row, proof=UNPROVEN, lists=LISTS):
    return [one.key for one in reasons_of(row, lists, proof)]


def test_ordinary_mail_has_no_reason():
    assert keys(ROW) == []
    assert keys(ROW, PASS) == []


@pytest.mark.parametrize(
    ("change", "proof", "expected"),
    [
        ({}, FAIL, ["dmarc_fail", "policy_none"]),
        ({}, Proof("none", "", "x"), ["no_dmarc"]),
        ({"reply_to_domain": "gmail.com"}, UNPROVEN, ["reply_free_mail"]),
        ({"reply_to_domain": "gmail.com"}, PASS, []),
        ({"reply_to_domain": "other.example"}, UNPROVEN, ["reply_elsewhere"]),
        ({"reply_to_domain": "help.b.example"}, UNPROVEN, []),
        ({"reply_to_domain": "firm.example"}, UNPROVEN, []),
        ({"reply_to_domain": "firm-mail.example"}, PASS, ["reply_look_alike"]),
        ({"from_name": "Prof. HONG  Gildong (Think Tank)"}, PASS, ["expert_name"]),
        ({"from_name": "Hong Gildong", "from_domain": "thinktank.example"}, PASS, []),
        ({"from_name": "Hong Gildong", "from_domain": "mail.thinktank.example"}, PASS, []),
        ({"from_domain": "thinktamk.example"}, PASS, ["from_look_alike"]),
        ({"attachments": "a.pdf\nb.LNK"}, PASS, ["attachment_runs"]),
        ({"attachments": "원고.hwp"}, PASS, ["attachment_holds"]),
        ({"attachments": "a.pdf"}, PASS, []),
        ({"url_hosts": "b.example firm.example.evil.example"}, PASS, ["link_look_alike"]),
        ({"url_hosts": "xxthinktankyy.example"}, PASS, []),
        ({"subject": "한반도 정세 자문"}, PASS, ["theme"]),
        ({"list_id": "<nk.lists.example>", "reply_to_domain": "lists.example"}, UNPROVEN, []),
    ],
)
def test_each_reason_has_its_own_sign(change, proof, expected):
    assert keys(ROW._replace(**change), proof) == expected


def test_the_name_and_address_of_an_expert_must_be_proven():
    row = ROW._replace(from_name="Hong Gildong", from_domain="thinktank.example")
    assert keys(row, FAIL) == ["dmarc_fail", "policy_none", "expert_forged"]
    assert keys(row, PASS) == keys(row) == []
    assert "expert_forged" not in keys(row._replace(list_id="<nk.lists.example>"), FAIL)


def test_what_a_list_breaks_only_adds():
    found = reasons_of(ROW._replace(list_id="<nk.lists.example>"), LISTS, FAIL)
    assert {one.family for one in found} == {"context"}


def test_without_lists_only_what_needs_none_is_told():
    row = ROW._replace(from_name="Hong Gildong", from_domain="thinktamk.example", reply_to_domain="gmail.com")
    assert keys(row, lists=MailLists()) == ["reply_free_mail"]


def test_names_are_compared_without_titles():
    assert plain_name('"Dr. Hong, Gildong" (TT)') == plain_name("hong gildong") == "hong gildong"
    assert plain_name("홍길동 교수님") == "홍길동"


def test_a_pass_counts_from_a_trusted_host_and_a_failure_from_any():
    claim = Claim("mx.firm.example", False, "dmarc", "pass", "b.example", "")
    assert claimed_proof((claim,)) == UNPROVEN
    assert claimed_proof((claim._replace(trusted=True),)).dmarc == "pass"
    failed = claimed_proof((claim._replace(result="fail", policy="none"),))
    assert failed[:2] == ("fail", "none")
    assert claimed_proof((claim._replace(result="none"),))[:2] == ("none", "")
