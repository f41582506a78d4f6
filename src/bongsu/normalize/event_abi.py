"""Events of EVM contracts by their declarations: topic, and fields as columns.

Contract ABI Specification, Events and Formal Specification of the Encoding: docs.soliditylang.org.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.schema import AMOUNT, MAX_AMOUNT
from bongsu.normalize.hexadecimal import lower_hex

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

TOPIC = 66
"""Characters of a topic: 0x and 64 digits."""
_WORD = 64
_FIELD = re.compile(r"(?P<type>[a-z]+[0-9]*)(?P<array>\[[0-9]*\])?(?P<indexed> indexed)? (?P<name>\w+)")
_DYNAMIC = ("bytes", "string")
_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in a log."""

    indexed: bool
    first: int
    """Number of its topic, or of its first word in the data."""
    words: int
    """Words that it takes; a dynamic one takes the word of its offset."""
    signed: bool
    dynamic: bool


@dataclass(frozen=True, slots=True)
class Declaration:
    """An event as its contract declares it."""

    text: str
    signature: str
    """Name and types, as they are hashed."""
    topic: str
    """keccak-256 of the signature: 0x and 64 digits."""
    places: dict[str, Place]

    @property
    def topics(self) -> int:
        """Topics of a log of it."""
        return 1 + sum(place.indexed for place in self.places.values())

    @property
    def words(self) -> int:
        """Words at the head of its data."""
        return sum(place.words for place in self.places.values() if not place.indexed)


def declare(text: str) -> Declaration:
    """Event of a declaration such as `Swap(address indexed sender, uint256 amount)`.

    Raises:
        ValueError: When the text is no declaration; tuples are not known.
    """
    name, bracket, rest = text.partition("(")
    fields = [one.strip() for one in rest.removesuffix(")").split(",")]
    matches = [_FIELD.fullmatch(one) for one in fields]
    if not bracket or not rest.endswith(")") or not all(matches):
        raise ValueError(f"not a declaration of an event: {text}")
    places: dict[str, Place] = {}
    topic, word = 1, 0
    types = []
    for found in (one for one in matches if one is not None):
        kind, array = found["type"], found["array"] or ""
        types.append(kind + array)
        dynamic = kind in _DYNAMIC or array == "[]"
        words = int(array[1:-1]) if array and not dynamic else 1
        indexed = found["indexed"] is not None
        places[found["name"]] = Place(indexed, topic if indexed else word, words, kind[:3] == "int", dynamic)
        topic, word = topic + indexed, word + (0 if indexed else words)
    signature = f"{name}({','.join(types)})"
    return Declaration(text, signature, topic_of(signature), places)


def topic_of(signature: str) -> str:
    """First topic of the logs of an event."""
    from Crypto.Hash import keccak

    return "0x" + keccak.new(digest_bits=256, data=signature.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Numbers:
    """Unsigned 256-bit numbers with a sign of their own: limbs from the lowest, shape (n, 4)."""

    limbs: npt.NDArray[np.uint64]
    negative: Mask

    @property
    def zero(self) -> Mask:
        """Which are 0."""
        found: Mask = (self.limbs == 0).all(axis=1)
        return found

    @property
    def fits(self) -> Mask:
        """Which are amounts that a ledger holds, their sign aside."""
        high, low = divmod(MAX_AMOUNT, 2**64)
        two = self.limbs[:, 1]
        small = (two < high) | ((two == high) & (self.limbs[:, 0] <= low))
        found: Mask = small & (self.limbs[:, 2:] == 0).all(axis=1)
        return found

    def amounts(self) -> pa.Array:
        """Column of amounts without their sign; null where one does not fit."""
        data = np.ascontiguousarray(self.limbs[:, :2])
        valid = pa.array(self.fits)
        column = pa.Array.from_buffers(AMOUNT, len(data), [None, pa.py_buffer(data)])
        return pc.if_else(valid, column, pa.scalar(None, AMOUNT))

    def chosen(self, mask: Mask, other: "Numbers") -> "Numbers":
        """These where the mask is true, the others elsewhere."""
        limbs = np.where(mask[:, None], self.limbs, other.limbs)
        return Numbers(limbs, np.where(mask, self.negative, other.negative))


@dataclass(frozen=True, slots=True)
class Logs:
    """Logs of one event: topics and head words as bytes, data as text."""

    declaration: Declaration
    topics: Bytes
    """Shape (n, topics, 32)."""
    words: Bytes
    """Shape (n, words, 32)."""
    data: pa.Array

    def __len__(self) -> int:
        return len(self.data)

    def address(self, name: str) -> pa.Array:
        """Column of addresses in canonical form."""
        return hex_column(self._bytes(name)[:, 12:])

    def numbers(self, name: str, item: int = 0) -> Numbers:
        """Column of whole numbers; of a fixed array, one of its items."""
        return numbers_of(self._bytes(name, item), signed=self.declaration.places[name].signed)

    def lists(self, name: str) -> list[list[int]]:
        """Items of a dynamic array in each log, as unsigned words; empty where the data is cut off."""
        at = self.declaration.places[name].first
        return [_list_at(text, at) for text in self.data.to_pylist()]

    def _bytes(self, name: str, item: int = 0) -> Bytes:
        place = self.declaration.places[name]
        source = self.topics if place.indexed else self.words
        return source[:, place.first + item]


def read_logs(declaration: Declaration, topics: pa.Array, data: pa.Array) -> tuple[Logs, Mask]:
    """Logs that have the topics and the words of the declaration, and which of the rows they are.

    Args:
        declaration: The event.
        topics: Topics of each log, joined by commas.
        data: Data as 0x and digits; null: none.
    """
    wide, deep = declaration.topics, declaration.words * _WORD
    data = pc.coalesce(data, "0x")
    flat = pc.replace_substring(topics, ",0x", "")
    tops, right = lower_hex(flat, wide * _WORD)
    heads, whole = lower_hex(pc.utf8_slice_codeunits(data, 0, 2 + deep), deep)
    kept = right & whole if deep else right
    picked = pa.array(np.flatnonzero(kept))
    return Logs(
        declaration,
        hex_bytes(tops.take(picked), wide * 32).reshape(len(picked), wide, 32),
        hex_bytes(heads.take(picked), deep // 2).reshape(len(picked), declaration.words, 32),
        data.take(picked),
    ), kept


def hex_bytes(texts: pa.Array, width: int) -> Bytes:
    """Bytes of texts that are 0x and lower-case digits: shape (n, width)."""
    if not width or not len(texts):
        return np.zeros((len(texts), width), dtype=np.uint8)
    joined = "".join(texts.to_pylist())
    marks = np.frombuffer(joined.encode(), dtype=np.uint8).reshape(-1, 2 + 2 * width)[:, 2:]
    nibbles: Bytes = (marks & np.uint8(15)) + np.uint8(9) * (marks >> np.uint8(6))
    joint: Bytes = (nibbles[:, ::2] << np.uint8(4)) | nibbles[:, 1::2]
    return joint


def hex_column(data: Bytes) -> pa.Array:
    """Column of 0x and lower-case digits of bytes, shape (n, width)."""
    count, width = data.shape
    marks = np.empty((count, 2 + 2 * width), dtype=np.uint8)
    marks[:, :2] = np.frombuffer(b"0x", dtype=np.uint8)
    marks[:, 2::2], marks[:, 3::2] = _DIGITS[data >> 4], _DIGITS[data & 15]
    offsets = np.arange(0, (count + 1) * marks.shape[1], marks.shape[1], dtype=np.int32)[: count + 1]
    return pa.Array.from_buffers(
        pa.string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(marks.tobytes())]
    )


def numbers_of(words: Bytes, *, signed: bool) -> Numbers:
    """Numbers of 32-byte words, shape (n, 32)."""
    limbs = np.ascontiguousarray(words).view(">u8").astype(np.uint64)[:, ::-1]
    negative = (limbs[:, 3] >> np.uint64(63)).astype(np.bool_) & signed
    return Numbers(np.where(negative[:, None], _negated(limbs), limbs), negative)


def _negated(limbs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Two's complement of 256-bit numbers."""
    result = ~limbs
    carry = np.ones(len(limbs), dtype=np.uint64)
    for place in range(4):
        result[:, place] += carry
        carry = carry & (result[:, place] == 0).astype(np.uint64)
    return result


def _list_at(text: str, place: int) -> list[int]:
    body = text[2:]
    start = _number_at(body, place * _WORD) * 2
    count = _number_at(body, start)
    if count * _WORD > len(body) - start - _WORD:
        return []
    return [_number_at(body, start + _WORD * (1 + item)) for item in range(count)]


def _number_at(body: str, at: int) -> int:
    digits = body[at : at + _WORD]
    return int(digits, 16) if len(digits) == _WORD else 0
