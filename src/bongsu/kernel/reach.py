"""Which pools tainted value can touch, in time order, and by which movement first.

Two forms, proven equal by test. Scan: one pass over all movements; bound by memory. Seek: a
frontier in time order over the payments of touched pools only; its cost grows with the case.

Movements that share a tie have no order among each other: within a tie group value may flow along
any path, so a pool that any order could touch is touched.
"""

import heapq
from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled

START, CLOSED = 1, 2
"""Marks of a movement: its arrival taints the target; taint is not followed on it."""
_TOUCHED, _END = 1, 2


class Route(NamedTuple):
    """Movements in time order, as reach sees them."""

    source: Array
    """Pool that pays: uint32, shape (n,)."""
    target: Array
    """Pool that is paid: uint32, shape (n,)."""
    mark: Array
    """START, CLOSED, both or 0: uint8, shape (n,)."""
    tie: Array
    """First row of each tie group and the row after its last: int64, shape (groups, 2)."""


class Index(NamedTuple):
    """Payments of each pool: rows of pool p are row[first[p]:first[p + 1]], ascending."""

    first: Array
    row: Array


@compiled
def _scan(route: Route, state: Array, first: int, last: int) -> bool:
    """Whether a pool was newly touched by the movements of a range of rows."""
    found = False
    for m in range(first, last):
        if (state[route.source[m]] == _TOUCHED and route.mark[m] != CLOSED) or route.mark[m] & START:
            pool = route.target[m]
            found |= not state[pool] & _TOUCHED
            state[pool] |= _TOUCHED
    return found


@compiled
def _scan_all(route: Route, state: Array) -> None:
    """Nothing; scans in order, and each tie group again until nothing changes."""
    done = 0
    for group in range(len(route.tie)):
        first, last = route.tie[group]
        _scan(route, state, done, first)
        while _scan(route, state, first, last):
            pass
        done = last
    _scan(route, state, done, len(route.source))


def reach_scan(route: Route, sources: Array, ends: Array) -> Array:
    """1 for each pool that taint can touch: uint8, shape (pools,).

    Args:
        route: Movements in time order.
        sources: Pools that are tainted from the beginning.
        ends: 1 for pools that taint is not followed through: uint8, shape (pools,).

    Cost: one pass; 9 bytes a movement in order and one random byte, two where it is tainted.
    """
    state = ends.astype(np.uint8) * np.uint8(_END)
    state[sources] |= np.uint8(_TOUCHED)
    _scan_all(route, state)
    return state & np.uint8(_TOUCHED)


def index_payments(source: Array, pools: int) -> Index:
    """Index from pool to the rows it pays in; made once a ledger. Cost: a sort of n rows."""
    row = np.argsort(source, kind="stable").astype(np.uint32)
    first = np.zeros(pools + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=pools), out=first[1:])
    return Index(first, row)


class _Frontier:
    """Touched pools and the payments of theirs that are still to be looked at, earliest first."""

    def __init__(self, route: Route, index: Index, ends: Array) -> None:
        self.route, self.index, self.ends = route, index, ends
        self.touched = np.zeros(len(ends), dtype=np.uint8)
        self.heap: list[tuple[int, int]] = []

    def group_start(self, row: int) -> int:
        """First row of the tie group that a row is in, or the row itself."""
        tie = self.route.tie
        place = int(np.searchsorted(tie[:, 0], row, side="right")) - 1
        return int(tie[place, 0]) if place >= 0 and row < tie[place, 1] else row

    def touch(self, pool: int, row: int) -> None:
        """Nothing; from this row on (its whole tie group) the pool's payments carry taint."""
        if self.touched[pool]:
            return
        self.touched[pool] = 1
        if not self.ends[pool]:
            first, last = self.index.first[pool], self.index.first[pool + 1]
            payments = self.index.row[first:last]
            self._push(int(first + np.searchsorted(payments, self.group_start(row))), pool)

    def _push(self, place: int, pool: int) -> None:
        if place < self.index.first[pool + 1]:
            heapq.heappush(self.heap, (int(self.index.row[place]), place))

    def run(self) -> None:
        """Nothing; takes the earliest start or payment of a touched pool until none is left."""
        source, target, mark = self.route.source, self.route.target, self.route.mark
        while self.heap:
            row, place = heapq.heappop(self.heap)
            if place >= 0:
                self._push(place + 1, int(source[row]))
            if place < 0 or mark[row] != CLOSED:
                self.touch(int(target[row]), row)


def reach_seek(route: Route, index: Index, sources: Array, ends: Array) -> Array:
    """As `reach_scan`, from an index of payments.

    Cost: O(p log p) for the p payments of touched pools, plus one pass over `route.mark`.
    """
    frontier = _Frontier(route, index, ends)
    for pool in sources.tolist():
        frontier.touch(pool, 0)
    frontier.heap.extend((row, -1) for row in np.flatnonzero(route.mark & START).tolist())
    heapq.heapify(frontier.heap)
    frontier.run()
    return frontier.touched
