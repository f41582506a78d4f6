"""Which of many literals stand in which of many texts, all literals in one pass.

Of each literal one piece of four bytes (of a shorter one: two, or one) is its anchor, the piece that fewest
other literals have. The pass reads a text piece by piece; only where a piece is an anchor is the literal
compared. So the cost is that of reading the text, whatever the number of literals.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.intern import Texts
from bongsu.kernel.jit import compiled

Array = np.ndarray[Any, Any]
ANYWHERE, AT_START, AT_END, WHOLE = 0, 1, 2, 3
"""Where a literal must stand: a sum of the two sides that it must touch."""
_PIECES = (4, 2, 1)
_FEWEST_BITS, _MOST_BITS = 5, 16
_FOUND = 4096


class Anchors(NamedTuple):
    """Literals by their anchors, all anchors of one size."""

    literals: Texts
    number: Array
    """int32: number of the literal in the whole list."""
    place: Array
    """int8: one of ANYWHERE, AT_START, AT_END, WHOLE."""
    anchor: Array
    """int32: where in the literal its anchor starts."""
    head: Array
    """int32, a power of two: a literal whose anchor has this hash, or -1."""
    follow: Array
    """int32: the next literal of the same hash, or -1."""
    size: int
    """Bytes of an anchor: 4, 2 or 1."""
    shift: int
    """Bits of a hash that are not used."""


class Cursor(NamedTuple):
    """Where a pass stands, and what it found since it was last asked."""

    state: Array
    """int64, shape (3,): text, byte of `data`, pairs found."""
    pairs: Array
    """int32, shape (n, 2): text and literal."""
    seen: Array
    """int32: last text that each literal was found in; -1."""


class LiteralSet:
    """Literals to look for.

    Args:
        literals: Bytes, none empty, in the case that texts are in.
        places: For each, one of ANYWHERE, AT_START, AT_END, WHOLE.

    Cost: some 3 microseconds and 100 bytes a literal to make; a pass takes some 2 ns a byte of text.
    """

    def __init__(self, literals: Sequence[bytes], places: Sequence[int]) -> None:
        self.count = len(literals)
        sizes = [next(size for size in _PIECES if len(one) >= size) for one in literals]
        common = Counter(
            one[at : at + size]
            for one, size in zip(literals, sizes, strict=True)
            for at in _starts(one, size)
        )
        chosen = [_rarest(one, size, common) for one, size in zip(literals, sizes, strict=True)]
        rows = list(zip(range(self.count), literals, places, chosen, strict=True))
        self._groups = [
            _anchors(size, [row for row in rows if sizes[row[0]] == size])
            for size in _PIECES
            if size in sizes
        ]

    def find(self, texts: Texts) -> tuple[Array, Array]:
        """Texts and the literals that stand in them, each pair once: two int32 arrays of one length."""
        found = [self._pass(group, texts) for group in self._groups]
        pairs = np.concatenate(found) if found else np.zeros((0, 2), np.int32)
        return pairs[:, 0], pairs[:, 1]

    def _pass(self, group: Anchors, texts: Texts) -> Array:
        kept = []
        literals = len(group.number)
        room = np.empty((max(_FOUND, 2 * literals), 2), np.int32)
        cursor = Cursor(np.zeros(3, np.int64), room, np.full(literals, -1, np.int32))
        if len(texts.first):
            cursor.state[1] = texts.first[0]
        while cursor.state[0] < len(texts.first) - 1:
            cursor.state[2] = 0
            _scan(group, texts, cursor)
            kept.append(cursor.pairs[: cursor.state[2]].copy())
        return np.concatenate(kept) if kept else np.zeros((0, 2), np.int32)


def find_literals_twin(
    literals: Sequence[bytes], places: Sequence[int], texts: Sequence[bytes]
) -> set[tuple[int, int]]:
    """Pairs of text and literal, each literal looked for alone: the slow reference."""
    return {
        (t, n)
        for t, text in enumerate(texts)
        for n, (one, place) in enumerate(zip(literals, places, strict=True))
        if _stands_twin(text, one, place)
    }


def _stands_twin(text: bytes, one: bytes, place: int) -> bool:
    if place == WHOLE:
        return text == one
    if place == ANYWHERE:
        return one in text
    return text.startswith(one) if place == AT_START else text.endswith(one)


def _rarest(literal: bytes, size: int, common: Counter[bytes]) -> int:
    """Where the piece starts that fewest literals have; of equals the last."""
    return min(_starts(literal, size), key=lambda at: (common[literal[at : at + size]], -at))


def _starts(literal: bytes, size: int) -> range:
    return range(len(literal) - size + 1)


def _anchors(size: int, rows: list[tuple[int, bytes, int, int]]) -> Anchors:
    first = np.zeros(len(rows) + 1, np.int32)
    np.cumsum([len(one) for _number, one, _place, _at in rows], out=first[1:])
    literals = Texts(first, np.frombuffer(b"".join(row[1] for row in rows), dtype=np.uint8))
    bits = min(max((4 * len(rows)).bit_length(), _FEWEST_BITS), _MOST_BITS)
    anchors = Anchors(
        literals,
        np.array([row[0] for row in rows], np.int32),
        np.array([row[2] for row in rows], np.int8),
        np.array([row[3] for row in rows], np.int32),
        np.full(1 << bits, -1, np.int32),
        np.full(len(rows), -1, np.int32),
        size,
        32 - bits,
    )
    _link(anchors)
    return anchors


@compiled
def _hash(data: Array, at: int, size: int, shift: int) -> int:
    """Hash of a piece, below 2 ** (32 - shift)."""
    word = np.uint32(data[at])
    if size > 1:
        word |= np.uint32(data[at + 1]) << np.uint32(8)
    if size > 2:
        word |= np.uint32(data[at + 2]) << np.uint32(16) | np.uint32(data[at + 3]) << np.uint32(24)
    return int(np.uint32(word * np.uint32(2654435761)) >> np.uint32(shift))


@compiled
def _link(anchors: Anchors) -> None:
    """Nothing; heads and chains are filled."""
    for one in range(len(anchors.number)):
        key = _hash(
            anchors.literals.data,
            anchors.literals.first[one] + anchors.anchor[one],
            anchors.size,
            anchors.shift,
        )
        anchors.follow[one] = anchors.head[key]
        anchors.head[key] = one


@compiled
def _stands(anchors: Anchors, texts: Texts, text: int, pick: tuple[int, int]) -> bool:
    """Whether a literal, its anchor at a byte, stands in the text where it must."""
    one, at = pick
    first, last = anchors.literals.first[one], anchors.literals.first[one + 1]
    start = at - anchors.anchor[one]
    end = start + last - first
    if start < texts.first[text] or end > texts.first[text + 1]:
        return False
    place = anchors.place[one]
    if (place & 1 and start != texts.first[text]) or (place & 2 and end != texts.first[text + 1]):
        return False
    for step in range(last - first):
        if texts.data[start + step] != anchors.literals.data[first + step]:
            return False
    return True


@compiled
def _note(anchors: Anchors, texts: Texts, cursor: Cursor, spot: tuple[int, int]) -> None:
    """Nothing; literals whose anchor stands at the spot, a text and a byte, are added to the pairs."""
    text, at = spot
    one = anchors.head[_hash(texts.data, at, anchors.size, anchors.shift)]
    while one >= 0:
        if cursor.seen[one] != text and _stands(anchors, texts, text, (one, at)):
            cursor.seen[one] = text
            cursor.pairs[cursor.state[2], 0] = text
            cursor.pairs[cursor.state[2], 1] = anchors.number[one]
            cursor.state[2] += 1
        one = anchors.follow[one]


@compiled
def _scan(anchors: Anchors, texts: Texts, cursor: Cursor) -> None:
    """Nothing; goes on until all texts are read or the pairs might not have room for one byte's more."""
    text, at = cursor.state[0], cursor.state[1]
    while text < len(texts.first) - 1:
        last = texts.first[text + 1] - anchors.size
        while at <= last:
            met = anchors.head[_hash(texts.data, at, anchors.size, anchors.shift)] >= 0
            if met and cursor.state[2] + len(anchors.number) > len(cursor.pairs):
                cursor.state[0], cursor.state[1] = text, at
                return
            if met:
                _note(anchors, texts, cursor, (text, at))
            at += 1
        text += 1
        at = texts.first[text]
    cursor.state[0], cursor.state[1] = text, at
