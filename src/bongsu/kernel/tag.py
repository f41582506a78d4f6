"""The first bytes of transaction hashes, and where neighbors are of one transaction."""

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.intern import Texts
from bongsu.kernel.jit import compiled

DIGITS = 8
"""Hexadecimal digits of a tag."""


@compiled
def _digit(byte: int) -> int:
    """Value of a hexadecimal digit in lower case, or -1."""
    if 48 <= byte <= 57:
        return byte - 48
    return byte - 87 if 97 <= byte <= 102 else -1


@compiled
def _plain(texts: Texts, first: int, last: int) -> int:
    value = 0
    for place in range(4):
        value = value << 8 | (int(texts.data[first + place]) if first + place < last else 0)
    return value


@compiled
def _tag(texts: Texts, text: int) -> int:
    begin, last = texts.first[text], texts.first[text + 1]
    first, value = begin, 0
    if last - first > 1 and texts.data[first] == 48 and texts.data[first + 1] == 120:
        first += 2
    for place in range(DIGITS):
        digit = _digit(int(texts.data[first + place])) if first + place < last else 0
        if digit < 0:
            return _plain(texts, begin, last)
        value = value << 4 | digit
    return value


@compiled
def _same(texts: Texts, text: int) -> bool:
    """Whether a text is that of the one before, and not empty."""
    first, last, before = texts.first[text], texts.first[text + 1], texts.first[text - 1]
    if last == first or last - first != first - before:
        return False
    for byte in range(last - first):  # noqa: SIM110 (no generators in compiled code)
        if texts.data[first + byte] != texts.data[before + byte]:
            return False
    return True


@compiled
def _read(texts: Texts, tag: Array, same: Array) -> None:
    for text in range(len(tag)):
        tag[text] = _tag(texts, text)
        same[text] = text > 0 and _same(texts, text)


def tags_of(texts: Texts) -> tuple[Array, Array]:
    """Tag of each hash (uint32), and whether the hash is that of the row before (bool).

    A tag is the first eight hexadecimal digits, after `0x` if there is one; of a text that is none, its
    first four bytes. An empty text is the same as no other.
    """
    count = len(texts.first) - 1
    tag, same = np.empty(count, dtype=np.uint32), np.empty(count, dtype=np.bool_)
    _read(texts, tag, same)
    return tag, same
