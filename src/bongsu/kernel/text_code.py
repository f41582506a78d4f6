"""Codes of texts that stand in one buffer: each column holds each of its values once.

Logs repeat themselves, so a value is compared with the one above it first, and then looked up in one hash
table for all columns. Texts are read eight bytes at a time, which may be past their end: the buffer must
have `PADDING` bytes more than its last text needs.
"""

from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.jit import compiled
from bongsu.kernel.word import load_word

Array = np.ndarray[Any, Any]
PADDING = 8
"""Bytes that a buffer has after its last line."""
_SHIFT = 80
"""Cells more than rows: columns a power of two apart would share a set of the processor's cache."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


FIRST, LENGTH, FORM, COLUMN, CODE, HASH = range(6)
"""Places in an entry: where the value begins, its bytes, how it is to be spelled (the caller's business),
whose value it is, its number in the column, its hash."""
CODES, RECENT, FILLED = range(3)
"""Places in a column: number of its values, entry of the row above or -1, rows that its cells say of."""


class Coder(NamedTuple):
    """Room for the values of some columns and rows. Few arrays, for calls hand over all of them."""

    slot: Array
    """int32, a power of two and at least twice the entries: number of the entry plus one, or 0."""
    entry: Array
    """int64, shape (values, 6)."""
    column: Array
    """int64, shape (columns + 1, 3); the last row begins with the number of entries."""
    cell: Array
    """int32, shape (columns, rows and some more): code of the value, -1 for none."""

    @property
    def total(self) -> int:
        """Number of entries."""
        return int(self.column[-1, 0])


class Room(NamedTuple):
    """How much a coder holds."""

    columns: int
    rows: int
    values: int


def make_coder(room: Room) -> Coder:
    """Coder with nothing in it."""
    found = Coder(
        np.zeros(1 << (2 * room.values - 1).bit_length(), dtype=np.int32),
        np.empty((room.values, 6), dtype=np.int64),
        np.empty((room.columns + 1, 3), dtype=np.int64),
        np.empty((room.columns, room.rows + _SHIFT), dtype=np.int32),
    )
    clear_coder(found)
    return found


def clear_coder(coder: Coder) -> None:
    """Nothing; the coder holds nothing any more."""
    coder.slot.fill(0)
    coder.column.fill(0)
    coder.column[:, RECENT] = -1


@compiled
def same_text(data: Array, one: int, other: int, length: int) -> bool:
    """Whether the texts of `length` bytes at two places are the same."""
    at = 0
    while length - at >= 8:
        if load_word(data, one + at) != load_word(data, other + at):
            return False
        at += 8
    if at == length:
        return True
    differ = load_word(data, one + at) ^ load_word(data, other + at)
    return bool((differ >> np.uint64(8 * (8 - length + at))) == np.uint64(0))


@compiled
def _hash(data: Array, first: int, length: int, seed: int) -> Any:  # noqa: ANN401
    found = np.uint64(seed + 1) * _SPREAD
    at = first
    while first + length - at >= 8:
        found = (found ^ load_word(data, at)) * _SPREAD
        found ^= found >> np.uint64(29)
        at += 8
    rest = first + length - at
    if rest:
        word = load_word(data, at) >> np.uint64(8 * (8 - rest))
        found = (found ^ word ^ np.uint64(rest)) * _SPREAD
    return found ^ (found >> np.uint64(32))


@compiled
def _look_up(data: Array, coder: Coder, column: int, span: tuple[int, int, int]) -> int:
    """Entry of a value in a column, a new one where it has none; -1: no room."""
    first, length, form = span
    mask = np.uint64(len(coder.slot) - 1)
    hashed = _hash(data, first, length, column)
    place = hashed & mask
    while coder.slot[place]:
        entry = np.int64(coder.slot[place] - 1)
        known = coder.entry[entry]
        like = known[HASH] == np.int64(hashed) and known[COLUMN] == column and known[LENGTH] == length
        if like and known[FORM] == form and same_text(data, known[FIRST], first, length):
            return int(entry)
        place = (place + np.uint64(1)) & mask
    entry = coder.column[-1, 0]
    if entry == len(coder.entry):
        return -1
    coder.column[-1, 0] += 1
    coder.slot[place] = entry + 1
    made = coder.entry[entry]
    made[FIRST], made[LENGTH], made[FORM] = first, length, form
    made[COLUMN], made[CODE], made[HASH] = column, coder.column[column, CODES], np.int64(hashed)
    coder.column[column, CODES] += 1
    return int(entry)


@compiled
def enter_text(data: Array, coder: Coder, cell: tuple[int, int], span: tuple[int, int, int]) -> bool:
    """Whether there was room for a value: (column, row), and its first byte, length and form.

    Cost: some 5 ns where the row above has the same, some 20 ns otherwise.
    """
    column, row = cell
    first, length, form = span
    entry = coder.column[column, RECENT]
    same = entry >= 0 and coder.entry[entry, LENGTH] == length and coder.entry[entry, FORM] == form
    if not same or not same_text(data, coder.entry[entry, FIRST], first, length):
        entry = _look_up(data, coder, column, span)
        if entry < 0:
            return False
        coder.column[column, RECENT] = entry
    for absent in range(coder.column[column, FILLED], row):
        coder.cell[column, absent] = -1
    coder.cell[column, row] = coder.entry[entry, CODE]
    coder.column[column, FILLED] = row + 1
    return True


@compiled
def forget_row(coder: Coder, columns: int, row: int) -> None:
    """Nothing; what was entered for this row, the last one, is not said any more."""
    for column in range(columns):
        coder.column[column, FILLED] = min(coder.column[column, FILLED], row)
