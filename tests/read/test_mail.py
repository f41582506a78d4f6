import random

import pytest
from tests.read.lock_samples import batches_of, rejects_of, rows_of
from tests.read.mail_samples import EML, MAIL_SAMPLES, MBOX

from bongsu.normalize.log import block_of
from bongsu.read.log_registry import sniff_log


def test_a_box_is_read_with_the_line_of_each_mail_and_its_time():
    [batch] = batches_of("mail", MBOX)
    assert rows_of([batch], "locator", "from") == [(1, "hong@thinktank.example"), (43, "lee@firm.example")]
    assert batch.stream == ("mail", "", "email", "", "")
    block, rejects = block_of(batch)
    assert str(block.time[0]) == "2024-06-03 00:00:00+00:00"
    assert rejects.num_rows == 0


def test_a_mail_that_is_cut_off_within_an_attachment_is_kept_and_told():
    found = batches_of("mail", EML[: EML.index(b"sbG8K")])
    assert rows_of(found, "attachments") == [("질문.zip",)]
    assert rejects_of(found) == [(1, "bad_part")]


def test_what_has_no_header_of_a_mail_is_a_reject():
    found = batches_of("mail", b"From a 2024\nhello\n\nFrom b 2024\nFrom: x@y.example\n\n")
    assert rejects_of(found) == [(1, "no_headers")]
    assert rows_of(found, "locator", "from") == [(4, "x@y.example")]


def test_batches_are_of_the_size_that_is_asked_for():
    assert [one.rows.num_rows for one in batches_of("mail", (MBOX + b"\n") * 3, batch_rows=4)] == [4, 2]


@pytest.mark.parametrize("body", [EML, MBOX, EML.replace(b"\n", b"\r\n"), MBOX.replace(b"\n", b"\r\n")])
def test_is_told_by_content(body):
    assert sniff_log(body) == "mail"


@pytest.mark.parametrize(
    "body",
    [
        b"From here on\nnothing\n",
        b"Host: a.example\nDate: x\nContent-Type: text/html\n\n",
        b"key: value\n" * 9,
    ],
)
def test_other_text_is_no_mail(body):
    assert sniff_log(body) == "plain_text"


def test_line_ends_do_not_change_what_is_read():
    names = ("from", "subject", "attachments", "attachment_sha256", "urls", "received_ips")
    assert rows_of(batches_of("mail", EML.replace(b"\n", b"\r\n")), *names) == rows_of(
        batches_of("mail", EML), *names
    )


WHOLE = ("mail", "outlook_msg")
"""Of these even the least part is a mail or the reason why it is none."""


@pytest.mark.parametrize("name", sorted(MAIL_SAMPLES))
def test_damage_is_never_dropped_in_silence_and_never_a_crash(name):
    sample, dice = MAIL_SAMPLES[name], random.Random(7)
    for _ in range(300):
        body = bytearray(sample)
        for _change in range(dice.randint(1, 4)):
            at = dice.randrange(len(body))
            body[at : at + dice.choice((0, 1, 9))] = dice.randbytes(dice.choice((0, 1, 3)))
        found = batches_of(name, bytes(body[: dice.choice((len(body), dice.randrange(1, len(body))))]))
        assert name not in WHOLE or sum(one.rows.num_rows + one.rejects.num_rows for one in found)
