from tests.read.lock_samples import batches_of
from tests.read.mail_samples import DMARC, MBOX

from bongsu.analyze.mail_sender import Sender, senders_of
from bongsu.normalize.log import block_of


def blocks(name, body):
    return [block_of(one)[0] for one in batches_of(name, body)]


def test_senders_are_counted_those_with_failures_first():
    found = senders_of(blocks("dmarc_report", DMARC), "firm.example")
    assert found.senders == (
        Sender("203.0.113.7", ("firm.example",), 0, 2, 2, ("evil.example",)),
        Sender("192.0.2.10", ("firm.example",), 7, 0, 0, ("firm.example",)),
    )
    assert (found.passed, found.total, found.reports, found.failing_own) == (7, 9, 1, ())


def test_a_sender_that_passes_only_partly_is_most_likely_ones_own():
    mixed = DMARC.replace(b"203.0.113.7", b"192.0.2.10")
    assert senders_of(blocks("dmarc_report", mixed), "firm.example").failing_own == ("192.0.2.10",)


def test_reports_of_other_domains_and_other_logs_are_left_alone():
    assert senders_of(blocks("dmarc_report", DMARC), "other.example").senders == ()
    assert senders_of(blocks("mail", MBOX), "firm.example").senders == ()
    below = DMARC.replace(b"<header_from>firm", b"<header_from>news.firm")
    assert senders_of(blocks("dmarc_report", below), "firm.example").total == 9


def test_a_count_that_is_none_is_one_mail():
    odd = DMARC.replace(b"<count>7</count>", b"<count>many</count>")
    assert senders_of(blocks("dmarc_report", odd), "firm.example").passed == 1
