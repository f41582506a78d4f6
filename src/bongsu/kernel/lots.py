"""Queues of tagged lots, one a pool, in flat arrays with a free list.

Most pools hold funds of one tag: their record has the balance and the tag and no lot. Only a pool
that mixes tags has lots, at least two; adjacent lots with the same tag are merged.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, below, is_zero, minus, plus, put
from bongsu.kernel.case import OTHER, Array, Holdings, Part
from bongsu.kernel.jit import compiled
from bongsu.kernel.record import Records, link, load, new_records, relink, save

END = np.uint64(2**64 - 1)
"""Link word of a pool that nothing is followed through: it keeps no funds."""
LOW, SHIFT, ONE = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(1)


class Lots(NamedTuple):
    """Pools, lots and the queues that link them."""

    pool: Records
    """Balance and link word: the tag of all of it, or youngest lot << 32 | oldest lot, or END."""
    lot: Records
    """Amount and link word: next younger (or next free) lot << 32 | tag. Lot 0 is not used."""
    free: Array
    """First free lot, number of free lots: uint64, shape (2,)."""


def _chain(lot: Records, first: int) -> None:
    """Nothing; links the lots from `first` on as free ones."""
    middle = lot.shape[1] // 2
    lot[first:, middle] = np.arange(first + 1, len(lot) + 1, dtype=np.uint64) << SHIFT


def new_lots(like: Amounts, ends: Array, size: int) -> Lots:
    """Empty pools, END where `ends` is 1, with room for `size` lots."""
    pool, lot = new_records(like, len(ends)), new_records(like, size + 1)
    pool[ends.astype(bool), pool.shape[1] // 2] = END
    _chain(lot, 1)
    return Lots(pool, lot, np.array([1, size], dtype=np.uint64))


def grow_lots(lots: Lots) -> Lots:
    """Queues with the same lots and twice the room."""
    size = len(lots.lot)
    lot = np.zeros((2 * size, lots.lot.shape[1]), dtype=np.uint64)
    lot[:size] = lots.lot
    _chain(lot, size)
    lot[-1, lot.shape[1] // 2] = lots.free[0] << SHIFT
    return Lots(lots.pool, lot, np.array([size, int(lots.free[1]) + size], dtype=np.uint64))


@compiled
def _new_lot(lots: Lots, tag: int, value: Amount, following: int) -> int:
    lot = lots.free[0]
    lots.free[0] = link(lots.lot, lot, value) >> SHIFT
    lots.free[1] -= ONE
    save(lots.lot, lot, value)
    relink(lots.lot, lot, value, np.uint64(following) << SHIFT | np.uint64(tag))
    return lot  # type: ignore[no-any-return]


@compiled
def _free_lot(lots: Lots, lot: int, like: Amount) -> None:
    relink(lots.lot, lot, like, lots.free[0] << SHIFT)
    lots.free[0] = lot
    lots.free[1] += ONE


@compiled
def _link_lot(lots: Lots, pool: int, part: Part, oldest: bool) -> None:
    """Nothing; adds a lot to a pool that has lots; merges it with its neighbor of the same tag."""
    tag, value = part
    word = link(lots.pool, pool, value)
    head, tail = word & LOW, word >> SHIFT
    end = head if oldest else tail
    seen = link(lots.lot, end, value)
    if seen & LOW == np.uint64(tag):
        save(lots.lot, end, plus(load(lots.lot, end, value), value))
    elif oldest:
        relink(lots.pool, pool, value, tail << SHIFT | _new_lot(lots, tag, value, head))
    else:
        lot = _new_lot(lots, tag, value, 0)
        relink(lots.lot, end, value, lot << SHIFT | seen & LOW)
        relink(lots.pool, pool, value, lot << SHIFT | head)


@compiled
def push(lots: Lots, pool: int, part: Part, oldest: bool) -> None:
    """Nothing; adds a part (tag, amount) at the old or the young end of a pool. Takes <= 2 lots."""
    tag, value = part
    word, held = link(lots.pool, pool, value), load(lots.pool, pool, value)
    save(lots.pool, pool, plus(held, value))
    if word >> SHIFT:
        _link_lot(lots, pool, part, oldest)
    elif is_zero(held):
        relink(lots.pool, pool, value, np.uint64(tag))
    elif word != np.uint64(tag):
        lot = _new_lot(lots, word, held, 0)
        relink(lots.pool, pool, value, lot << SHIFT | lot)
        _link_lot(lots, pool, part, oldest)


@compiled
def pull(lots: Lots, pool: int, most: Amount) -> Part:
    """Part (tag, amount) taken from the old end of a pool: its oldest lot or `most` of it."""
    word, held = link(lots.pool, pool, most), load(lots.pool, pool, most)
    if not word >> SHIFT:
        save(lots.pool, pool, minus(held, most))
        return np.int64(word), most
    oldest = word & LOW
    seen, value = link(lots.lot, oldest, most), load(lots.lot, oldest, most)
    if below(most, value):
        save(lots.lot, oldest, minus(value, most))
        value = most
    else:
        following = seen >> SHIFT
        _free_lot(lots, oldest, most)
        if following == word >> SHIFT:
            relink(lots.pool, pool, most, link(lots.lot, following, most) & LOW)
            _free_lot(lots, following, most)
        else:
            relink(lots.pool, pool, most, word >> SHIFT << SHIFT | following)
    save(lots.pool, pool, minus(held, value))
    return np.int64(seen & LOW), value


@compiled
def _count(lots: Lots, like: Amount) -> int:
    """Number of tagged parts that the pools hold, at most."""
    rows = len(lots.lot)
    for pool in range(len(lots.pool)):
        word = link(lots.pool, pool, like)
        rows += word != np.uint64(OTHER) and not word >> SHIFT
    return rows


@compiled
def _note(out: Holdings, row: int, part: tuple[int, int, Amount]) -> int:
    """Next row; writes a part (pool, tag, amount) that is not of other funds."""
    if part[1] == np.uint64(OTHER) or is_zero(part[2]):
        return row
    out.pool[row], out.tag[row] = part[0], part[1]
    put(out.amount, row, part[2])
    return row + 1


@compiled
def _walk(lots: Lots, out: Holdings, like: Amount) -> int:
    row = 0
    for index in range(len(lots.pool)):
        word = link(lots.pool, index, like)
        if word == np.uint64(OTHER) or word == END:
            continue
        lot, value = word & LOW, load(lots.pool, index, like)
        if not word >> SHIFT:
            row = _note(out, row, (index, word, value))
            continue
        while lot:
            word, value = link(lots.lot, lot, like), load(lots.lot, lot, like)
            row = _note(out, row, (index, word & LOW, value))
            lot = word >> SHIFT
    return row


def holdings(lots: Lots) -> Holdings:
    """Tagged value that the pools hold, in queue order; cost one pass over pools and lots."""
    like = _like(lots)
    size = int(_count(lots, like))
    shape = (size, 2) if lots.pool.shape[1] == 4 else (size,)
    out = Holdings(
        np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int16), np.empty(shape, dtype=np.uint64)
    )
    rows = _walk(lots, out, like)
    return Holdings(out.pool[:rows], out.tag[:rows], out.amount[:rows])


def _like(lots: Lots) -> Amount:
    """Zero in the width of the lots."""
    zero = np.uint64(0)
    return (zero, zero) if lots.pool.shape[1] == 4 else zero
