"""Records of an amount and a link word side by side, so that both cost one cache miss.

Narrow: two uint64 a record; wide: four, the last one unused, so that no record crosses a cache
line. `like` is any amount of the kernel's width: its type decides where the link word is.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, is_wide
from bongsu.kernel.jit import chosen_by_type, unannotated

Records = np.ndarray[Any, np.dtype[np.uint64]]
"""Shape (n, 2) narrow or (n, 4) wide, dtype uint64."""


def new_records(like: Amounts, count: int) -> Records:
    """Zeroed records for amounts in the width of `like`."""
    return np.zeros((count, 4 if like.ndim == 2 else 2), dtype=np.uint64)


def amounts_of(records: Records) -> Amounts:
    """View of the amounts in records."""
    return records[:, :2] if records.shape[1] == 4 else records[:, 0]


def load(records: Records, index: int, like: Amount) -> Amount:
    """Amount of a record."""
    raise TypeError("compiled code only")


def save(records: Records, index: int, value: Amount) -> None:
    """Nothing; stores the amount of a record."""
    raise TypeError("compiled code only")


def link(records: Records, index: int, like: Amount) -> Any:  # noqa: ANN401
    """Link word of a record."""
    raise TypeError("compiled code only")


def relink(records: Records, index: int, like: Amount, word: Any) -> None:  # noqa: ANN401
    """Nothing; stores the link word of a record."""
    raise TypeError("compiled code only")


@chosen_by_type(load)
def _load(records: Any, index: Any, like: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(like):
        return lambda records, index, like: (records[index, 0], records[index, 1])
    return lambda records, index, like: records[index, 0]


@chosen_by_type(save)
def _save(records: Any, index: Any, value: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(value):

        def save_pair(records: Any, index: Any, value: Any) -> None:  # noqa: ANN401
            records[index, 0] = value[0]
            records[index, 1] = value[1]

        return unannotated(save_pair)

    def save_one(records: Any, index: Any, value: Any) -> None:  # noqa: ANN401
        records[index, 0] = value

    return unannotated(save_one)


@chosen_by_type(link)
def _link(records: Any, index: Any, like: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(like):
        return lambda records, index, like: records[index, 2]
    return lambda records, index, like: records[index, 1]


@chosen_by_type(relink)
def _relink(records: Any, index: Any, like: Any, word: Any) -> Callable[..., Any]:  # noqa: ANN401
    column = 2 if is_wide(like) else 1

    def relink_at(records: Any, index: Any, like: Any, word: Any) -> None:  # noqa: ANN401
        records[index, column] = word

    return unannotated(relink_at)
