"""Sealed tables as files: Arrow IPC in equal batches, the same bytes for the same rows; memory-mapped."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import LedgerError
from bongsu.model.text import _

BATCH_ROWS = 1 << 17
"""Rows of a batch in a table file."""


def write_table(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """Number of rows written; the cuts of the input do not show in the file."""
    count = 0
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for table in equal_cuts(tables, BATCH_ROWS):
            writer.write_table(canonical(table), max_chunksize=BATCH_ROWS)
            count += table.num_rows
    return count


def equal_cuts(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same rows in tables of `rows` rows but the last."""
    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count >= rows:
            joined = pa.concat_tables(held)
            yield joined.slice(0, rows)
            held, count = [joined.slice(rows)], count - rows
    if count:
        yield pa.concat_tables(held)


def canonical(table: pa.Table) -> pa.Table:
    """The table with one chunk a column and zeros in every byte that no value owns."""
    columns = [_canonical(column.combine_chunks()) for column in table.columns]
    return pa.table(columns, schema=table.schema)


def _canonical(column: pa.Array) -> pa.Array:
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    dtype = column.type
    if pa.types.is_boolean(dtype):
        return pa.Array.from_buffers(dtype, len(column), [None, _bits(column)])
    if not column.null_count or pa.types.is_string(dtype):
        return column
    filled = pc.fill_null(column, pa.scalar(0, pa.int64()).cast(dtype))
    return pa.Array.from_buffers(dtype, len(column), [_bits(column.is_valid()), _values(filled)])


def _bits(flags: pa.Array) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags.to_numpy(zero_copy_only=False), bitorder="little"))


def _values(column: pa.Array) -> pa.Buffer:
    width = column.type.bit_width // 8
    return column.buffers()[1].slice(column.offset * width, len(column) * width)


def map_table(path: Path) -> pa.Table:
    """The table in the file, mapped into memory, not read.

    Raises:
        LedgerError: When the file is missing or damaged.
    """
    try:
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowException) as error:
        raise damaged(path) from error


def damaged(path: Path) -> LedgerError:
    """Error that says that a file of the ledger is missing or damaged."""
    return LedgerError(
        _("Cannot open {path}: the file is missing or damaged.").format(path=path),
        hint=_("Check the ledger with: bongsu ledger verify {path}").format(path=path.parent.parent),
    )
