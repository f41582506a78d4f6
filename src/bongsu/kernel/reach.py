"""Which pools tainted value can touch, in time order, and by which movement first.

Two forms, proven equal by test. Scan: one pass over all movements; bound by memory. Seek: a
frontier in time order over the payments of touched pools only; its cost grows with the case. Seek gives up
where a scan is cheaper.

Movements that share a tie have no order among each other: within a tie group value may flow along
any path, so a pool that any order could touch is touched.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.claim import integer
from bongsu.kernel.index import Index
from bongsu.kernel.jit import compiled

START, CLOSED = 1, 2
"""Marks of a movement: its arrival taints the target; taint is not followed on it."""
_TOUCHED, _END = 1, 2
_DONE, _FULL, _MANY = 0, 1, 2
_HALF, _NO_PLACE = np.uint64(32), np.uint64(2**32 - 1)


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


class Turned(NamedTuple):
    """Movements that bring value elsewhere than to their target: exchanges."""

    row: Array
    """Ascending: int64."""
    target: Array
    """Pool that is reached instead: int64."""


NOT_TURNED = Turned(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


class _Frontier(NamedTuple):
    heap: Array
    """Payments of touched pools that come next, one a pool, and starts; earliest first: row, then place in
    the index: uint64."""
    tally: Array
    """Size of the heap, payments looked at: int64, shape (2,)."""
    touched: Array


@compiled
def _push(frontier: _Frontier, key: np.uint64) -> None:
    heap, at = frontier.heap, frontier.tally[0]
    frontier.tally[0] += 1
    while at and heap[(at - 1) // 2] > key:
        heap[at] = heap[(at - 1) // 2]
        at = (at - 1) // 2
    heap[at] = key


@compiled
def _pop(frontier: _Frontier) -> np.uint64:
    heap = frontier.heap
    first = heap[0]
    frontier.tally[0] -= 1
    size, at = frontier.tally[0], 0
    key = heap[size]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        child += child + 1 < size and heap[child + 1] < heap[child]
        if heap[child] >= key:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = key
    return first  # type: ignore[no-any-return]


@compiled
def _first_from(rows: Array, first: int, last: int, least: int) -> int:
    """Place of the first of ascending rows, of a range of places, that is not less."""
    while first < last:
        middle = (first + last) // 2
        if rows[middle] < least:
            first = middle + 1
        else:
            last = middle
    return first


@compiled
def _group_start(tie: Array, row: int) -> int:
    """First row of the tie group that a row is in, or the row itself."""
    place = _first_from(tie[:, 0], 0, len(tie), row + 1) - 1
    return tie[place, 0] if place >= 0 and row < tie[place, 1] else row


class _Search(NamedTuple):
    route: Route
    payments: Index
    ends: Array
    turned: Turned
    frontier: _Frontier


@compiled
def _follow(search: _Search, place: int, pool: int) -> None:
    """Nothing; the pool's payment at a place of the index comes next, if it has one there."""
    if place < search.payments.first[pool + 1]:
        _push(search.frontier, np.uint64(search.payments.row[place]) << _HALF | np.uint64(place))


@compiled
def _touch(search: _Search, pool: int, row: int) -> None:
    """Nothing; from this row on (its whole tie group) the pool's payments carry taint."""
    if search.frontier.touched[pool]:
        return
    search.frontier.touched[pool] = 1
    if not search.ends[pool]:
        index = search.payments
        first, last = integer(index.first[pool]), integer(index.first[pool + 1])
        _follow(search, _first_from(index.row, first, last, _group_start(search.route.tie, row)), pool)


@compiled
def _reached_by(search: _Search, row: int) -> int:
    turned = search.turned
    place = _first_from(turned.row, 0, len(turned.row), row)
    if place < len(turned.row) and turned.row[place] == row:
        return turned.target[place]  # type: ignore[no-any-return]
    return integer(search.route.target[row])  # type: ignore[no-any-return]


@compiled
def _run(search: _Search, most: int) -> int:
    """Why it stopped: all is looked at, the heap lacks room, or `most` payments were looked at."""
    frontier = search.frontier
    while frontier.tally[0]:
        if frontier.tally[0] + 2 > len(frontier.heap):
            return _FULL
        if frontier.tally[1] == most:
            return _MANY
        frontier.tally[1] += 1
        key = _pop(frontier)
        row, place = integer(key >> _HALF), integer(key & _NO_PLACE)
        starts = key & _NO_PLACE == _NO_PLACE
        if not starts:
            _follow(search, place + 1, integer(search.route.source[row]))
        if starts or search.route.mark[row] != CLOSED:
            _touch(search, _reached_by(search, row), row)
    return _DONE


@compiled
def _begin(search: _Search, sources: Array) -> None:
    for pool in sources:
        _touch(search, pool, 0)


class Seed(NamedTuple):
    """Where taint begins."""

    pools: Array
    """Tainted from the beginning: int64."""
    rows: Array
    """Movements with the mark START: int64."""


def reach_seek(
    route: Route, index: Index, seed: Seed, ends: Array, *, turned: Turned = NOT_TURNED, most: int = -1
) -> Array | None:
    """As `reach_scan`, from an index of payments; null if more than `most` payments would be looked at.

    Args:
        route: Movements in time order; only those that are looked at are read.
        index: Payments of each pool.
        seed: Where taint begins; its rows have the mark START.
        ends: As for `reach_scan`; any number but 0 is an end.
        turned: Movements that reach another pool than their target.
        most: Payments after which a scan is cheaper; -1: no limit.

    Cost: O(p log p) for the p payments of touched pools; one byte a pool, not touched where taint is not.
    """
    room = 1024 + 2 * (len(seed.pools) + len(seed.rows))
    frontier = _Frontier(
        np.empty(room, dtype=np.uint64), np.zeros(2, dtype=np.int64), np.zeros(len(ends), dtype=np.uint8)
    )
    search = _Search(route, index, ends, turned, frontier)
    _begin(search, np.asarray(seed.pools, dtype=np.int64))
    for row in np.asarray(seed.rows, dtype=np.uint64):
        _push(frontier, np.uint64(row << _HALF | _NO_PLACE))
    while (why := _run(search, most)) == _FULL:
        frontier = frontier._replace(heap=np.concatenate([frontier.heap, np.empty_like(frontier.heap)]))
        search = search._replace(frontier=frontier)
    return None if why == _MANY else frontier.touched
