"""Arrow arrays over numpy's memory.

`pyarrow.array` asks pandas about what it is given and so loads it, in a sixth of a second: too long for a
command that only looks something up.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[Any]


def wrapped(values: Array, *, valid: Array | None = None) -> pa.Array:
    """The numbers or truth values, without copying the numbers; null where `valid` is false."""
    bits = None if valid is None else _bits(valid)
    if values.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(values), [bits, _bits(values)])
    flat = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(flat.dtype), len(flat), [bits, pa.py_buffer(flat)])


def wrapped_texts(texts: Sequence[str]) -> pa.Array:
    """The texts."""
    encoded = [text.encode() for text in texts]
    first = np.zeros(len(texts) + 1, dtype=np.int32)
    np.cumsum([len(text) for text in encoded], out=first[1:])
    buffers = [None, pa.py_buffer(first), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers)


def unwrapped(column: pa.Array | pa.ChunkedArray) -> Array:
    """The numbers or truth values of a column; what stands for a null is not defined."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    kind = np.dtype(np.bool_) if pa.types.is_boolean(column.type) else np.dtype(column.type.to_pandas_dtype())
    return np.concatenate([np.empty(0, dtype=kind), *(_chunk(chunk, kind) for chunk in chunks)])


def _chunk(chunk: pa.Array, kind: np.dtype[Any]) -> Array:
    data, first, last = chunk.buffers()[1], chunk.offset, chunk.offset + len(chunk)
    if not len(chunk):
        return np.empty(0, dtype=kind)
    if kind == np.bool_:
        return np.unpackbits(np.frombuffer(data, np.uint8), count=last, bitorder="little")[first:].astype(
            bool
        )
    return np.frombuffer(data, dtype=kind, count=last)[first:]


def _bits(flags: Array) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
