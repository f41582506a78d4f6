"""Exact sums of amounts by key."""

import numpy as np

from bongsu.kernel.amount import Amounts, get, plus, put
from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled


@compiled
def _add(sums: Amounts, amounts: Amounts, keys: Array) -> None:
    for row in range(len(keys)):
        put(sums, keys[row], plus(get(sums, keys[row]), get(amounts, row)))


def sums_by_key(amounts: Amounts, keys: Array, size: int) -> Amounts:
    """Sum per key in the width of the amounts: shape (size,) or (size, 2).

    Args:
        amounts: Narrow or wide amounts whose sum fits their width.
        keys: Integer per amount, 0 <= key < size.
        size: Number of keys.

    Cost: one pass.
    """
    sums = np.zeros((size, *amounts.shape[1:]), dtype=np.uint64)
    _add(sums, np.ascontiguousarray(amounts), np.ascontiguousarray(keys, dtype=np.int64))
    return sums
