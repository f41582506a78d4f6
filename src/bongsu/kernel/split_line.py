"""Fields of lines as codes of texts, in one pass over the bytes: tabs, spaces, quotes and brackets."""

from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.jit import compiled
from bongsu.kernel.json_line import BAD, FULL, PLAIN, line_end, zero_bytes
from bongsu.kernel.text_code import Coder, Room, clear_coder, enter_text, forget_row, make_coder
from bongsu.kernel.word import leading_zeros, load_word

Array = np.ndarray[Any, Any]

BARE, QUOTES, BRACKETS = 0, 1, 2
"""What a field may stand in; brackets: in quotes too."""
MARKED = 4
"""Form of a value with a backslash in it; what that means is the reader's business."""
_QUOTE, _BACKSLASH, _LEFT, _RIGHT = 34, 92, 91, 93
_NEWLINE, _RETURN, _HASH = 10, 13, 35
_EACH = np.uint64(0x0101010101010101)
_NEWLINES = np.uint64(0x0A0A0A0A0A0A0A0A)
_BACKSLASHES = np.uint64(0x5C5C5C5C5C5C5C5C)


class Style(NamedTuple):
    """How lines are split."""

    separator: int
    """Byte between fields."""
    runs: bool
    """Whether several separators in a row are one."""
    quoted: int
    """Whether a field may stand in quotes (QUOTES) or in brackets too (BRACKETS), with separators in it."""
    least: int
    """Fields of a line, at least; one with fewer is refused, and one with more than the coder has columns."""
    unset: int
    """Byte that means alone in a field that there is no value, not in quotes either; 0: there is none."""


class SplitDesk(NamedTuple):
    """All that a pass works with."""

    coder: Coder
    row: Array
    """int64: line of each row, from 0."""
    bad: Array
    """int64, shape (most, 2): line and first byte of each line that is refused."""
    state: Array
    """int64, shape (4,): next byte, rows, lines, bad lines."""


def make_split_desk(room: Room) -> SplitDesk:
    """Desk that nothing was read at."""
    lines, bad = np.zeros(room.rows, dtype=np.int64), np.zeros((room.rows, 2), dtype=np.int64)
    return SplitDesk(make_coder(room), lines, bad, np.zeros(4, dtype=np.int64))


def clear_split_desk(desk: SplitDesk) -> None:
    """Nothing; the desk has no rows; the next pass goes on where the last one stopped."""
    clear_coder(desk.coder)
    desk.state[1], desk.state[3] = 0, 0


@compiled
def _bare_end(data: Array, at: int, separators: Any) -> tuple[int, int]:  # noqa: ANN401
    """Place of the separator or line's end after a field, and its form."""
    form = PLAIN
    while True:
        word = load_word(data, at)
        found = zero_bytes(word ^ separators) | zero_bytes(word ^ _NEWLINES) | zero_bytes(word ^ _BACKSLASHES)
        if not found:
            at += 8
            continue
        at += int(np.int64(leading_zeros(found))) // 8
        if data[at] != _BACKSLASH:
            return at, form
        form = MARKED
        at += 1


@compiled
def _closed_end(data: Array, at: int, close: int, style: Style) -> tuple[int, int]:
    """Place of the byte that closes a field, or BAD where the line ends before, and its form.

    One that neither a separator nor the line's end follows closes nothing: not all programs escape it.
    """
    form = PLAIN
    while data[at] != close or data[at + 1] not in (style.separator, _NEWLINE, _RETURN):
        if data[at] == _BACKSLASH:
            form = MARKED
            at += 1
        if data[at] == _NEWLINE:
            return BAD, form
        at += 1
    return at, form


@compiled
def _enter_field(data: Array, span: tuple[int, int, int], coder: Coder, cell: tuple[int, int]) -> bool:
    if span[1] == 0:
        return True
    return enter_text(data, coder, cell, span)


@compiled
def _take_field(data: Array, at: int, style: Style, ended: int) -> tuple[int, tuple[int, int, int]]:
    """Place after a field, or BAD, and its span; no length: it has no value. `ended`: its line's end."""
    byte = data[at]
    if (style.quoted and byte == _QUOTE) or (style.quoted == BRACKETS and byte == _LEFT):
        end, form = _closed_end(data, at + 1, _QUOTE if byte == _QUOTE else _RIGHT, style)
        if end < 0:
            return BAD, (at, 0, form)
        length = end - at - 1
        if length == 1 and data[at + 1] == style.unset:
            length = 0
        return end + 1, (at + 1, length, form)
    end, form = _bare_end(data, at, np.uint64(style.separator) * _EACH)
    end = min(end, ended)
    length = end - at
    if length == 1 and byte == style.unset:
        length = 0
    return end, (at, length, form)


@compiled
def _split_line(data: Array, at: int, desk: tuple[Coder, int, int], style: Style) -> int:
    """Place of the line's end, or BAD or FULL; desk: the coder, the row and the line's end without CR."""
    coder, row, ended = desk
    column = 0
    while True:
        while style.runs and data[at] == style.separator:
            at += 1
        if style.runs and at >= ended:
            break
        if column == len(coder.cell):
            return BAD
        at, span = _take_field(data, at, style, ended)
        if at < 0:
            return BAD
        if not _enter_field(data, span, coder, (column, row)):
            return FULL
        column += 1
        if at >= ended:
            break
        at += 1
    return ended if column >= style.least else BAD


@compiled
def split_lines(data: Array, stop: int, desk: SplitDesk, style: Style) -> bool:
    """Whether the pass came to the end; otherwise there was no room for the line at which it stands.

    Empty lines and those that begin with `#` are passed over.

    Args:
        data: uint8; each line up to `stop` ends with a newline, and PADDING more bytes follow.
        stop: Place after the last line.
        desk: What is found is entered here; the pass goes on where its state says.
        style: How lines are split.

    Cost: some 1 ns a byte.
    """
    at, row, line, bad = desk.state[0], desk.state[1], desk.state[2], desk.state[3]
    room = True
    while at < stop:
        newline = line_end(data, at)
        ended = newline - 1 if newline > at and data[newline - 1] == _RETURN else newline
        if ended == at or data[at] == _HASH:
            at, line = newline + 1, line + 1
            continue
        room = row < len(desk.row) and bad < len(desk.bad)
        end = _split_line(data, at, (desk.coder, row, ended), style) if room else FULL
        if end == FULL:
            room = False
            break
        if end < 0:
            forget_row(desk.coder, len(desk.coder.cell), row)
            desk.bad[bad, 0], desk.bad[bad, 1] = line, at
            bad += 1
        else:
            desk.row[row] = line
            row += 1
        at, line = newline + 1, line + 1
    desk.state[0], desk.state[1], desk.state[2], desk.state[3] = at, row, line, bad
    return room
