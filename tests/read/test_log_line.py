"""Lines of any length and any end."""

import io

from bongsu.read import log_line
from bongsu.read.log_line import read_lines


def lines_of(content, chunk=8):
    parts = list(read_lines(io.BytesIO(content), chunk))
    at = 1
    for part in parts:
        assert part.first == at
        at += len(part.lines)
    return [line for part in parts for line in part.lines], [n for part in parts for n in part.too_long]


def test_lines_are_the_same_however_they_are_cut():
    content = b"\xef\xbb\xbfone\r\ntwo\n\nthree is long\nfour"
    for chunk in (4, 5, 7, 100):
        assert lines_of(content, chunk) == ([b"one", b"two", b"", b"three is long", b"four"], [])


def test_a_line_that_never_ends_is_cut_and_told(monkeypatch):
    monkeypatch.setattr(log_line, "MOST_LINE", 10)
    assert lines_of(b"a\n" + b"x" * 25 + b"\nb\n") == ([b"a", b"x" * 10, b"b"], [2])
    assert lines_of(b"a\n" + b"x" * 25 + b"\nb\n", 100) == ([b"a", b"x" * 10, b"b"], [2])
    assert lines_of(b"x" * 25) == ([b"x" * 10], [1])


def test_nothing_has_no_lines():
    assert lines_of(b"") == ([], [])
