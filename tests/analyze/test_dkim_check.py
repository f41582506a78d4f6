import pytest
from tests.analyze.mail_zone import answers, key_pair, signed
from tests.read.mail_samples import EML

from bongsu.analyze.dkim_check import check_dkim

pytest.importorskip("dkim")
KEY = "s1._domainkey.thinktank.example"


def verdicts(raw, found):
    return [(one.domain, one.selector, one.verdict) for one in check_dkim(raw, found)]


def test_a_signature_is_valid_with_its_key_and_not_with_another_text():
    known = answers((KEY, key_pair()[1]))
    raw = signed(EML)
    assert verdicts(raw, known)[0] == ("thinktank.example", "s1", "pass")
    assert verdicts(raw.replace(b"=?utf-8?Q?Interview_request?=", b"Lunch"), known)[0][2] == "fail"
    assert verdicts(raw.replace(b"aGVsbG8K", b"aGVsbG9L"), known)[0][2] == "fail"


def test_line_ends_of_the_archive_do_not_matter():
    known = answers((KEY, key_pair()[1]))
    assert verdicts(signed(EML).replace(b"\r\n", b"\n"), known)[0][2] == "pass"


def test_a_key_that_was_not_saved_is_unknown_and_one_that_is_not_there_is_an_error():
    assert verdicts(signed(EML), answers())[0][2] == "unknown"
    assert verdicts(signed(EML), answers(zones=("thinktank.example",)))[0][2] == "permerror"


def test_every_signature_is_judged_and_a_damaged_one_is_an_error():
    known = answers((KEY, key_pair()[1]), ("s1._domainkey.mailer.example", "v=DKIM1; p="))
    assert [one[2] for one in verdicts(signed(EML), known)] == ["pass", "permerror"]
    assert verdicts(b"DKIM-Signature: v=1\nFrom: a@b.example\n\nx", known) == [("", "", "permerror")]
    assert verdicts(b"From: a@b.example\n\nx", known) == []


def test_expiry_is_judged_on_the_day_of_the_mail(monkeypatch):
    import dkim

    raw = signed(EML)
    known = answers((KEY, key_pair()[1]))
    head, _colon, rest = raw.partition(b"s=s1;")
    old = head + b"s=s1; x=1000000000;" + rest  # breaks the signature, but is asked for first
    assert check_dkim(old, known)[0].why == "the signature had expired on the day of the mail"
    new = head + b"s=s1; x=1800000000;" + rest
    monkeypatch.setattr(dkim.time, "time", lambda: 2_000_000_000)
    assert check_dkim(new, known)[0].why != "the signature had expired on the day of the mail"
