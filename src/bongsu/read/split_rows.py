"""Rows of lines that are split into fields."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import numpy as np

from bongsu.kernel.split_line import MARKED, SplitDesk, Style, clear_split_desk, make_split_desk, split_lines
from bongsu.kernel.text_code import COLUMN, FORM, Room
from bongsu.model.text import _
from bongsu.read.coded_text import coded_columns
from bongsu.read.line_cut import Cut, read_cuts
from bongsu.read.log_rows import Rows, has_room, refused, room_for, skipped_lines

_SHOWN = 60


def split_file_rows(file: BinaryIO, names: Sequence[str], style: Style) -> Iterator[Rows]:
    """Rows of a whole file whose fields have these names; lines with fewer or more are faults."""
    desk, before = make_split_desk(Room(1, 1, 1)), 0
    for cut in read_cuts(file, mend="backslashreplace"):
        desk = fitting_desk(desk, cut.stop, len(names))
        before, faults = skipped_lines(before, cut)
        for rows in split_block(cut, names, (desk, style), before):
            yield rows._replace(faults=faults + rows.faults)
            faults = []
        before += int(desk.state[2])
        if faults:
            yield Rows({}, np.zeros(0, dtype=np.int64), faults)


def split_block(
    block: Cut, names: Sequence[str], how: tuple[SplitDesk, Style], before: int
) -> Iterator[Rows]:
    """Rows of some lines.

    Args:
        block: The lines.
        names: Of their fields.
        how: Desk with as many columns, and how to split.
        before: Lines of the file before these.
    """
    desk, style = how
    desk.state[:] = 0
    while desk.state[0] < block.stop:
        clear_split_desk(desk)
        split_lines(block.data, block.stop, desk, style)
        faults = refused(block, desk.bad[: desk.state[3]], before, lambda line: _why(line, style, len(names)))
        found = coded_columns(block.data, desk.coder, int(desk.state[1]))
        columns = {names[place]: column for place, column in found.items()}
        yield Rows(columns, desk.row[: desk.state[1]] + before + 1, faults)


def fitting_desk(desk: SplitDesk, size: int, columns: int) -> SplitDesk:
    """The desk, or another one, with room for so many bytes and columns."""
    room = room_for(size, columns)
    return desk if has_room(desk.coder, room) else make_split_desk(room)


def marked_columns(desk: SplitDesk) -> set[int]:
    """Numbers of the columns of the last rows that have a value with a backslash."""
    entries = desk.coder.entry[: desk.coder.total]
    return set(entries[entries[:, FORM] == MARKED, COLUMN].tolist())


def _why(line: bytes, style: Style, most: int) -> str:
    separator = bytes([style.separator])
    count = len([part for part in line.split(separator) if part or not style.runs])
    return _("the line has {count} fields, not {least} to {most}: {text}").format(
        count=count, least=style.least, most=most, text=line[:_SHOWN].decode(errors="replace")
    )
