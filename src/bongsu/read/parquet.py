"""Rows of a Parquet file: exact, whatever the types that were chosen to store them.

Columns of integers stay integers (int64, decimal128 without a fraction), which spares the way
through text; all others become text.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.raw import empty_rows, fill_columns, reject_table, same_rejects, text_schema, with_locators

_EXACT = 2**53
"""The largest integer below which every integer is a floating number."""


def read_parquet(path: Path, picks: dict[str, str], batch_rows: int) -> Iterator[Batch]:
    """Batches of text and integer columns in file order; the locator is the 1-based row.

    Times become whole seconds since 1970, or ISO 8601 where they have fractions; decimals lose
    a fraction of zeros. From a damaged row on, row groups are read one by one: every row of one that
    cannot be read is a reject, the others are kept.
    """
    schema = text_schema(picks)
    done = 0
    try:
        with _opened(path) as file:
            for part in file.iter_batches(batch_rows, columns=_wanted(picks)):
                yield _batch(part, picks, done)
                done += part.num_rows
    except (pa.ArrowException, OSError) as error:
        try:
            with _opened(path) as file:
                yield from _group_by_group(file, picks, done)
        except (pa.ArrowException, OSError):
            message = _("The file is cut off or damaged after row {row}: {why}. Rows before it were kept.")
            fault = (done + 1, "truncated_file", message.format(row=done, why=_why(error)))
            yield Batch(rows=empty_rows(schema), rejects=reject_table([fault]))


def _opened(path: Path) -> pq.ParquetFile:
    return pq.ParquetFile(path, buffer_size=1024 * 1024, pre_buffer=False)


def _wanted(picks: dict[str, str]) -> list[str]:
    return [name for name in picks.values() if name]


def _batch(part: pa.RecordBatch | pa.Table, picks: dict[str, str], done: int) -> Batch:
    columns = {raw: _exact(_one(part.column(name))) for raw, name in picks.items() if name}
    rows = with_locators(fill_columns(columns, text_schema(picks), part.num_rows), done + 1)
    return Batch(rows=rows, rejects=reject_table([]))


def _one(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column


def _group_by_group(file: pq.ParquetFile, picks: dict[str, str], done: int) -> Iterator[Batch]:
    """Rows after the first `done`, a batch a row group; rejects for rows of groups that cannot be read."""
    first = 0
    for number in range(file.num_row_groups):
        count = file.metadata.row_group(number).num_rows
        skip, end = max(0, done - first), first + count
        try:
            if skip < count:
                part = file.read_row_group(number, columns=_wanted(picks)).slice(skip)
                yield _batch(part, picks, first + skip)
        except (pa.ArrowException, OSError) as error:
            message = _("the part of the file with rows {first} to {last} is damaged: {why}")
            said = message.format(first=first + skip + 1, last=end, why=_why(error))
            lost = same_rejects(range(first + skip + 1, end + 1), "damaged_rows", said)
            yield Batch(rows=empty_rows(text_schema(picks)), rejects=lost)
        first = end


def _why(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")


def _exact(values: pa.Array) -> pa.Array:
    kind = values.type
    if kind == pa.int64() or (pa.types.is_decimal128(kind) and kind.scale == 0):
        return values
    if pa.types.is_dictionary(kind):
        return _exact(values.dictionary_decode())
    for fits, convert in _CONVERSIONS:
        if fits(kind):
            return convert(values)
    return values.cast(pa.string())


def _moments(values: pa.Array) -> pa.Array:
    moments = values.cast(pa.timestamp("us"))
    try:
        return moments.cast(pa.timestamp("s")).cast(pa.int64())
    except pa.ArrowInvalid:
        return pc.strftime(moments, "%Y-%m-%dT%H:%M:%S")


def _lists(values: pa.Array) -> pa.Array:
    if pa.types.is_nested(values.type.value_type):
        return _documents(values)
    joined = pc.binary_join(values.cast(pa.list_(pa.string())), ",")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _documents(values: pa.Array) -> pa.Array:
    return pa.array(
        [None if v is None else json.dumps(v, default=str) for v in values.to_pylist()], pa.string()
    )


def _whole(values: pa.Array) -> pa.Array:
    """Text of integers; a fraction, or a floating number that may have lost digits, stays as it is."""
    floating = pa.types.is_floating(values.type)
    if not floating or pc.all(pc.less_equal(pc.abs(values), _EXACT), min_count=0).as_py():
        try:
            return values.cast(pa.int64() if floating else pa.decimal256(76, 0)).cast(pa.string())
        except pa.ArrowInvalid:
            pass
    return pa.array([_number_text(value) for value in values.to_pylist()], pa.string())


def _number_text(value: float | Decimal | None) -> str | None:
    if value is None or value != value:  # noqa: PLR0124 (NaN stands for null where pandas wrote the file)
        return None
    whole = value % 1 == 0 and (isinstance(value, Decimal) or abs(value) <= _EXACT)
    return str(int(value)) if whole else repr(value) if isinstance(value, float) else str(value)


def _hexadecimal(values: pa.Array) -> pa.Array:
    return pa.array([None if v is None else "0x" + v.hex() for v in values.to_pylist()], pa.string())


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_binary(kind: pa.DataType) -> bool:
    return "binary" in str(kind)


def _may_be_whole(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or (pa.types.is_decimal(kind) and kind.scale > 0))


_CONVERSIONS = (
    (pa.types.is_timestamp, _moments),
    (_is_list, _lists),
    (_may_be_whole, _whole),
    (_is_binary, _hexadecimal),
    (pa.types.is_nested, _documents),
)
