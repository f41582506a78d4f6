"""Portions of amounts: value * part / whole, rounded down."""

import numpy as np

from bongsu.kernel.amount import Amounts
from bongsu.kernel.jit import compiled
from bongsu.kernel.wide import less, multiply_divide


@compiled
def _divide(value: Amounts, part: Amounts, whole: Amounts, found: Amounts) -> None:
    for row in range(len(value)):
        some, all_of_it = (part[row, 0], part[row, 1]), (whole[row, 0], whole[row, 1])
        low, high = value[row, 0], value[row, 1]
        if less(some, all_of_it):
            (low, high), _rest = multiply_divide((low, high), some, all_of_it)
        found[row, 0], found[row, 1] = low, high


def portions(value: Amounts, part: Amounts, whole: Amounts) -> Amounts:
    """Value * part / whole, rounded down, row by row; the value where part and whole are equal, zero too.

    Args:
        value: Wide amounts, shape (n, 2).
        part: Wide amounts, at most `whole`.
        whole: Wide amounts.

    Cost: one pass; exact through 256 bits.
    """
    found = np.empty_like(value)
    _divide(value, part, whole, found)
    return found
