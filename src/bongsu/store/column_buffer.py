"""Arrow columns as numpy sees them, without copying."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.kernel.intern import Texts

Array = npt.NDArray[Any]


def one_chunk(column: pa.Array | pa.ChunkedArray) -> Any:  # noqa: ANN401
    """The column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def texts_of(column: pa.Array) -> Texts:
    """Buffers of a column of texts without nulls."""
    bounds = slice(column.offset, column.offset + len(column) + 1)
    data = column.buffers()[2]
    first = np.frombuffer(column.buffers()[1], dtype=np.int32)[bounds]
    return Texts(first, np.frombuffer(data, dtype=np.uint8) if data else np.empty(0, dtype=np.uint8))


def limbs_of(column: pa.Array) -> Array:
    """Amounts of a decimal128 column: uint64, shape (n, 2)."""
    limbs = np.frombuffer(column.buffers()[1], dtype="<u8").reshape(-1, 2)
    return limbs[column.offset : column.offset + len(column)]
