"""Order of a ledger's rows: whether it is there, and what stands beside what in it."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.intern import Texts, digits_word, is_hex
from bongsu.kernel.jit import compiled
from bongsu.kernel.word import load_word

HASH_LENGTH = 66
_HALF = np.uint64(32)
_PREFIX = np.uint64(0x3078)
_ZERO, _X = b"0x"


class Keys(NamedTuple):
    """What rows are ordered by, most important first; every array has one value a row."""

    time: Array
    """int64."""
    chain: Array
    """int64."""
    block: Array
    """int64."""
    place: Array
    """Of the transaction in its block: int64."""
    position: Array
    """int64."""
    path: Array
    """Rank of the path among those of the rows, 0: none: int64."""


@compiled
def _compare(keys: Keys, a: int, b: int) -> int:
    """Negative, zero or positive, as row a comes before, with, or after row b."""
    if keys.time[a] != keys.time[b]:
        return -1 if keys.time[a] < keys.time[b] else 1
    if keys.chain[a] != keys.chain[b]:
        return -1 if keys.chain[a] < keys.chain[b] else 1
    if keys.block[a] != keys.block[b]:
        return -1 if keys.block[a] < keys.block[b] else 1
    if keys.place[a] != keys.place[b]:
        return -1 if keys.place[a] < keys.place[b] else 1
    if keys.position[a] != keys.position[b]:
        return -1 if keys.position[a] < keys.position[b] else 1
    return int(keys.path[a] > keys.path[b]) - int(keys.path[a] < keys.path[b])


@compiled
def is_ordered(keys: Keys) -> bool:
    """Whether no row comes before the one above it."""
    for row in range(1, len(keys.time)):  # noqa: SIM110 (a generator cannot be compiled)
        if _compare(keys, row - 1, row) > 0:
            return False
    return True


@compiled
def _mark_equal(keys: Keys, equal: Array) -> None:
    for row in range(1, len(equal)):
        equal[row] = _compare(keys, row - 1, row) == 0


def equal_neighbors(keys: Keys) -> Array:
    """Whether each row has the same keys as the one above it: bool, shape (n,)."""
    equal = np.zeros(len(keys.time), dtype=np.bool_)
    _mark_equal(keys, equal)
    return equal


@compiled
def _read(texts: Texts, words: Array) -> bool:
    for text in range(len(words)):
        at = texts.first[text]
        if texts.first[text + 1] - at != HASH_LENGTH or load_word(texts.data, at) >> np.uint64(48) != _PREFIX:
            return False
        for part in range(4):
            high, low = load_word(texts.data, at + 2 + 16 * part), load_word(texts.data, at + 10 + 16 * part)
            if not (is_hex(high) and is_hex(low)):
                return False
            words[text, part] = digits_word(high) << _HALF | digits_word(low)
    return True


def read_hashes(texts: Texts) -> Array | None:
    """The 32 bytes of each EVM transaction hash, the first highest: uint64, shape (n, 4).

    None where a text is anything but `0x` and 64 hexadecimal digits in lower case.
    """
    words = np.empty((len(texts.first) - 1, 4), dtype=np.uint64)
    return words if _read(texts, words) else None


@compiled
def _all_hex(texts: Texts, digits: int) -> bool:
    for text in range(len(texts.first) - 1):
        at = texts.first[text]
        if texts.first[text + 1] - at != digits + 2 or texts.data[at] != _ZERO or texts.data[at + 1] != _X:
            return False
        for part in range(digits // 8):
            if not is_hex(load_word(texts.data, at + 2 + 8 * part)):
                return False
        for place in range(at + 2 + digits // 8 * 8, at + 2 + digits):
            if not (48 <= texts.data[place] <= 57 or 97 <= texts.data[place] <= 102):
                return False
    return True


def all_hex(texts: Texts, digits: int) -> bool:
    """Whether each text is `0x` and so many hexadecimal digits in lower case."""
    return bool(_all_hex(texts, digits))


@compiled
def _mark_same(keys: Keys, words: Array, same: Array) -> int:
    """Number of neighbors at one place whose hashes differ."""
    forks = 0
    for row in range(1, len(same)):
        near = keys.chain[row] == keys.chain[row - 1] and keys.block[row] == keys.block[row - 1]
        alike = True
        for part in range(4):
            alike &= words[row, part] == words[row - 1, part]
        same[row] = near and alike
        forks += near and not alike and keys.place[row] == keys.place[row - 1]
    return forks


def same_transaction(keys: Keys, words: Array) -> tuple[Array, int]:
    """Whether each row is of the block and transaction of the one above; how many share only its place."""
    same = np.zeros(len(words), dtype=np.bool_)
    return same, _mark_same(keys, words, same)


@compiled
def keeps_time(keys: Keys, last: Array) -> bool:
    """Whether time never runs backward with a chain's blocks, and a block has one time.

    Args:
        keys: Rows in order.
        last: Block and time of the last row of each chain before these, then of these: int64,
            shape (chains, 2).
    """
    for row in range(len(keys.time)):
        chain = keys.chain[row]
        block, time = last[chain, 0], last[chain, 1]
        if keys.block[row] < block or (keys.block[row] == block and keys.time[row] != time):
            return False
        last[chain, 0], last[chain, 1] = keys.block[row], keys.time[row]
    return True
