"""Rows of split lines, with faults at their lines."""

import io

import numpy as np

from bongsu.kernel.split_line import BARE, Style, make_split_desk
from bongsu.kernel.text_code import PADDING, Room
from bongsu.read import line_cut, split_rows
from bongsu.read.line_cut import Cut
from bongsu.read.split_rows import fitting_desk, marked_columns, split_block, split_file_rows

STYLE = Style(32, True, BARE, 2, 45)


def test_lines_are_counted_over_cuts(monkeypatch):
    monkeypatch.setattr(line_cut, "MOST_LINE_BYTES", 50)
    monkeypatch.setattr(
        split_rows, "read_cuts", lambda file, mend: line_cut.read_cuts(file, size=8, mend=mend)
    )
    text = b"a b\n\nc\nd e f\n" + b"x" * 99 + b"\ng -\n" + b"y" * 99
    rows = list(split_file_rows(io.BytesIO(text), ("one", "two"), STYLE))
    assert [(line, rule) for one in rows for line, rule, _why in one.faults] == [
        (3, "bad_line"), (4, "bad_line"), (5, "line_too_long"), (7, "line_too_long")
    ]  # fmt: skip
    assert [line for one in rows for line in one.lines.tolist()] == [1, 6]
    assert [one.columns["one"].to_pylist() for one in rows if len(one.lines)] == [["a"], ["g"]]
    messages = [why for one in rows for _line, rule, why in one.faults if rule == "bad_line"]
    assert messages[1] == "the line has 3 fields, not 2 to 2: d e f"


def test_a_block_counts_from_the_lines_before_and_knows_its_backslashes():
    text = b"a b\\\nc d\n"
    desk = make_split_desk(Room(3, 1, 10))
    block = Cut(np.frombuffer(text + bytes(PADDING), dtype=np.uint8), len(text), 0)
    marked = []
    lines = []
    for rows in split_block(block, ("x", "y", "z"), (desk, STYLE), 10):
        marked.append(marked_columns(desk))
        lines += rows.lines.tolist()
    assert (lines, marked) == ([11, 12], [{1}, set()])


def test_a_desk_is_kept_while_it_fits():
    desk = make_split_desk(Room(2, 11, 11))
    assert fitting_desk(desk, 10, 2) is desk
    assert fitting_desk(desk, 11, 2) is not desk
    assert len(fitting_desk(desk, 10, 3).coder.cell) == 3
