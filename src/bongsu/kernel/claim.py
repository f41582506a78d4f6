"""What each pool holds, by seniority: other funds, unknown funds, stolen lots in arrival order.

Only stolen value is kept in lots; other and unknown funds are one amount each. All that is known
of a pool stands in one cache line, and so does a lot.
"""

from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, get, is_zero, least, minus, plus, put
from bongsu.kernel.case import FIRST_STOLEN, UNKNOWN, Array, Holdings, Part
from bongsu.kernel.jit import compiled

STOLEN = 2
"""Class of stolen funds; the classes of other and unknown funds are their tags."""
END = -1
"""Queue of a pool where value arrives and is not followed through."""
LOW, SHIFT = 0xFFFFFFFF, 32
integer: Any = np.int64
"""Number of 64 bits inside compiled code: an index or a tag wide enough to reckon with."""


class Claims(NamedTuple):
    """Pools and their stolen lots."""

    held: Amounts
    """Four slots a pool: other, unknown and stolen amount; the fourth is the queue."""
    queue: Array
    """Youngest << 32 | oldest stolen lot, 0 for none, or END: int64, shape (pools,), a view of `held`."""
    value: Amounts
    """Two slots a lot: amount, word. Lot 0 is not used."""
    word: Array
    """Next younger (or next free) lot << 32 | what the lot is: int64, shape (lots,), a view of `value`."""
    free: Array
    """First free lot, number of free lots: int64, shape (2,)."""


def _slots(like: Amounts, records: int, slots: int) -> tuple[Amounts, Array]:
    """Zeroed records of some slots, none across two cache lines, and the last slot as a signed column."""
    width = like.shape[1] if like.ndim == 2 else 1
    words = records * slots * width
    raw = np.zeros(words + 8, dtype=np.uint64)
    start = -raw.ctypes.data % 64 // 8
    flat = raw[start : start + words]
    column = flat.view(np.int64).reshape(records, slots * width)[:, (slots - 1) * width]
    return (flat.reshape(-1, width) if like.ndim == 2 else flat), column


def new_claims(like: Amounts, ends: Array, lots: int) -> Claims:
    """Empty pools with room for some lots."""
    held, queue = _slots(like, len(ends), 4)
    queue[ends.astype(bool)] = END
    value, word = _slots(like, lots + 1, 2)
    word[:] = np.arange(1, lots + 2, dtype=np.int64) << SHIFT
    return Claims(held, queue, value, word, np.array([1, lots]))


def grow_claims(claims: Claims, lots: int) -> Claims:
    """The same claims with room for at least some lots more."""
    old = len(claims.word)
    size = old + max(old, lots)
    value, word = _slots(claims.value, size, 2)
    value[: 2 * old] = claims.value
    word[old:] = np.arange(old + 1, size + 1, dtype=np.int64) << SHIFT
    word[-1] = claims.free[0] << SHIFT
    return claims._replace(value=value, word=word, free=np.array([old, claims.free[1] + size - old]))


@compiled
def new_lot(claims: Claims, what: int, value: Amount) -> int:
    """Lot taken from the free list, the last of its queue."""
    lot = claims.free[0]
    claims.free[0] = claims.word[lot] >> SHIFT
    claims.free[1] -= 1
    claims.word[lot] = what
    put(claims.value, 2 * lot, value)
    return lot  # type: ignore[no-any-return]


@compiled
def free_lot(claims: Claims, lot: int) -> int:
    """Lot that followed the lot that is given back."""
    following = claims.word[lot] >> SHIFT
    claims.word[lot] = claims.free[0] << SHIFT
    claims.free[0] = lot
    claims.free[1] += 1
    return following  # type: ignore[no-any-return]


@compiled
def push(claims: Claims, pool: int, part: Part, oldest: bool) -> None:
    """Nothing; adds a part (tag, amount) to a pool, a stolen one as its oldest or youngest lot."""
    tag, value = part
    slot = 4 * pool + min(tag, STOLEN)
    put(claims.held, slot, plus(get(claims.held, slot), value))
    if tag < FIRST_STOLEN:
        return
    queue = claims.queue[pool]
    first, last = queue & LOW, queue >> SHIFT
    end = first if oldest else last
    if queue and claims.word[end] & LOW == tag:
        put(claims.value, 2 * end, plus(get(claims.value, 2 * end), value))
        return
    lot = new_lot(claims, tag, value)
    if not queue:
        first, last = lot, lot
    elif oldest:
        claims.word[lot] |= first << SHIFT
        first = lot
    else:
        claims.word[last] |= lot << SHIFT
        last = lot
    claims.queue[pool] = last << SHIFT | first


@compiled
def pull(claims: Claims, pool: int, kind: int, most: Amount) -> Part:
    """Part (tag, amount) taken from one class of a pool's funds that is not empty: at most `most`."""
    slot = 4 * pool + kind
    have = get(claims.held, slot)
    tag, value = integer(kind), least(have, most)
    if kind == STOLEN:
        queue = claims.queue[pool]
        lot = queue & LOW
        tag, whole = claims.word[lot] & LOW, get(claims.value, 2 * lot)
        value = least(whole, most)
        rest = minus(whole, value)
        put(claims.value, 2 * lot, rest)
        if is_zero(rest):
            following = free_lot(claims, lot)
            claims.queue[pool] = queue ^ lot ^ following if following else 0
    put(claims.held, slot, minus(have, value))
    return tag, value


@compiled
def balance(held: Amounts, slot: int) -> Amount:
    """All that the pool whose first slot this is holds."""
    return plus(plus(get(held, slot), get(held, slot + UNKNOWN)), get(held, slot + STOLEN))


@compiled
def _note(out: Holdings, row: int, pool: int, part: Part) -> int:
    """Row after the one that is written."""
    if row < len(out.pool):
        out.pool[row], out.tag[row] = pool, part[0]
        put(out.amount, row, part[1])
    return row + 1


@compiled
def _walk(claims: Claims, out: Holdings) -> int:
    """Number of tagged parts that the pools hold; writes those that `out` has rows for."""
    row = 0
    for pool in range(len(claims.queue)):
        lot = 0 if claims.queue[pool] == END else claims.queue[pool] & LOW
        while lot:
            row = _note(out, row, pool, (claims.word[lot] & LOW, get(claims.value, 2 * lot)))
            lot = claims.word[lot] >> SHIFT
        unknown = get(claims.held, 4 * pool + UNKNOWN)
        if not is_zero(unknown):
            row = _note(out, row, pool, (integer(UNKNOWN), unknown))
    return row


def _rows(claims: Claims, rows: int) -> Holdings:
    amount = np.empty((rows, *claims.value.shape[1:]), dtype=np.uint64)
    return Holdings(np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.int16), amount)


def holdings(claims: Claims) -> Holdings:
    """Tagged value that pools hold: stolen lots in arrival order, then unknown funds; two passes."""
    out = _rows(claims, _walk(claims, _rows(claims, 0)))
    _walk(claims, out)
    return out
