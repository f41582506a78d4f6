"""The widest way by which tainted value came to each pool, movement by movement, in time order."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, get, is_zero, least, put
from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled
from bongsu.kernel.wide import less, multiply_divide

NONE = -1


class Steps(NamedTuple):
    """Movements in time order, as ways see them; n of them."""

    source: Array
    """Pool that pays: int32, shape (n,)."""
    slot: Array
    """2 * the pool that is paid, + 1 where no way leads on: int64, shape (n,)."""
    carried: Amounts
    """Tainted value that arrived, wide: shape (n, 2). A movement of nothing is on no way."""
    paid: Amounts
    """Tainted value that a movement that converts took, wide; zero elsewhere: shape (n, 2)."""
    fresh: Array
    """1 where a way begins: uint8, shape (n,)."""


class _Found(NamedTuple):
    best: Array
    before: Array
    width: Amounts


@compiled
def _arriving(steps: Steps, m: int, width: Amount) -> Amount:
    """What arrives of a width by a movement, at most all it carried; an exchange gives its own units."""
    carried, paid = get(steps.carried, m), get(steps.paid, m)
    if is_zero(paid):
        return least(carried, width)
    if not less(width, paid):
        return carried
    return multiply_divide(carried, width, paid)[0]


@compiled
def _follow(steps: Steps, found: _Found) -> None:
    best, before, width = found
    for m in range(len(steps.source)):
        value = get(steps.carried, m)
        if is_zero(value):
            continue
        last = NONE if steps.fresh[m] else best[2 * np.int64(steps.source[m])]
        before[m] = last
        if last != NONE:
            value = _arriving(steps, m, get(width, last))
        put(width, m, value)
        slot = steps.slot[m]
        if best[slot] == NONE or less(get(width, best[slot]), value):
            best[slot] = m


def widest(steps: Steps, pools: int) -> tuple[Array, Array]:
    """Last movement of the widest way to each slot, and the movement before each movement; -1: none.

    A way is as wide as its narrowest movement; of ways as wide the earlier stands.

    Args:
        steps: Movements.
        pools: Number of pools; there are two slots a pool.

    Returns:
        int64, shapes (2 * pools,) and (n,).

    Cost: one pass.
    """
    best = np.full(2 * pools, NONE, dtype=np.int64)
    before = np.full(len(steps.source), NONE, dtype=np.int64)
    _follow(steps, _Found(best, before, np.zeros_like(steps.carried)))
    return best, before


@compiled
def _count(before: Array, last: Array, length: Array) -> None:
    for place in range(len(last)):
        m = last[place]
        while m != NONE:
            length[place] += 1
            m = before[m]


@compiled
def _fill(before: Array, last: Array, end: Array, way: Array) -> None:
    for place in range(len(last)):
        m, at = last[place], end[place]
        while m != NONE:
            at -= 1
            way[at] = m
            m = before[m]


class Unrolled(NamedTuple):
    """Ways one after the other, each oldest movement first: way k is movement[first[k]:first[k + 1]]."""

    first: Array
    """int64, shape (ways + 1,)."""
    movement: Array
    """int64."""


def unrolled(before: Array, last: Array) -> Unrolled:
    """Ways to some last movements; -1 has an empty one. Cost: the sum of their lengths.

    Args:
        before: Movement before each movement, from `widest`.
        last: int64, shape (ways,).
    """
    length = np.zeros(len(last), dtype=np.int64)
    _count(before, last, length)
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(length)])
    movement = np.empty(first[-1], dtype=np.int64)
    _fill(before, last, first[1:], movement)
    return Unrolled(first, movement)
