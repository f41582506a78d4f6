"""The longest prefix that holds an address at a time."""

from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
WIDTHS = (32, 64)
"""Bits of an address of version 4, and of the upper half of one of version 6."""


class Prefixes(NamedTuple):
    """Prefixes of one version, in any order; they may lie in each other."""

    bits: Array
    """int64, length of each."""
    first: Array
    """uint64, first address."""
    start: Array
    """int64, microseconds; holds from."""
    stop: Array
    """int64, microseconds; holds until, not included."""


def longest_match(prefixes: Prefixes, wanted: Array, times: Array, width: int) -> Array:
    """Row of the longest prefix that holds each address at its time, -1 where none does: int64.

    Of one prefix that is stated twice for a time, the one that began later is taken.

    Args:
        prefixes: What is known.
        wanted: uint64, addresses.
        times: int64, microseconds, one an address.
        width: One of WIDTHS.

    Cost: for each length a sort of its prefixes and a binary search of the addresses that are left.
    """
    found = np.full(len(wanted), -1, np.int64)
    for bits in np.unique(prefixes.bits)[::-1].tolist():
        rows = np.flatnonzero(prefixes.bits == bits)
        rows = rows[np.lexsort((prefixes.start[rows], prefixes.first[rows]))]
        left = np.flatnonzero(found < 0)
        keys = wanted[left] & _mask(bits, width)
        found[left] = _latest(prefixes, rows, keys, times[left])
    return found


def _latest(prefixes: Prefixes, rows: Array, keys: Array, times: Array) -> Array:
    """Of rows that are sorted by first address and start, the last that holds each key at its time."""
    first = prefixes.first[rows]
    low, at = np.searchsorted(first, keys, "left"), np.searchsorted(first, keys, "right") - 1
    found = np.full(len(keys), -1, np.int64)
    open_ = np.flatnonzero(at >= low)
    while len(open_):
        row = rows[at[open_]]
        holds = (prefixes.start[row] <= times[open_]) & (times[open_] < prefixes.stop[row])
        found[open_[holds]] = row[holds]
        open_ = open_[~holds]
        at[open_] -= 1
        open_ = open_[at[open_] >= low[open_]]
    return found


def _mask(bits: int, width: int) -> np.uint64:
    return np.uint64(((1 << bits) - 1) << (width - bits))
