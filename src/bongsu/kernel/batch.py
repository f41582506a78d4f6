"""Payments of one pool in one transaction, in list order and by rank: largest first, fees last.

A batch ends where the pool is paid, exchanges something, or pays in another transaction; then a new one
starts. An exchange is in no batch.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amounts, below, get, is_zero
from bongsu.kernel.case import CONVERTS, Array, Case
from bongsu.kernel.claim import integer
from bongsu.kernel.jit import compiled
from bongsu.kernel.prefetch import AHEAD, prefetch

_FIRST, _FURTHER = -1, 1


class Batches(NamedTuple):
    """Batches of two payments and more."""

    plan: Array
    """-(1 + row in `members`) at the first payment of a batch, else 0: int32, shape (n,)."""
    members: Array
    """For each batch: its size k, k movements in list order, k movements by rank: int32."""


class _Links(NamedTuple):
    plan: Array
    following: Array
    latest: Array


@compiled
def _link(case: Case, links: _Links) -> int:
    """Length of `members`; links the payments of a batch and marks the first and the further ones."""
    source, target, batch = case.moves.source, case.moves.target, case.moves.batch
    size = 0
    for m in range(len(source)):
        if m + AHEAD < len(source):
            prefetch(links.latest, integer(source[m + AHEAD]))
            prefetch(links.latest, integer(target[m + AHEAD]))
        pool = source[m]
        if pool == target[m] or is_zero(get(case.moves.amount, m)):
            continue
        if case.moves.credit[m] == CONVERTS:
            links.latest[pool] = links.latest[target[m]] = -1
            continue
        before = links.latest[pool]
        if before >= 0 and not case.ends[pool] and (batch[before] == batch[m] or case.joint[pool]):
            links.following[before] = m
            size += 2 if links.plan[before] else 5
            links.plan[before] = links.plan[before] or _FIRST
            links.plan[m] = _FURTHER
        links.latest[pool] = m
        links.latest[target[m]] = -1
    return size


@compiled
def _before(amount: Amounts, last: Array, a: int, b: int) -> bool:
    """Whether payment a ranks before payment b."""
    if last[a] != last[b]:
        return last[a] < last[b]  # type: ignore[no-any-return]
    first, second = get(amount, a), get(amount, b)
    return below(second, first) or (not below(first, second) and a < b)


@compiled
def _rank(amount: Amounts, last: Array, ranked: Array) -> None:
    """Nothing; sorts payments by rank (Shell's sort: in place, and short for the usual few)."""
    gap = len(ranked) // 2
    while gap:
        for i in range(gap, len(ranked)):
            moved, j = ranked[i], i
            while j >= gap and _before(amount, last, moved, ranked[j - gap]):
                ranked[j] = ranked[j - gap]
                j -= gap
            ranked[j] = moved
        gap //= 2


@compiled
def _fill(amount: Amounts, last: Array, links: _Links, members: Array) -> None:
    """Nothing; writes the members of each batch and where they are."""
    plan, row = links.plan, 0
    for m in range(len(plan)):
        first = plan[m] == _FIRST
        plan[m] = -(1 + row) if first else 0
        if not first:
            continue
        k, member = 0, m
        while member >= 0:
            k += 1
            members[row + k] = member
            member = links.following[member]
        members[row] = k
        for i in range(row + 1, row + k + 1):
            members[i + k] = members[i]
        _rank(amount, last, members[row + k + 1 : row + 2 * k + 1])
        row += 2 * k + 1


def batches(case: Case, last: Array | None = None) -> Batches:
    """Batches of a case.

    Args:
        case: Movements in time order; the payments of a joint pool are one batch whatever their number.
        last: 1 for movements that rank after all others of their batch (fees): uint8, shape (n,).

    Cost: O(n) time where batches are small, n**1.5 for a batch of n; while it runs 8 bytes a movement,
        4 a pool.
    """
    count = len(case.moves.source)
    links = _Links(
        np.zeros(count, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.full(len(case.ends), -1, dtype=np.int32),
    )
    members = np.empty(_link(case, links), dtype=np.int32)
    _fill(case.moves.amount, np.zeros(count, dtype=np.uint8) if last is None else last, links, members)
    return Batches(links.plan, members)
