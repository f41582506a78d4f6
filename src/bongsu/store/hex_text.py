"""Bytes as texts: `0x` and two hexadecimal digits a byte."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[Any]
HASH_BYTES = 32
_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


def hex_texts(rows: Array) -> pa.Array:
    """The text of each row of bytes: uint8, shape (n, width)."""
    text = np.empty((len(rows), 2 + 2 * rows.shape[1]), dtype=np.uint8)
    text[:, 0], text[:, 1] = b"0x"
    text[:, 2::2], text[:, 3::2] = _DIGITS[rows >> 4], _DIGITS[rows & 15]
    first = np.arange(len(rows) + 1, dtype=np.int32) * text.shape[1]
    return pa.Array.from_buffers(pa.string(), len(rows), [None, pa.py_buffer(first), pa.py_buffer(text)])


def hash_texts(column: pa.Array) -> pa.Array:
    """Transaction hashes of a part file as texts, whether it keeps texts or bytes."""
    if not pa.types.is_fixed_size_binary(column.type):
        return column
    data = np.frombuffer(column.buffers()[1], dtype=np.uint8).reshape(-1, HASH_BYTES)
    return hex_texts(data[column.offset : column.offset + len(column)])
