"""From pools to their movements, and how many partners a pool has."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.index import Index
from bongsu.kernel.jit import compiled
from bongsu.kernel.prefetch import AHEAD, prefetch


@compiled
def _count(ends: Array, first: Array) -> None:
    for m in range(len(ends)):
        if m + AHEAD < len(ends):
            prefetch(first, np.int64(ends[m + AHEAD]) + 1)
        first[ends[m] + 1] += 1


@compiled
def _place(ends: Array, first: Array, row: Array) -> None:
    """Nothing; rows stand with their pool; `first` is one pool behind afterwards, as before counting."""
    for pool in range(len(first) - 1, 0, -1):
        first[pool] = first[pool - 1]
    first[0] = 0
    for m in range(len(ends)):
        if m + AHEAD < len(ends):
            prefetch(first, np.int64(ends[m + AHEAD]) + 1)
        pool = ends[m] + 1
        row[first[pool]] = m
        first[pool] += 1


@compiled
def _sum_up(first: Array) -> None:
    for pool in range(1, len(first)):
        first[pool] += first[pool - 1]


def index_by(ends: Array, first: Array, row: Array) -> Index:
    """Index from pool to the rows in which it stands at this end, in two arrays that the caller gives.

    Args:
        ends: Pool of each movement: uint32, shape (n,).
        first: Zeros: uint32, shape (pools + 1,).
        row: uint32, shape (n,).

    Cost: two passes; a movement costs a miss in `first` and one in `row`.
    """
    _count(ends, first)
    _sum_up(first)
    # Places are taken one pool further up, so that no second array of cursors is needed.
    _place(ends, first, row)
    return Index(first, row)


def index_of(ends: Array, pools: int) -> Index:
    """As `index_by`, in new arrays: `first` is int64; ends are of any whole type."""
    first, row = np.zeros(pools + 1, dtype=np.uint32), np.empty(len(ends), dtype=np.uint32)
    made = index_by(np.ascontiguousarray(ends, dtype=np.uint32), first, row)
    return Index(made.first.astype(np.int64), made.row)


class Trade(NamedTuple):
    """Both indexes of a ledger, and its movements' ends."""

    out: Index
    into: Index
    source: Array
    target: Array


@compiled
def _partners(trade: Trade, pool: int, seen: Array, mark: np.uint32) -> int:
    """Number of other pools that a pool paid or was paid by; `seen` has the mark at each of them then."""
    count = 0
    for at in range(trade.out.first[pool], trade.out.first[pool + 1]):
        other = trade.target[trade.out.row[at]]
        if seen[other] != mark and other != pool:
            seen[other] = mark
            count += 1
    for at in range(trade.into.first[pool], trade.into.first[pool + 1]):
        other = trade.source[trade.into.row[at]]
        if seen[other] != mark and other != pool:
            seen[other] = mark
            count += 1
    return count


@compiled
def _count_all(trade: Trade, pools: Array, seen: Array, counts: Array) -> None:
    for i in range(len(pools)):
        counts[i] = _partners(trade, pools[i], seen, np.uint32(i + 1))


def count_partners(trade: Trade, pools: Array) -> Array:
    """Number of other pools that each of some pools paid or was paid by: int64, shape (len(pools),).

    Cost: their movements, each a miss or two; 4 bytes a pool of the ledger, touched where they trade.
    """
    counts = np.zeros(len(pools), dtype=np.int64)
    if len(pools):
        seen = np.zeros(len(trade.out.first) - 1, dtype=np.uint32)
        _count_all(trade, np.asarray(pools, dtype=np.int64), seen, counts)
    return counts


def degrees(out: Index, into: Index) -> Array:
    """Number of movements of each pool: int64, shape (pools,)."""
    return np.diff(out.first.astype(np.int64)) + np.diff(into.first.astype(np.int64))


@compiled
def _gather(index: Index, pools: Array, rows: Array) -> None:
    done = 0
    for pool in pools:
        for at in range(index.first[pool], index.first[pool + 1]):
            rows[done] = index.row[at]
            done += 1


def rows_of(index: Index, pools: Array) -> Array:
    """Movements of some pools in an index, ascending: int64; pools are each named once."""
    pools = np.asarray(pools, dtype=np.int64)
    size = int((index.first[pools + 1].astype(np.int64) - index.first[pools]).sum())
    rows = np.empty(size, dtype=np.int64)
    _gather(Index(*index), pools, rows)
    rows.sort()
    return rows
