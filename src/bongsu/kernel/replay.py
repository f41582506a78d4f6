"""What a policy says of movements, replayed on plain balances: a second program beside the policies.

It shares no code with them, down to the arithmetic: two words a number, and what no two words hold is
found broken, not wrapped.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled

WHOLE = -1
"""No movement is broken."""


class Said(NamedTuple):
    """What is said of movements in time order; n of them. Amounts are wide: shape (n, 2)."""

    source: Array
    """Pool that pays: int32, shape (n,)."""
    target: Array
    """Pool that is paid: int32, shape (n,)."""
    converts: Array
    """1 where one asset is exchanged for another: uint8, shape (n,)."""
    rests: Array
    """1 where what arrives is not followed: uint8, shape (n,)."""
    carried: Amounts
    """What arrived."""
    paid: Amounts
    """What an exchange took."""
    credited: Amounts
    """The part of `carried` that its payer need not have had."""
    assumed: Amounts
    """What its payer is given before it pays."""
    moved: Amounts
    """All that it moved, of whomever."""
    received: Amounts
    """All that an exchange brought; elsewhere as `moved`."""


@compiled
def _any(amounts: Amounts, row: int) -> bool:
    return bool(amounts[row, 0] != 0 or amounts[row, 1] != 0)


@compiled
def _exceeds(a: Amounts, b: Amounts, row: int) -> bool:
    """Whether an amount is more than another."""
    if a[row, 1] != b[row, 1]:
        return bool(a[row, 1] > b[row, 1])
    return bool(a[row, 0] > b[row, 0])


@compiled
def _raise(balance: Amounts, pool: int, amounts: Amounts, row: int) -> bool:
    """Whether a balance holds with an amount more."""
    low = balance[pool, 0] + amounts[row, 0]
    carry = np.uint64(1) if low < amounts[row, 0] else np.uint64(0)
    high = balance[pool, 1] + amounts[row, 1]
    fits = high >= amounts[row, 1] and high + carry >= high
    balance[pool, 0], balance[pool, 1] = low, high + carry
    return bool(fits)


@compiled
def _lower(balance: Amounts, pool: int, amounts: Amounts, row: int) -> bool:
    """Whether a balance holds with an amount less."""
    low, high = balance[pool, 0], balance[pool, 1]
    borrow = np.uint64(1) if low < amounts[row, 0] else np.uint64(0)
    fits = high > amounts[row, 1] or (high == amounts[row, 1] and borrow == 0)
    balance[pool, 0], balance[pool, 1] = low - amounts[row, 0], high - amounts[row, 1] - borrow
    return bool(fits)


@compiled
def _holds(said: Said, balance: Amounts, m: int) -> bool:
    """Whether a movement adds up; its payer and who it pays have their new balances afterwards."""
    source, target = said.source[m], said.target[m]
    if _exceeds(said.carried, said.received, m) or _exceeds(said.paid, said.moved, m):
        return False
    if not _raise(balance, source, said.assumed, m):
        return False
    if said.converts[m]:
        holds = _lower(balance, source, said.paid, m)
    else:
        holds = _raise(balance, source, said.credited, m) and _lower(balance, source, said.carried, m)
    return holds and (said.rests[m] != 0 or _raise(balance, target, said.carried, m))


@compiled
def _replay(said: Said, balance: Amounts) -> int:
    for m in range(len(said.source)):
        told = _any(said.carried, m) or _any(said.paid, m) or _any(said.assumed, m)
        if told and not _holds(said, balance, m):
            return m
    return WHOLE


def replay(said: Said, pools: int) -> tuple[int, Amounts]:
    """First movement that does not add up, or WHOLE, and the balance of each pool then: shape (pools, 2).

    A movement adds up if its payer had what it paid, and if it carried no more than it moved.

    Cost: one pass.
    """
    balance = np.zeros((pools, 2), dtype=np.uint64)
    return int(_replay(said, balance)), balance
