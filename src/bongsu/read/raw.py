"""Raw batches: columns of text, the row numbers they came from, and rows that could not be read."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT

NULLS = ("", "\\N", "NULL", "null", "None", "NaN", "nan")
"""Texts that mean that a value is absent, in delimited files."""

Fault = tuple[int, str, str]
"""Locator, rule and message of a row that could not be read."""


def text_schema(names: Iterable[str]) -> pa.Schema:
    """Raw schema of text columns."""
    return pa.schema([pa.field(name, pa.string()) for name in names])


def reject_table(faults: Sequence[Fault]) -> pa.Table:
    """Rejects of the faults, with an empty source."""
    rows = [
        {"source": "", "locator": locator, "rule": rule, "message": message}
        for locator, rule, message in faults
    ]
    return pa.Table.from_pylist(rows, schema=REJECT)


def same_rejects(locators: range, rule: str, message: str) -> pa.Table:
    """Rejects of rows in a row that one fault took, with an empty source."""
    count = len(locators)
    numbers = pa.array(np.arange(locators.start, locators.stop, dtype=np.int64))
    texts = {"source": "", "rule": rule, "message": message}
    columns = {name: pa.repeat(text, count) for name, text in texts.items()} | {"locator": numbers}
    return pa.table([columns[name] for name in REJECT.names], schema=REJECT)


def empty_rows(schema: pa.Schema) -> pa.Table:
    """Table of no rows with the raw schema and the locator."""
    return schema.append(pa.field("locator", pa.int64())).empty_table()


def with_locators(rows: pa.Table, first: int) -> pa.Table:
    """The rows with a column `locator` that counts up from `first`."""
    locators = pa.array(np.arange(first, first + rows.num_rows, dtype=np.int64))
    return rows.append_column(pa.field("locator", pa.int64()), locators)


def fill_columns(columns: dict[str, pa.Array], schema: pa.Schema, rows: int) -> pa.Table:
    """Table of the raw schema; a column that the source lacks is null, one of integers keeps its type."""
    filled = [columns.get(name, pa.nulls(rows, pa.string())) for name in schema.names]
    fields = [field.with_type(column.type) for field, column in zip(schema, filled, strict=True)]
    return pa.table(filled, schema=pa.schema(fields))


def cut_batches(parts: Iterable[Batch], batch_rows: int) -> Iterator[Batch]:
    """The same rows and rejects in the same order, in batches of `batch_rows` rows but the last."""
    rows: list[pa.Table] = []
    rejects: list[pa.Table] = []
    held = 0
    for part in parts:
        rows.append(part.rows)
        rejects.append(part.rejects)
        held += part.rows.num_rows
        while held >= batch_rows:
            joined = pa.concat_tables(rows)
            yield Batch(rows=joined.slice(0, batch_rows), rejects=pa.concat_tables(rejects))
            rows, rejects = [joined.slice(batch_rows)], [REJECT.empty_table()]
            held -= batch_rows
    if held or any(table.num_rows for table in rejects):
        yield Batch(rows=pa.concat_tables(rows), rejects=pa.concat_tables(rejects))
