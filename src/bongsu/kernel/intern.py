"""Numbers for texts: each (owner, text) gets the next number when it is first seen.

Texts are holders, owners are assets. An EVM address (`0x` and 40 lower-case hex digits) is kept as 20
bytes in its record, so that a look-up costs one miss in the slots and one in the records, both asked for
ahead; any other text stands apart and is known by its length, its hash and then by every byte.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.claim import integer
from bongsu.kernel.jit import compiled
from bongsu.kernel.prefetch import prefetch
from bongsu.kernel.word import load_word, multiply64

BLOCK = 32
"""Texts that are looked up together: their slots are asked for before the first is needed."""
ACCOUNT_LENGTH = 42
_WORD = 8
_LOW, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03), np.uint64(0xA0761D6478BD642F)
_HALF = np.uint64(32)
_APART = np.uint64(1)
_PREFIX = np.uint64(0x3078)


class Texts(NamedTuple):
    """Texts as Arrow keeps them: text i is data[first[i]:first[i + 1]]."""

    first: Array
    """int32, shape (n + 1,)."""
    data: Array
    """uint8."""


class Table(NamedTuple):
    """Numbers that are given so far."""

    slot: Array
    """Hash's upper half, and the number + 1 below; 0: free. uint64, a power of two."""
    record: Array
    """By number, uint64, shape (room, 4). Account: owner and first 4 bytes, 8 bytes, 8 bytes, 0.
    Other text: owner and length, hash, where it stands in `apart`, 1."""
    apart: Array
    """Texts that are not accounts, one after the other: uint8."""
    used: Array
    """Numbers given, bytes of `apart` in use: int64, shape (2,)."""


class Asked(NamedTuple):
    """Texts to look up, and room for what is known of a block of them."""

    texts: Texts
    pick: Array
    """Which texts, in the order in which new ones get numbers: int32, shape (n,)."""
    owner: Array
    """Owner of each pick: uint32, shape (n,)."""
    word: Array
    """What the record of each text of the block would be: uint64, shape (BLOCK, 4)."""
    hash: Array
    """uint64, shape (BLOCK,)."""


class Keyed(NamedTuple):
    """Accounts to look up by their bytes, and room for what is known of a block of them."""

    key: Array
    """20 bytes each, one after the other: uint8."""
    pick: Array
    owner: Array
    word: Array
    hash: Array


@compiled
def _fold(a: np.uint64, b: np.uint64) -> np.uint64:
    low, high = multiply64(a, b)
    return low ^ high  # type: ignore[no-any-return]


@compiled
def is_hex(x: np.uint64) -> bool:
    """Whether eight characters are all 0-9 or a-f. Sums of bytes below 128 never carry."""
    if x & _HIGH:
        return False
    digit = (x + np.uint64(0x50) * _LOW) & ~(x + np.uint64(0x46) * _LOW)
    letter = (x + np.uint64(0x1F) * _LOW) & ~(x + np.uint64(0x19) * _LOW)
    return bool((digit | letter) & _HIGH == _HIGH)


@compiled
def digits_word(x: np.uint64) -> np.uint64:
    """The four bytes that eight hex digits say."""
    y = (x & np.uint64(0x0F) * _LOW) + np.uint64(9) * ((x >> np.uint64(6)) & _LOW)
    y = (y | y >> np.uint64(4)) & np.uint64(0x00FF00FF00FF00FF)
    y = (y | y >> np.uint64(8)) & np.uint64(0x0000FFFF0000FFFF)
    return (y | y >> np.uint64(16)) & np.uint64(0xFFFFFFFF)


@compiled
def read_account(texts: Texts, at: int, word: Array) -> bool:
    """Whether an account stands there; its 20 bytes are in the words then, the owner not yet."""
    if load_word(texts.data, at) >> np.uint64(48) != _PREFIX:
        return False
    word[3] = 0
    for part in range(5):
        digits = load_word(texts.data, at + 2 + _WORD * part)
        if not is_hex(digits):
            return False
        packed = digits_word(digits)
        if part == 0:
            word[0] = packed
        elif part % 2:
            word[(part + 1) // 2] = packed << _HALF
        else:
            word[part // 2] |= packed
    return True


@compiled
def _account_hash(word: Array) -> np.uint64:
    return _fold(_fold(word[0] ^ _ODD[0], word[1] ^ _ODD[1]) ^ word[2], _ODD[2])


@compiled
def _text_hash(texts: Texts, at: int, size: int) -> np.uint64:
    found = _fold(np.uint64(size) ^ _ODD[0], _ODD[1])
    whole = size - size % _WORD
    for place in range(at, at + whole, _WORD):
        found = _fold(found ^ load_word(texts.data, place), _ODD[2])
    rest = np.uint64(0)
    for place in range(at + whole, at + size):
        rest = rest << np.uint64(8) | np.uint64(texts.data[place])
    return _fold(found ^ rest, _ODD[0])


@compiled
def _look(asked: Asked, i: int) -> None:
    """Nothing; fills the block's place of pick i."""
    texts, text, owner = asked.texts, asked.pick[i], np.uint64(asked.owner[i])
    at, word = texts.first[text], asked.word[i % BLOCK]
    size = texts.first[text + 1] - at
    if size == ACCOUNT_LENGTH and read_account(texts, at, word):
        word[0] |= owner << _HALF
        asked.hash[i % BLOCK] = _account_hash(word)
        return
    word[0] = owner << _HALF | np.uint64(size)
    word[1] = asked.hash[i % BLOCK] = _fold(_text_hash(texts, at, size) ^ owner, _ODD[1])
    word[3] = _APART


@compiled
def _read_key(asked: Keyed, i: int) -> None:
    """Nothing; fills the block's place of pick i."""
    at, word = np.int64(20) * asked.pick[i], asked.word[i % BLOCK]
    word[0] = np.uint64(asked.owner[i]) << _HALF | load_word(asked.key, at) >> _HALF
    word[1], word[2], word[3] = load_word(asked.key, at + 4), load_word(asked.key, at + 12), np.uint64(0)
    asked.hash[i % BLOCK] = _account_hash(word)


@compiled
def _same_text(table: Table, number: int, asked: Asked, i: int) -> bool:
    record, word = table.record[number], asked.word[i % BLOCK]
    if record[0] != word[0] or record[1] != word[1] or record[3] != word[3]:
        return False
    at, stands = asked.texts.first[asked.pick[i]], np.int64(record[2])
    for byte in range(asked.texts.first[asked.pick[i] + 1] - at):
        if table.apart[stands + byte] != asked.texts.data[at + byte]:
            return False
    return True


@compiled
def _keep_text(table: Table, asked: Asked, i: int) -> None:
    """Nothing; the text stands apart and the word says where."""
    at = asked.texts.first[asked.pick[i]]
    size = asked.texts.first[asked.pick[i] + 1] - at
    asked.word[i % BLOCK, 2] = table.used[1]
    for byte in range(size):
        table.apart[table.used[1] + byte] = asked.texts.data[at + byte]
    table.used[1] += size


@compiled
def _add(table: Table, word: Array) -> int:
    """The next number; its record is written."""
    number = table.used[0]
    table.used[0] += 1
    for part in range(4):
        table.record[number, part] = word[part]
    return number  # type: ignore[no-any-return]


@compiled
def _account_number(table: Table, word: Array, found: np.uint64) -> int:
    mask, tag = len(table.slot) - 1, found >> _HALF << _HALF
    place = np.int64(found & np.uint64(mask))
    while True:
        slot = table.slot[place]
        if slot == 0:
            added = _add(table, word)
            table.slot[place] = tag | np.uint64(added + 1)
            return added
        if slot ^ tag < np.uint64(1) << _HALF:
            number = integer(slot & np.uint64(0xFFFFFFFF)) - 1
            record = table.record[number]
            if record[0] == word[0] and record[1] == word[1] and record[2] == word[2] and not record[3]:
                return number  # type: ignore[no-any-return]
        place = (place + 1) & mask


@compiled
def _text_number(table: Table, asked: Asked, i: int) -> int:
    mask, tag = len(table.slot) - 1, asked.hash[i % BLOCK] >> _HALF << _HALF
    place = np.int64(asked.hash[i % BLOCK] & np.uint64(mask))
    while True:
        slot = table.slot[place]
        if slot == 0:
            _keep_text(table, asked, i)
            added = _add(table, asked.word[i % BLOCK])
            table.slot[place] = tag | np.uint64(added + 1)
            return added
        number = integer(slot & np.uint64(0xFFFFFFFF)) - 1
        if slot ^ tag < np.uint64(1) << _HALF and _same_text(table, number, asked, i):
            return number  # type: ignore[no-any-return]
        place = (place + 1) & mask


@compiled
def _number(table: Table, asked: Asked, i: int) -> int:
    if asked.word[i % BLOCK, 3] == _APART:
        return _text_number(table, asked, i)
    return _account_number(table, asked.word[i % BLOCK], asked.hash[i % BLOCK])


@compiled
def _free(table: Table) -> bool:
    """Whether all of a block could be new."""
    return bool(2 * (table.used[0] + BLOCK) < len(table.slot) and table.used[0] + BLOCK < len(table.record))


@compiled
def _room(table: Table, asked: Asked, first: int, last: int) -> bool:
    """Whether all of a block could be new."""
    size = 0
    for i in range(first, last):
        size += asked.texts.first[asked.pick[i] + 1] - asked.texts.first[asked.pick[i]]
    return _free(table) and bool(table.used[1] + size <= len(table.apart))


@compiled
def _ask_ahead(table: Table, hashes: Array, count: int) -> None:
    """Nothing; the slots of a block are asked for, then the records that they name."""
    mask = np.uint64(len(table.slot) - 1)
    for place in range(count):
        prefetch(table.slot, np.int64(hashes[place] & mask))
    for place in range(count):
        slot = table.slot[np.int64(hashes[place] & mask)]
        if slot:
            prefetch(table.record, np.int64(slot & np.uint64(0xFFFFFFFF)) - 1)


@compiled
def intern(table: Table, asked: Asked, out: Array, done: int) -> int:
    """How many of the picked texts have their number in `out`; fewer than all where the table lacks room.

    Args:
        table: Numbers given so far; changed.
        asked: Texts.
        out: Number of each pick: uint32, shape (n,).
        done: How many have theirs already: a multiple of BLOCK.

    Cost: about 60 ns a text where the table is far larger than the caches.
    """
    while done < len(asked.pick):
        last = min(done + BLOCK, len(asked.pick))
        if not _room(table, asked, done, last):
            return done
        for i in range(done, last):
            _look(asked, i)
        _ask_ahead(table, asked.hash, last - done)
        for i in range(done, last):
            out[i] = _number(table, asked, i)
        done = last
    return done


@compiled
def intern_accounts(table: Table, asked: Keyed, out: Array, done: int) -> int:
    """As `intern`, for accounts by their bytes. Cost: about half of it."""
    while done < len(asked.pick):
        last = min(done + BLOCK, len(asked.pick))
        if not _free(table):
            return done
        for i in range(done, last):
            _read_key(asked, i)
        _ask_ahead(table, asked.hash, last - done)
        for i in range(done, last):
            out[i] = _account_number(table, asked.word[i % BLOCK], asked.hash[i % BLOCK])
        done = last
    return done


@compiled
def _rehash(record: Array, used: int, slot: Array) -> None:
    mask = len(slot) - 1
    for number in range(used):
        word = record[number]
        found = word[1] if word[3] == _APART else _account_hash(word)
        place = np.int64(found & np.uint64(mask))
        while slot[place]:
            place = (place + 1) & mask
        slot[place] = found >> _HALF << _HALF | np.uint64(number + 1)


class Interner:
    """A table that grows; 32 bytes a number for its record, 16 to 32 for its slots."""

    def __init__(self, room: int = 1 << 12) -> None:
        self.table = Table(
            np.zeros(2 * room, dtype=np.uint64),
            np.empty((room, 4), dtype=np.uint64),
            np.empty(room * _WORD, dtype=np.uint8),
            np.zeros(2, dtype=np.int64),
        )
        self._scratch = np.empty((BLOCK, 4), dtype=np.uint64), np.empty(BLOCK, dtype=np.uint64)

    def __len__(self) -> int:
        return int(self.table.used[0])

    def numbers(self, texts: Texts, pick: Array, owner: Array) -> Array:
        """Number of each pick: uint32; see `intern`."""
        out, asked = np.empty(len(pick), dtype=np.uint32), Asked(texts, pick, owner, *self._scratch)
        done = intern(self.table, asked, out, 0)
        while done < len(pick):
            self._grow(int(np.diff(texts.first).max(initial=0)) * BLOCK)
            done = intern(self.table, asked, out, done)
        return out

    def accounts(self, keys: Array, pick: Array, owner: Array) -> Array:
        """Number of each pick: uint32.

        Args:
            keys: 20 bytes an account: uint8, shape (n, 20), one after the other.
            pick: Which of them, in the order in which new ones get numbers: int32.
            owner: Owner of each pick: uint32.
        """
        out, asked = (
            np.empty(len(pick), dtype=np.uint32),
            Keyed(keys.reshape(-1), pick, owner, *self._scratch),
        )
        done = intern_accounts(self.table, asked, out, 0)
        while done < len(pick):
            self._grow(0)
            done = intern_accounts(self.table, asked, out, done)
        return out

    def apart(self, numbers: Array) -> tuple[Array, Array]:
        """Texts of numbers that are no accounts: first byte of each, the one after the last, and all bytes.

        The texts stand one after the other: int32, shape (n + 1,), and uint8.
        """
        record = self.table.record[numbers]
        size, begin = (record[:, 0] & np.uint64(0xFFFFFFFF)).astype(np.int64), record[:, 2].astype(np.int64)
        first = np.zeros(len(numbers) + 1, dtype=np.int32)
        np.cumsum(size, out=first[1:])
        return first, self.table.apart[np.arange(first[-1]) + np.repeat(begin - first[:-1], size)]

    def _grow(self, size: int) -> None:
        """Nothing; whatever is short has twice the room, and a block of texts of this size fits."""
        slot, record, apart, used = self.table
        if used[0] + BLOCK >= len(record):
            larger = np.empty((2 * len(record), 4), dtype=np.uint64)
            larger[: used[0]] = record[: used[0]]
            record = larger
        if used[1] + size > len(apart):
            bytes_ = np.empty(2 * len(apart) + size, dtype=np.uint8)
            bytes_[: used[1]] = apart[: used[1]]
            apart = bytes_
        if 2 * (used[0] + BLOCK) >= len(slot):
            slot = np.zeros(2 * len(slot), dtype=np.uint64)
            _rehash(record, int(used[0]), slot)
        self.table = Table(slot, record, apart, used)
