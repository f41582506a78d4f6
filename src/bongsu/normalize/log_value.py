"""Values of contract logs by their places: words, bytes and numbers as columns.

Source: Solidity documentation, Contract ABI Specification, Formal Specification of the Encoding.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.abi import WORD, Place, Reference
from bongsu.model.schema import AMOUNT, MAX_AMOUNT
from bongsu.normalize.screen import Mask

Bytes = npt.NDArray[np.uint8]
"""Bytes of a value in each log: shape (n, width)."""
Numbers = npt.NDArray[np.int64]

_INVALID = 255
_NIBBLES = np.full(256, _INVALID, dtype=np.uint8)
_NIBBLES[np.frombuffer(b"0123456789", dtype=np.uint8)] = np.arange(10)
_NIBBLES[np.frombuffer(b"abcdef", dtype=np.uint8)] = np.arange(10, 16)
_NIBBLES[np.frombuffer(b"ABCDEF", dtype=np.uint8)] = np.arange(10, 16)
_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
WIDEST = 2 * WORD
"""Most bytes that are read from each log at once."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Byte strings of several rows behind one another."""

    flat: Bytes
    """WIDEST more zeros stand at the end."""
    starts: Numbers
    lengths: Numbers
    right: Mask
    """Rows that were 0x and an even number of hexadecimal digits; the others are empty."""

    def take(self, rows: Numbers) -> "Packed":
        """The rows with these numbers; the bytes are shared."""
        return Packed(self.flat, self.starts[rows], self.lengths[rows], self.right[rows])

    def gather(self, at: Numbers, width: int) -> tuple[Bytes, Mask]:
        """`width` bytes, WIDEST at most, of each row from `at` on, and which rows have them; else zeros."""
        right = (at >= 0) & (at + width <= self.lengths)
        begin = np.where(right, self.starts + at, 0)
        found: Bytes = self.flat[begin[:, None] + np.arange(width)]
        found[~right] = 0
        return found, right

    def all(self, width: int) -> tuple[Bytes, Mask]:
        """Bytes of rows that have exactly so many, and which rows those are; else zeros."""
        right = self.right & (self.lengths == width)
        found = np.zeros((len(self.lengths), width), dtype=np.uint8)
        begin = self.starts[right]
        found[right] = self.flat[begin[:, None] + np.arange(width)]
        return found, right


def pack(texts: pa.Array) -> Packed:
    """Bytes of hexadecimal texts; a null is no text."""
    prefixed = pc.starts_with(texts, "0x")
    even = pc.equal(pc.bit_wise_and(pc.binary_length(texts), 1), 0)
    fits = pc.fill_null(pc.and_(prefixed, even), False)
    body = pc.if_else(fits, pc.utf8_slice_codeunits(texts, 2), "").cast(pa.large_string())
    offsets, flat = _parts(body)
    nibbles = _NIBBLES[flat]
    wrong = np.concatenate([[0], np.cumsum(nibbles == _INVALID, dtype=np.int64)])
    right = fits.to_numpy(zero_copy_only=False) & (wrong[offsets[1:]] == wrong[offsets[:-1]])
    pairs = nibbles.reshape(-1, 2)
    data = ((pairs[:, 0] << 4) | (pairs[:, 1] & 15)).astype(np.uint8)
    data = np.concatenate([data, np.zeros(WIDEST, dtype=np.uint8)])
    lengths = np.where(right, np.diff(offsets) // 2, 0)
    return Packed(data, offsets[:-1] // 2, lengths, right)


@dataclass(frozen=True, slots=True)
class LogValues:
    """Topics and data of logs that share a declaration."""

    topics: Bytes
    """Shape (n, topics, 32)."""
    data: Packed

    def __len__(self) -> int:
        return len(self.topics)

    def fixed(self, place: Place, reference: Reference) -> tuple[Bytes, Mask]:
        """Bytes of a value of one width, and which logs hold it: a word, or the bytes referred to."""
        start, stop = reference.start, reference.stop
        if not place.tail:
            word, right = self._word(place)
            return (word if start is None or stop is None else word[:, start:stop]), right
        at, length, right = self._tail(place)
        if start is None or stop is None:
            return self._padded(at, length, right)
        found, inside = self.data.gather(at + start, stop - start)
        return found, right & inside & (length >= stop)

    def whole(self, place: Place) -> tuple[list[bytes], Mask]:
        """Bytes of a value of any width in each log, and which logs hold it."""
        at, length, right = self._tail(place)
        begin = self.data.starts + at
        pairs = zip(begin.tolist(), np.where(right, length, 0).tolist(), strict=True)
        return [self.data.flat[first : first + size].tobytes() for first, size in pairs], right

    def _padded(self, at: Numbers, length: Numbers, right: Mask) -> tuple[Bytes, Mask]:
        """Bytes of 20 or 32 as a word with leading zeros, as an address stands in one."""
        short, has_short = self.data.gather(at, 20)
        word, has_word = self.data.gather(at, WORD)
        padded = np.concatenate([np.zeros((len(short), 12), dtype=np.uint8), short], axis=1)
        is_short = length == 20
        found = np.where(is_short[:, None], padded, word)
        return found, right & ((is_short & has_short) | ((length == WORD) & has_word))

    def _word(self, place: Place) -> tuple[Bytes, Mask]:
        if place.topic is not None:
            return self.topics[:, place.topic], np.ones(len(self), dtype=np.bool_)
        base, right = self._base(place)
        found, inside = self.data.gather(base + place.offset, WORD)
        return found, right & inside

    def _base(self, place: Place) -> tuple[Numbers, Mask]:
        """Where the tuple begins that the hops lead to."""
        base = np.zeros(len(self), dtype=np.int64)
        right = np.ones(len(self), dtype=np.bool_)
        for hop in place.hops:
            step, fits = self._offset(base + hop)
            base, right = base + step, right & fits
        return base, right

    def _tail(self, place: Place) -> tuple[Numbers, Numbers, Mask]:
        """Where a value's bytes begin in the data, how many they are, and which logs hold them all."""
        base, right = self._base(place)
        step, fits = self._offset(base + place.offset)
        length, stated = self._offset(base + step)
        at = base + step + WORD
        return at, length, right & fits & stated & (at + length <= self.data.lengths)

    def _offset(self, at: Numbers) -> tuple[Numbers, Mask]:
        """Word at a place as an offset or a length: no more than the data has bytes."""
        word, right = self.data.gather(at, WORD)
        number = np.ascontiguousarray(word[:, -8:]).view(">u8").astype(np.uint64)[:, 0]
        fits = right & (word[:, :-8] == 0).all(axis=1) & (number <= self.data.lengths.astype(np.uint64))
        return np.where(fits, number, 0).astype(np.int64), fits


def amounts_of(data: Bytes) -> tuple[pa.Array, Mask]:
    """Amounts of big-endian bytes, and which of them a ledger holds; null where not."""
    words = np.zeros((len(data), WORD), dtype=np.uint8)
    words[:, WORD - data.shape[1] :] = data
    limbs = np.ascontiguousarray(words).view(">u8").astype(np.uint64)[:, ::-1]
    high, low = divmod(MAX_AMOUNT, 2**64)
    small = (limbs[:, 1] < high) | ((limbs[:, 1] == high) & (limbs[:, 0] <= low))
    fits = small & (limbs[:, 2:] == 0).all(axis=1)
    body = np.ascontiguousarray(np.where(fits[:, None], limbs[:, :2], 0))
    column = pa.Array.from_buffers(AMOUNT, len(data), [None, pa.py_buffer(body)])
    return pc.if_else(pa.array(fits), column, pa.scalar(None, AMOUNT)), fits


def digits_of(data: Bytes) -> pa.Array:
    """Decimal digits of big-endian numbers."""
    amounts, fits = amounts_of(data)
    texts = amounts.cast(pa.string())
    if fits.all():
        return texts
    large = np.flatnonzero(~fits)
    numbers = [str(int.from_bytes(data[row].tobytes(), "big")) for row in large]
    spread = np.full(len(data), -1, dtype=np.int64)
    spread[large] = np.arange(len(large))
    return pc.coalesce(texts, pa.array(numbers, pa.string()).take(pa.array(spread, mask=spread < 0)))


def hex_of(data: Bytes) -> pa.Array:
    """Texts of 0x and lower-case digits."""
    count, width = data.shape
    marks = np.empty((count, 2 + 2 * width), dtype=np.uint8)
    marks[:, :2] = np.frombuffer(b"0x", dtype=np.uint8)
    marks[:, 2::2], marks[:, 3::2] = _DIGITS[data >> 4], _DIGITS[data & 15]
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(marks.shape[1])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(marks.tobytes())]
    return pa.Array.from_buffers(pa.string(), count, buffers)


def addresses_of(data: Bytes) -> pa.Array:
    """EVM addresses of 20 bytes or of words with 12 leading zeros; other words as they are, in hex."""
    if data.shape[1] != WORD:
        return hex_of(data)
    evm = (data[:, :12] == 0).all(axis=1)
    return pc.if_else(pa.array(evm), hex_of(data[:, 12:]), hex_of(data))


def _parts(texts: pa.Array) -> tuple[Numbers, Bytes]:
    """Offsets from 0 and bytes of a column of large strings without nulls."""
    _valid, offsets, data = texts.buffers()
    marks = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or data is None:
        return np.zeros(len(texts) + 1, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    flat = np.frombuffer(data, dtype=np.uint8)[marks[0] : marks[-1]]
    return marks - marks[0], flat
