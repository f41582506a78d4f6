"""Rows with many things in one cell to a row for each thing."""

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa

OWNER = "of"
"""Column of the rows that are added: who the thing is of."""
Made = Mapping[str, Callable[[dict[str, Any]], list[str]]]


def spread(rows: pa.Table, made: Made, *, owner: str, keep: tuple[str, ...] = ()) -> pa.Table:
    """The rows, and behind them one for each thing that is made of a row; all other cells of it are null.

    Args:
        rows: Raw rows with the column `locator`.
        made: Column that is added to what it holds, by the row as a dictionary.
        owner: Column of who the row is about; it stands in the column OWNER of the added rows.
        keep: Columns that the added rows have too.
    """
    none = pa.nulls(rows.num_rows, pa.string())
    whole = rows
    for name in (OWNER, *made):
        whole = whole.append_column(name, none)
    added: list[tuple[int, str, str]] = [
        (place, name, text)
        for place, row in enumerate(rows.to_pylist())
        for name, make in made.items()
        for text in make(row)
    ]
    return pa.concat_tables([whole, _added(whole, added, {owner: OWNER, **{name: name for name in keep}})])


def _added(whole: pa.Table, added: list[tuple[int, str, str]], kept: dict[str, str]) -> pa.Table:
    places = pa.array([place for place, _name, _text in added], pa.int64())
    named = {to: whole[name].take(places).cast(pa.string()) for name, to in kept.items()}
    named["locator"] = whole["locator"].take(places)
    columns = []
    for field in whole.schema:
        if field.name in named:
            columns.append(named[field.name].cast(field.type))
        else:
            texts = [text if name == field.name else None for _place, name, text in added]
            columns.append(pa.array(texts, pa.string()).cast(field.type))
    return pa.table(columns, whole.schema)
