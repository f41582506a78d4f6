import io

import pytest
from tests.read.mail_samples import EML, MBOX

from bongsu.read import mail_box
from bongsu.read.mail_box import letters_at, letters_of


@pytest.mark.parametrize("chunk", [7, 64, 1 << 20])
def test_a_box_is_cut_at_its_lines_however_it_is_read(monkeypatch, chunk):
    monkeypatch.setattr(mail_box, "_CHUNK", chunk)
    first, second = letters_of(io.BytesIO(MBOX))
    assert (first.line, first.raw, first.whole) == (1, EML, True)
    assert MBOX.splitlines()[second.line - 1].startswith(b"From lee")
    assert second.raw.endswith(b"\n\nFrom noon on.\n")


def test_any_other_file_is_one_mail():
    [letter] = letters_of(io.BytesIO(EML))
    assert letter == (1, EML, True)
    assert list(letters_of(io.BytesIO(b""))) == []


@pytest.mark.parametrize("chunk", [16, 512])
def test_a_mail_that_is_too_large_is_cut_and_the_next_one_keeps_its_line(monkeypatch, chunk):
    monkeypatch.setattr(mail_box, "_CHUNK", chunk)
    monkeypatch.setattr(mail_box, "LARGEST", 300)
    found = list(letters_of(io.BytesIO(MBOX)))
    assert [(one.line, one.whole) for one in found] == [(1, False), (43, True)]
    assert EML.startswith(found[0].raw[:200])
    assert [one.whole for one in letters_of(io.BytesIO(EML))] == [False]


def test_mails_are_found_again_by_their_lines():
    [found] = letters_at(io.BytesIO(MBOX), [43])
    assert found.raw.startswith(b"From: lee")
