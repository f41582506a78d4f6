"""Lines are split as the plain twin splits them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.split_line import (
    BARE,
    BRACKETS,
    MARKED,
    QUOTES,
    Style,
    clear_split_desk,
    make_split_desk,
    split_lines,
)
from bongsu.kernel.text_code import FORM, PADDING, Room
from bongsu.read.coded_text import coded_columns

TABS = Style(9, False, BARE, 3, 45)
SPACES = Style(32, True, BRACKETS, 2, 45)
ROOM = Room(3, 100, 500)


def split(text, style):
    desk = make_split_desk(ROOM)
    data = np.frombuffer(text + bytes(PADDING), dtype=np.uint8)
    assert split_lines(data, len(text), desk, style)
    rows = int(desk.state[1])
    found = coded_columns(data, desk.coder, rows)
    columns = [found[place].to_pylist() if place in found else [None] * rows for place in range(3)]
    lines = zip(desk.row[:rows].tolist(), map(list, zip(*columns, strict=True)), strict=True)
    return dict(lines), desk.bad[: desk.state[3], 0].tolist(), desk


@given(st.lists(st.lists(st.text("ab-\\ \r", max_size=9), min_size=1, max_size=4), max_size=6))
def test_tabs_split_as_python_splits(lines):
    joined = ["\t".join(fields) for fields in lines]
    rows, refused, _ = split("".join(line + "\n" for line in joined).encode(), TABS)
    for number, line in enumerate(joined):
        plain = line.removesuffix("\r")
        fields = [None if field in {"", "-"} else field for field in plain.split("\t")]
        if plain:
            assert rows.get(number) == (fields if len(fields) == 3 else None)
            assert (number in refused) == (len(fields) != 3)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("a b", ["a", "b", None]),
        ("  a   b  ", ["a", "b", None]),
        ('a "b c" [d e]', ["a", "b c", "d e"]),
        ('a "b \\" c"', ["a", 'b \\" c', None]),
        ('- "-" ""', [None, None, None]),
        ('a "b c', None),
        ('a "b"c', None),
        ("a b c d", None),
        ("a", None),
        ('a "b\\', None),
        ('a "b"c" d', ["a", 'b"c', "d"]),
    ],
)
def test_spaces_quotes_and_brackets(line, fields):
    rows, refused, _ = split(f"x y\n{line}\nz w\n".encode(), SPACES)
    assert rows.get(1) == fields
    assert refused == ([] if fields else [1])
    assert (rows[0], rows[2]) == (["x", "y", None], ["z", "w", None])


def test_brackets_are_no_quotes_where_only_quotes_are():
    rows, refused, _ = split(b'[::1]:80 "a b"\n', SPACES._replace(quoted=QUOTES))
    assert (rows, refused) == ({0: ["[::1]:80", "a b", None]}, [])
    rows, _, _ = split(b'"a b\n', SPACES._replace(quoted=BARE))
    assert rows == {0: ['"a', "b", None]}


def test_headers_and_empty_lines_are_passed_over_and_backslashes_marked():
    rows, refused, desk = split(b"#a\tb\n\na\tb\\x\tc\r\n", TABS)
    assert (rows, refused) == ({2: ["a", "b\\x", "c"]}, [])
    assert desk.coder.entry[: desk.coder.total, FORM].tolist() == [0, MARKED, 0]


def test_a_desk_without_room_stops_before_the_line():
    desk = make_split_desk(Room(1, 1, 4))
    text = b"a\nb\n"
    data = np.frombuffer(text + bytes(PADDING), dtype=np.uint8)
    style = Style(9, False, BARE, 1, 0)
    assert not split_lines(data, len(text), desk, style)
    assert desk.state[:3].tolist() == [2, 1, 1]
    clear_split_desk(desk)
    assert split_lines(data, len(text), desk, style)
    assert desk.state[:3].tolist() == [4, 1, 2]
