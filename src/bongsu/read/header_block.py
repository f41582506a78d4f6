"""Logs whose lines with `#` say what the lines after them hold, and may say it anew at any place."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

import numpy as np

from bongsu.kernel.split_line import Style, make_split_desk
from bongsu.kernel.text_code import Room
from bongsu.model.text import _
from bongsu.read.line_cut import Cut, read_cuts
from bongsu.read.log_rows import ROOM, Rows, skipped_lines
from bongsu.read.split_rows import fitting_desk, split_block

Header = TypeVar("Header")
_HEADER = re.compile(rb"^#.*\n?", re.MULTILINE)


class Desks:
    """The desk for lines of as many fields as the last lines had."""

    def __init__(self) -> None:
        self.desk = make_split_desk(Room(1, 1, 1))

    def rows(self, block: Cut, names: tuple[str, ...], style: Style, before: int) -> Iterator[Rows]:
        """Rows of a block; a fault where there are no names, or more than a desk can have."""
        if not block.stop:
            return
        if 0 < len(names) <= ROOM.columns:
            self.desk = fitting_desk(self.desk, block.stop, len(names))
            yield from split_block(block, names, (self.desk, style), before)
            return
        message = _("no header says what the fields of the lines from here on are")
        yield Rows({}, np.zeros(0, dtype=np.int64), [(before + 1, "no_header", message)])


def header_rows(
    file: BinaryIO,
    header: Header,
    read: Callable[[str, Header], Header],
    rows_of: Callable[[Cut, Header, int], Iterator[Rows]],
) -> Iterator[tuple[Header, Rows]]:
    """Rows with the header that they stand under.

    Args:
        file: Decompressed, at its start.
        header: What holds before any line says something.
        read: A line with `#` and what holds before it to what holds after it.
        rows_of: Lines, what holds for them and the lines before them to rows.
    """
    before = 0
    for cut in read_cuts(file, mend="backslashreplace"):
        before, faults = skipped_lines(before, cut)
        text = cut.data[: cut.stop].tobytes()
        for start, stop, lines, stated in _blocks(text, header, read):
            header = stated
            for rows in rows_of(Cut(cut.data[start:], stop - start, 0), header, before + lines):
                yield header, rows._replace(faults=faults + rows.faults)
                faults = []
        before += text.count(b"\n")
        if faults:
            yield header, Rows({}, np.zeros(0, dtype=np.int64), faults)


def _blocks(
    text: bytes, header: Header, read: Callable[[str, Header], Header]
) -> Iterator[tuple[int, int, int, Header]]:
    """First byte, the one after the last, lines before and header of each run; the last may be empty."""
    start, lines = 0, 0
    for found in _HEADER.finditer(text):
        if found.start() > start:
            yield start, found.start(), lines, header
            lines += text.count(b"\n", start, found.start())
        header = read(found.group().rstrip(b"\r\n").decode(), header)
        start, lines = found.end(), lines + 1
    yield start, len(text), lines, header
