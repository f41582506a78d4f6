"""Sorted accounts that begin as others do."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled


class Held(NamedTuple):
    """Accounts to look in, and how many of their first bytes count."""

    accounts: Array
    head: int


@compiled
def _below(held: Held, row: int, key: Array, upto: bool) -> bool:
    """Whether an account's first bytes are less than a key's, or also where they are equal."""
    for byte in range(held.head):
        if held.accounts[row, byte] != key[byte]:
            return bool(held.accounts[row, byte] < key[byte])
    return upto


@compiled
def _bound(held: Held, key: Array, low: int, upto: bool) -> int:
    """The first account from `low` on that is not below; steps double, then halve."""
    high, step, count = low, 1, len(held.accounts)
    while high < count and _below(held, high, key, upto):
        low, high, step = high + 1, high + step, 2 * step
    high = min(high, count)
    while low < high:
        middle = (low + high) // 2
        if _below(held, middle, key, upto):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _ranges(held: Held, keys: Array, first: Array, size: Array) -> None:
    low = 0
    for row in range(len(keys)):
        low = _bound(held, keys[row], low, False)
        first[row] = low
        size[row] = _bound(held, keys[row], low, True) - low


def begin_alike(accounts: Array, keys: Array, head: int) -> tuple[Array, Array]:
    """For each key the first account with its first bytes, and how many there are: int64.

    Args:
        accounts: uint8, shape (n, 20), ascending.
        keys: uint8, shape (m, 20), ascending.
        head: How many bytes count.

    Cost: for each key twice the logarithm of its distance from the one before.
    """
    first, size = np.empty(len(keys), dtype=np.int64), np.empty(len(keys), dtype=np.int64)
    _ranges(Held(accounts, head), keys, first, size)
    return first, size
