"""How far links lead: chains in which each item points to a later one."""

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled


@compiled
def _lengths(after: Array, length: Array) -> None:
    """Nothing; counts backward, so that what an item points to is counted already."""
    for item in range(len(after) - 1, -1, -1):
        length[item] = 1
        if after[item] > item:
            length[item] += length[after[item]]


def chain_lengths(after: Array) -> Array:
    """Number of items from each on to the end of its chain: int64, shape (n,).

    Args:
        after: A later item, or -1: int64, shape (n,). What is not later counts as -1.

    Cost: one pass.
    """
    length = np.empty(len(after), dtype=np.int64)
    _lengths(after.astype(np.int64), length)
    return length


def longest_chains(after: Array, least: int) -> list[list[int]]:
    """Chains of at least so many items that no other item leads into, in the order of their first item.

    Where two items point to the same one, both chains go on through it.
    """
    length = chain_lengths(after)
    led_to = np.zeros(len(after), dtype=bool)
    led_to[after[after > np.arange(len(after))]] = True
    found = []
    for head in np.flatnonzero(~led_to & (length >= least)).tolist():
        chain = [head]
        while len(chain) < length[head]:
            chain.append(int(after[chain[-1]]))
        found.append(chain)
    return found
