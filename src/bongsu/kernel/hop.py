"""How few payments bring tainted value to each pool, in time order."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled
from bongsu.kernel.reach import CLOSED, START, Route

UNREACHED = 2**31 - 1


class _Pools(NamedTuple):
    hops: Array
    blocked: Array
    joint: Array


@compiled
def _count(route: Route, pools: _Pools, first: int, last: int) -> bool:
    """Whether a pool was newly reached, or by fewer payments, by the movements of a range of rows."""
    hops, blocked, joint = pools
    found = False
    for m in range(first, last):
        source, target = route.source[m], route.target[m]
        fewest = hops[target]
        if route.mark[m] & START:
            fewest = 0
        elif hops[source] != UNREACHED and not blocked[source] and route.mark[m] != CLOSED:
            fewest = min(fewest, hops[source] + (1 - joint[target]))
        if fewest < hops[target]:
            hops[target] = fewest
            found = True
    return found


@compiled
def _count_all(route: Route, pools: _Pools) -> None:
    """Nothing; counts in order, and each tie group again until nothing changes."""
    done = 0
    for group in range(len(route.tie)):
        first, last = route.tie[group]
        _count(route, pools, done, first)
        while _count(route, pools, first, last):
            pass
        done = last
    _count(route, pools, done, len(route.source))


def fewest_hops(route: Route, sources: Array, ends: Array, joint: Array) -> Array:
    """Fewest payments from a source to each pool, -1 where taint cannot touch it: int32, shape (pools,).

    A payment into a UTXO transaction counts nothing, so that an output is one payment from those it spends.

    Args:
        route: Movements in time order.
        sources: Pools that are tainted from the beginning; the target of a START movement is too, from
            then on.
        ends: 1 for pools that taint is not followed through: shape (pools,).
        joint: 1 for UTXO transactions: shape (pools,).

    Cost: one pass, for value that comes later by a shorter way cannot have left earlier.
    """
    hops = np.full(len(ends), UNREACHED, dtype=np.int32)
    hops[sources] = 0
    _count_all(route, _Pools(hops, ends.astype(np.uint8), joint.astype(np.uint8)))
    hops[hops == UNREACHED] = -1
    return hops
