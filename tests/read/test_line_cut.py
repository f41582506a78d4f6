"""Cuts end where lines do and together are the file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.text_code import PADDING
from bongsu.read import line_cut
from bongsu.read.line_cut import read_cuts


def cuts(text, **how):
    for cut in read_cuts(io.BytesIO(text), **how):
        assert len(cut.data) >= cut.stop + PADDING
        yield cut.data[: cut.stop].tobytes(), cut.skipped


@given(st.lists(st.text("ab\r", max_size=30)), st.integers(1, 40), st.booleans())
def test_the_cuts_are_the_file(lines, size, ended):
    text = "\n".join(lines).encode() + b"\n" * ended
    found = [data for data, _skipped in cuts(text, size=size)]
    assert b"".join(found) == text + (b"" if not text or text.endswith(b"\n") else b"\n")
    assert all(data.endswith(b"\n") for data in found)


def test_what_is_not_utf8_is_mended():
    text = "é\n".encode() + b"\xe9\n"
    assert list(cuts(text)) == [("é\n\ufffd\n".encode(), 0)]
    assert list(cuts(text, mend="backslashreplace")) == [("é\n\\xe9\n".encode(), 0)]


def test_lines_between_two_that_are_too_long_are_there(monkeypatch):
    monkeypatch.setattr(line_cut, "MOST_LINE_BYTES", 20)
    for size in range(1, 21):
        found = list(cuts(b"x" * 50 + b"\none\n" + b"y" * 50 + b"\n" + b"z" * 50, size=size))
        assert b"".join(data for data, _skipped in found) == b"one\n", size
        assert sum(skipped for _data, skipped in found) == 3


@pytest.mark.parametrize("end", [b"", b"last\n"])
def test_a_line_that_is_too_long_is_left_out_and_counted(monkeypatch, end):
    monkeypatch.setattr(line_cut, "MOST_LINE_BYTES", 50)
    found = list(cuts(b"one\n" + b"x" * 200 + b"\n" + end, size=8))
    assert b"".join(data for data, _skipped in found) == b"one\n" + end
    assert sum(skipped for _data, skipped in found) == 1
