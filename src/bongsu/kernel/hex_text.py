"""Hexadecimal text of bytes and bytes of text, at memory speed."""

from typing import Any

import numpy as np

from bongsu.kernel.intern import ACCOUNT_LENGTH, Texts, read_account
from bongsu.kernel.jit import compiled

Array = np.ndarray[Any, Any]
_KEY_BYTES = 20


@compiled
def _write_hex(raw: Array, text: Array) -> None:
    """Nothing; text has the digits of raw. No branches and no table, so that it becomes vector code."""
    for row in range(raw.shape[0]):
        text[row, 0], text[row, 1] = 48, 120
        for place in range(raw.shape[1]):
            byte = raw[row, place]
            high, low = byte >> np.uint8(4), byte & np.uint8(15)
            text[row, 2 + 2 * place] = high + np.uint8(48) + np.uint8(39) * np.uint8(high > 9)
            text[row, 3 + 2 * place] = low + np.uint8(48) + np.uint8(39) * np.uint8(low > 9)


def hex_text(raw: Array) -> Array:
    """ASCII of `0x` and lower-case digits, one line for each: uint8, shape (n, 2 + 2 * width).

    Args:
        raw: Bytes, uint8, shape (n, width).

    Cost: about 0.05 ns a digit.
    """
    text = np.empty((raw.shape[0], 2 + 2 * raw.shape[1]), dtype=np.uint8)
    _write_hex(np.ascontiguousarray(raw), text)
    return text


@compiled
def _read_accounts(texts: Texts, key: Array, read: Array, word: Array) -> None:
    for text in range(len(read)):
        at = texts.first[text]
        if texts.first[text + 1] - at != ACCOUNT_LENGTH or not read_account(texts, at, word):
            continue
        read[text] = True
        for byte in range(_KEY_BYTES):  # the first word holds four bytes, the others eight
            place = byte + 4
            shift = np.uint64(56 - 8 * (place % 8))
            key[text, byte] = word[place // 8] >> shift & np.uint64(255)


def read_accounts(texts: Texts) -> tuple[Array, Array]:
    """The 20 bytes of each EVM account, uint8, shape (n, 20), and whether each text is one: bool.

    One is `0x` and 40 hexadecimal digits in lower case; bytes of what is none mean nothing.
    """
    count = len(texts.first) - 1
    key, read = np.empty((count, _KEY_BYTES), dtype=np.uint8), np.zeros(count, dtype=np.bool_)
    _read_accounts(texts, key, read, np.zeros(4, dtype=np.uint64))
    return key, read
