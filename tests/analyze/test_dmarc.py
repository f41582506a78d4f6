import pytest
from tests.analyze.mail_zone import answers

from bongsu.analyze.dmarc import aligned, dmarc_policy, dmarc_tags, policy_words

pytest.importorskip("tldextract")


def test_a_record_has_tags_and_another_text_is_none():
    record = "v=DMARC1; P = Reject ;sp=none; rua=mailto:Ann@a.example; adkim=S;"
    assert dmarc_tags(record) == {"p": "reject", "sp": "none", "rua": "mailto:Ann@a.example", "adkim": "s"}
    assert dmarc_tags("v=spf1 -all") is None
    assert dmarc_tags("") is None


def test_the_policy_is_that_of_the_name_else_of_the_organization():
    found = answers(("_dmarc.a.co.kr", "v=DMARC1; p=reject; sp=none"), zones=("a.co.kr",))
    assert dmarc_policy("a.co.kr", found).policy == "reject"
    assert dmarc_policy("x.y.a.co.kr", found)[::2] == ("_dmarc.a.co.kr", "none")
    own = answers(("_dmarc.x.a.co.kr", "v=DMARC1; p=quarantine; aspf=s"), zones=("a.co.kr",))
    assert dmarc_policy("x.a.co.kr", own).policy == "quarantine"
    assert dmarc_policy("x.a.co.kr", own).aspf == "s"


def test_no_record_and_no_answer_are_told_apart():
    assert dmarc_policy("a.example", answers(zones=("a.example",))).policy == ""
    assert dmarc_policy("a.example", answers()).policy == "unknown"
    assert "not among" in policy_words(dmarc_policy("a.example", answers()))
    assert "no DMARC" in policy_words(dmarc_policy("a.example", answers(zones=("a.example",))))


def test_two_records_are_none():
    found = answers(
        ("_dmarc.a.example", "v=DMARC1; p=none"),
        ("_dmarc.a.example", "v=DMARC1; p=reject"),
        zones=("a.example",),
    )
    assert dmarc_policy("a.example", found).policy == ""


@pytest.mark.parametrize(
    ("proven", "shown", "mode", "expected"),
    [
        ("mail.a.co.kr", "a.co.kr", "r", True),
        ("mail.a.co.kr", "a.co.kr", "s", False),
        ("a.co.kr", "A.co.kr.", "s", True),
        ("b.co.kr", "a.co.kr", "r", False),
        ("evil.github.io", "good.github.io", "r", False),
        ("", "a.co.kr", "r", False),
    ],
)
def test_what_is_proven_must_be_of_the_domain_that_is_shown(proven, shown, mode, expected):
    assert aligned(proven, shown, mode) is expected
