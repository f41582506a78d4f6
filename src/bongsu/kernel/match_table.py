"""Tables and ranges to match with, made of values, and all hits of texts, whatever their number."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled
from bongsu.kernel.match import FILTER_BITS, Hits, Ranges, Table, Texts, insert, match_ranges

_LEAST_SLOTS = 64
_ROOM = 4096
_HALF = np.uint64(0xFFFFFFFFFFFFFFFF)
_MAPPED = np.uint64(0xFFFF00000000)
Matcher = Callable[[Table, Texts, Hits, int], int]


def make_table(first: Array, data: Array, flag: Array, *, backward: bool) -> Table:
    """Table of values; two values are never equal but for case.

    Args:
        first: int64, shape (values + 1,).
        data: uint8: the values, one after the other.
        flag: uint8, shape (values,): BELOW or 0.
        backward: True for names of hosts.

    Cost: about 0.2 microseconds and 20 bytes a value besides the bytes of its text.
    """
    slots = _LEAST_SLOTS
    while slots < 2 * (len(first) - 1):
        slots *= 2
    slot, sieve = np.zeros(slots, np.uint64), np.zeros(slots * FILTER_BITS // 64, np.uint64)
    table = Table(slot, sieve, first, data, flag)
    insert(table, backward)
    return table


def make_texts(values: Sequence[str]) -> Texts:
    """Texts of Python strings, in UTF-8."""
    coded = [value.encode() for value in values]
    ends = np.zeros(len(coded) + 1, np.int64)
    np.cumsum([len(one) for one in coded], out=ends[1:])
    return Texts(ends[:-1], ends[1:], np.frombuffer(b"".join(coded) or b"\0", np.uint8))


def make_ranges(first: tuple[Array, Array], last: tuple[Array, Array]) -> tuple[Ranges, Array]:
    """Ranges of numbers, sorted, and for each the place where it was; halves are upper and lower, uint64."""
    order = np.lexsort((~last[1], ~last[0], first[1], first[0])).astype(np.int64)
    back = np.zeros(len(order), np.int64)
    ranges = Ranges(first[0][order], first[1][order], last[0][order], last[1][order], back)
    _count_back(ranges)
    return ranges, order


@compiled
def _count_back(ranges: Ranges) -> None:
    """Nothing; fills `back`."""
    alive = 0
    for at in range(len(ranges.first_high)):
        while ranges.last_high[alive] < ranges.first_high[at] or (
            ranges.last_high[alive] == ranges.first_high[at] and ranges.last_low[alive] < ranges.first_low[at]
        ):
            alive += 1
        ranges.back[at] = at - alive


def halves(numbers: Sequence[int]) -> tuple[Array, Array]:
    """Upper and lower halves of 128-bit numbers: uint64."""
    high = np.array([number >> 64 for number in numbers], np.uint64)
    return high, np.array([number & int(_HALF) for number in numbers], np.uint64)


def mapped_halves(addresses: Array) -> tuple[Array, Array]:
    """Halves of IPv4 addresses as IPv6 has them (::ffff:0:0/96)."""
    return np.zeros(len(addresses), np.uint64), addresses.astype(np.uint64) | _MAPPED


def find_all(matcher: Matcher, table: Table, texts: Texts) -> tuple[Array, Array]:
    """Texts and the values that each meets, in the order of the texts: int64, same length."""
    if len(table.first) < 2 or not len(texts.start):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return _gather(lambda hits, done: matcher(table, texts, hits, done), len(texts.start))


def find_ranges(ranges: Ranges, numbers: tuple[Array, Array]) -> tuple[Array, Array]:
    """Numbers and the ranges that each lies in: int64, same length."""
    if not len(ranges.back) or not len(numbers[0]):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return _gather(lambda hits, done: match_ranges(ranges, numbers, hits, done), len(numbers[0]))


def _gather(step: Callable[[Hits, int], int], count: int) -> tuple[Array, Array]:
    texts: list[Any] = []
    values: list[Any] = []
    done = 0
    hits = Hits(np.zeros(_ROOM, np.int64), np.zeros(_ROOM, np.int64), np.zeros(1, np.int64))
    while done < count:
        done = step(hits, done)
        texts.append(hits.text[: hits.filled[0]].copy())
        values.append(hits.value[: hits.filled[0]].copy())
        hits.filled[0] = 0
    return np.concatenate(texts), np.concatenate(values)
