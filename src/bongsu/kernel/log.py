"""A growing log of fragments that compiled code writes to."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amounts, put
from bongsu.kernel.case import Array, Fragments, Part
from bongsu.kernel.jit import compiled


class Log(NamedTuple):
    """Fragments so far; `used[0]` says how many rows hold one."""

    movement: Array
    tag: Array
    kind: Array
    amount: Amounts
    used: Array


def new_log(like: Amounts, rows: int) -> Log:
    """Empty log with room for some rows, amounts in the width of `like`."""
    return Log(
        np.empty(rows, dtype=np.int64),
        np.empty(rows, dtype=np.int16),
        np.empty(rows, dtype=np.uint8),
        np.empty((rows, *like.shape[1:]), dtype=np.uint64),
        np.zeros(1, dtype=np.int64),
    )


def grown(array: Array, rows: int) -> Array:
    """Copy of an array with more rows; the new rows are not initialized."""
    result = np.empty((rows, *array.shape[1:]), dtype=array.dtype)
    result[: len(array)] = array
    return result


def grow_log(log: Log, rows: int) -> Log:
    """Log with the same fragments and room for at least some rows more."""
    size = max(2 * len(log.tag), int(log.used[0]) + rows)
    return Log(
        grown(log.movement, size),
        grown(log.tag, size),
        grown(log.kind, size),
        grown(log.amount, size),
        log.used,
    )


def fragments(log: Log) -> Fragments:
    """Fragments that a log holds, cut to size."""
    used = int(log.used[0])
    return Fragments(log.movement[:used], log.tag[:used], log.kind[:used], log.amount[:used])


@compiled
def room(log: Log) -> int:
    """Number of rows that can still be written."""
    return len(log.tag) - log.used[0]  # type: ignore[no-any-return]


@compiled
def write(log: Log, movement: int, kind: int, part: Part) -> None:
    """Nothing; appends one fragment, `part` being (tag, amount). The caller has made room."""
    row = log.used[0]
    log.movement[row] = movement
    log.tag[row] = part[0]
    log.kind[row] = kind
    put(log.amount, row, part[1])
    log.used[0] = row + 1
