"""Arrow field builders that keep a column's unit, range and source beside its type."""

import dataclasses
from typing import Any

import pyarrow as pa

AMOUNT = pa.decimal128(38, 0)
"""Amounts at rest: unsigned integer base units, 0 to 10**38 - 1."""
TIME = pa.timestamp("us", tz="UTC")
"""Times at rest: microseconds since 1970-01-01 UTC."""
MAX_AMOUNT = 10**38 - 1
"""The largest amount that a ledger holds; more is a reject, never a wrap."""


def column(doc: str, **more: str) -> Any:  # noqa: ANN401
    """Dataclass field without default whose metadata says what the column means."""
    return dataclasses.field(metadata={"doc": doc, **more})


def arrow_field(row: type, name: str, dtype: pa.DataType, *, nullable: bool = False) -> pa.Field:
    """Arrow field that carries the metadata of the dataclass field with the same name."""
    (found,) = [f for f in dataclasses.fields(row) if f.name == name]
    return pa.field(name, dtype, nullable=nullable, metadata=dict(found.metadata))
