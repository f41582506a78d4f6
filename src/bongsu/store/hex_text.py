"""Bytes as texts: `0x` and two hexadecimal digits a byte."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[Any]
ACCOUNT_BYTES = 20
_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


def hex_texts(rows: Array) -> pa.Array:
    """The text of each row of bytes: uint8, shape (n, width). Not compiled: look-ups load nothing that is."""
    text = np.empty((len(rows), 2 + 2 * rows.shape[1]), dtype=np.uint8)
    text[:, 0], text[:, 1] = b"0x"
    text[:, 2::2], text[:, 3::2] = _DIGITS[rows >> 4], _DIGITS[rows & 15]
    first = np.arange(len(rows) + 1, dtype=np.int32) * text.shape[1]
    return pa.Array.from_buffers(pa.string(), len(rows), [None, pa.py_buffer(first), pa.py_buffer(text)])


def bytes_of(column: pa.Array) -> Array:
    """Rows of a column of bytes of one width: uint8, shape (n, width); those of a null mean nothing."""
    data = np.frombuffer(column.buffers()[1], dtype=np.uint8).reshape(-1, column.type.byte_width)
    return data[column.offset : column.offset + len(column)]


def bytes_column(rows: Array, valid: Array | None = None) -> pa.Array:
    """Column of bytes of one width, from uint8, shape (n, width); null where it is not valid."""
    kind = pa.binary(rows.shape[1])
    mask = None if valid is None or valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(kind, len(rows), [mask, pa.py_buffer(np.ascontiguousarray(rows))])


def hash_texts(column: pa.Array) -> pa.Array:
    """Transaction hashes of a part file as texts, whether it keeps texts or bytes."""
    return hex_texts(bytes_of(column)) if pa.types.is_fixed_size_binary(column.type) else column
