"""Queues of tagged lots, one a pool, in flat arrays with a free list.

Adjacent lots with the same tag are merged, so a pool without stolen value has one lot.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, get, plus, put
from bongsu.kernel.case import OTHER, Array, Holdings
from bongsu.kernel.jit import compiled
from bongsu.kernel.log import grown

HEAD, TAIL, COUNT = 0, 1, 2


class Lots(NamedTuple):
    """Lots and the queues that link them."""

    amount: Amounts
    tag: Array
    next: Array
    """Next younger lot of the queue, or next free lot: int32."""
    queue: Array
    """Per pool the oldest lot, the youngest lot, the number of lots: int32, shape (pools, 3)."""
    free: Array
    """First free lot, number of free lots: int64, shape (2,)."""


def new_lots(like: Amounts, pools: int, size: int) -> Lots:
    """Empty queues for some pools with room for `size` lots."""
    queue = np.zeros((pools, 3), dtype=np.int32)
    queue[:, :2] = -1
    return Lots(
        np.empty((size, *like.shape[1:]), dtype=np.uint64),
        np.empty(size, dtype=np.int16),
        np.arange(1, size + 1, dtype=np.int32),
        queue,
        np.array([0, size], dtype=np.int64),
    )


def grow_lots(lots: Lots) -> Lots:
    """Queues with the same lots and twice the room; call when none is free or nearly so."""
    size = len(lots.tag)
    following = grown(lots.next, 2 * size)
    following[size:] = np.arange(size + 1, 2 * size + 1)
    following[2 * size - 1] = lots.free[0]
    free = np.array([size, lots.free[1] + size], dtype=np.int64)
    return Lots(grown(lots.amount, 2 * size), grown(lots.tag, 2 * size), following, lots.queue, free)


@compiled
def _new_lot(lots: Lots, tag: int, value: Amount) -> int:
    lot = lots.free[0]
    lots.free[0] = lots.next[lot]
    lots.free[1] -= 1
    lots.tag[lot] = tag
    put(lots.amount, lot, value)
    lots.next[lot] = -1
    return lot  # type: ignore[no-any-return]


@compiled
def push_youngest(lots: Lots, pool: int, tag: int, value: Amount) -> None:
    """Nothing; adds value at the young end of a pool's queue."""
    tail = lots.queue[pool, TAIL]
    if tail >= 0 and lots.tag[tail] == tag:
        put(lots.amount, tail, plus(get(lots.amount, tail), value))
        return
    lot = _new_lot(lots, tag, value)
    if tail < 0:
        lots.queue[pool, HEAD] = lot
    else:
        lots.next[tail] = lot
    lots.queue[pool, TAIL] = lot
    lots.queue[pool, COUNT] += 1


@compiled
def push_oldest(lots: Lots, pool: int, tag: int, value: Amount) -> None:
    """Nothing; adds value at the old end of a pool's queue."""
    head = lots.queue[pool, HEAD]
    if head >= 0 and lots.tag[head] == tag:
        put(lots.amount, head, plus(get(lots.amount, head), value))
        return
    lot = _new_lot(lots, tag, value)
    lots.next[lot] = head
    lots.queue[pool, HEAD] = lot
    if head < 0:
        lots.queue[pool, TAIL] = lot
    lots.queue[pool, COUNT] += 1


@compiled
def drop_oldest(lots: Lots, pool: int) -> None:
    """Nothing; takes the lot at the old end out of a pool's queue."""
    head = lots.queue[pool, HEAD]
    following = lots.next[head]
    lots.queue[pool, HEAD] = following
    if following < 0:
        lots.queue[pool, TAIL] = -1
    lots.queue[pool, COUNT] -= 1
    lots.next[head] = lots.free[0]
    lots.free[0] = head
    lots.free[1] += 1


@compiled
def _walk(lots: Lots, pool: Array, tag: Array, amount: Amounts) -> int:
    row = 0
    for index in range(len(lots.queue)):
        lot = lots.queue[index, HEAD]
        while lot >= 0:
            if lots.tag[lot] != OTHER:
                pool[row] = index
                tag[row] = lots.tag[lot]
                put(amount, row, get(lots.amount, lot))
                row += 1
            lot = lots.next[lot]
    return row


def holdings(lots: Lots) -> Holdings:
    """Tagged value that the pools hold, in queue order; cost one pass over the lots."""
    size = int(lots.queue[:, COUNT].sum())
    pool, tag = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int16)
    amount = np.empty((size, *lots.amount.shape[1:]), dtype=np.uint64)
    rows = _walk(lots, pool, tag, amount)
    return Holdings(pool[:rows], tag[:rows], amount[:rows])
