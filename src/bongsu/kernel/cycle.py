"""Ways of value back to where it came from, in time order."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.index import Index
from bongsu.kernel.jit import compiled

MOST_STEPS = 2_000
"""Payments that are looked at for one start and one length; beyond that the search of it ends."""


class _Search(NamedTuple):
    way: Array
    """Payments of the way so far."""
    place: Array
    """Next place in the index to look at, by depth."""
    source: Array
    target: Array


@compiled
def _way_back(index: Index, search: _Search, start: int, length: int) -> int:
    """Whether `length` payments lead from a start back to its payer; 2 where the search was given up."""
    way, place, source, target = search
    way[0], depth, steps = start, 1, 0
    place[1] = index.first[target[start]]
    while depth > 0:
        pool = target[way[depth - 1]]
        if place[depth] == index.first[pool + 1]:
            depth -= 1
            continue
        payment = index.row[place[depth]]
        place[depth] += 1
        steps += 1
        if steps > MOST_STEPS:
            return 2
        if payment <= way[depth - 1]:
            continue
        if depth == length - 1:
            if target[payment] == source[start]:
                way[depth] = payment
                return 1
        elif target[payment] != source[start]:
            way[depth] = payment
            depth += 1
            place[depth] = index.first[target[payment]]
    return 0


@compiled
def _keep(way: Array, ways: Array, start: int, length: int) -> None:
    """Nothing; writes down the way that was found."""
    for step in range(length):
        ways[start, step] = way[step]


@compiled
def _all_ways(index: Index, search: _Search, ways: Array, given_up: Array) -> None:
    """Nothing; finds the shortest way back of each payment."""
    for start in range(len(ways)):
        for length in range(2, ways.shape[1] + 1):
            found = _way_back(index, search, start, length)
            if found == 2:
                given_up[0] += 1
                break
            if found == 1:
                _keep(search.way, ways, start, length)
                break


def ways_back(index: Index, source: Array, target: Array, *, longest: int) -> tuple[Array, int]:
    """Shortest way back to its payer that begins with each payment, and how many searches were given up.

    Args:
        index: Payments of each pool, in time order.
        source: Pool that pays: int64, shape (n,).
        target: Pool that is paid, never the same: int64, shape (n,).
        longest: Most payments of a way, at least 2.

    Returns:
        int64 of shape (n, longest): payments of the way in order, -1 after its end and where there is none.

    Cost: up to MOST_STEPS payments for each payment and length; memory 8 * longest bytes a payment.
    """
    ways = np.full((len(source), longest), -1, dtype=np.int64)
    given_up = np.zeros(1, dtype=np.int64)
    depths = (np.zeros(longest + 1, dtype=np.int64), np.zeros(longest + 1, dtype=np.int64))
    _all_ways(index, _Search(*depths, source.astype(np.int64), target.astype(np.int64)), ways, given_up)
    return ways, int(given_up[0])
