"""One-to-one choice among scored pairs."""

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled


@compiled
def _choose(order: Array, pairs: Array, taken: Array, chosen: Array) -> None:
    for place in range(len(order)):
        pair = order[place]
        one, other = pairs[pair, 0], pairs[pair, 1]
        if taken[one, 0] == 0 and taken[other, 1] == 0:
            taken[one, 0], taken[other, 1], chosen[pair] = 1, 1, 1


def choose_pairs(order: Array, left: Array, right: Array) -> Array:
    """Which pairs are kept (bool, shape of `left`) when the best of the order comes first.

    A pair is kept where neither of its two is in a pair kept before: each of the two would choose the other
    among all that were still free.

    Args:
        order: Numbers of all pairs, the best first.
        left: Number of each pair's one item, from 0.
        right: Number of its other item, from 0.

    Cost: linear; the order is the caller's.
    """
    chosen = np.zeros(len(left), dtype=np.uint8)
    pairs = np.stack([left, right], axis=1).astype(np.int64)
    if len(pairs):
        taken = np.zeros((int(pairs.max()) + 1, 2), dtype=np.uint8)
        _choose(np.ascontiguousarray(order, dtype=np.int64), pairs, taken, chosen)
    return chosen.astype(np.bool_)
