"""Making the sealed tables of a ledger: rows of all files, once each, in order, between numbered pools."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from bongsu.store.seal_amount import fill_amounts, resolve_amounts
from bongsu.store.seal_gap import open_gaps
from bongsu.store.seal_once import drop_unsplit_fees, keep_once
from bongsu.store.seal_order import ordered_batches
from bongsu.store.seal_place import fill_places
from bongsu.store.seal_pool import pool_batches, renumber_pools
from bongsu.store.seal_row import number_rows
from bongsu.store.seal_tie import add_ties

FETCH_ROWS = 1 << 17
"""Rows that leave the engine at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCounts:
    """How many rows came in and what became of them."""

    rows: int
    """Transfers of all files."""
    repeated: int
    """Stated more than once, so counted once; or a fee in one sum whose parts another file states."""
    dropped: int
    """Without an amount that could be told; a gap stands for them."""
    assumed: int
    """Movements whose amount is what their transaction lacks."""
    movements: int
    """rows - repeated - dropped."""


def seal_rows(engine: duckdb.DuckDBPyConnection) -> tuple[SealCounts, pa.Table]:
    """Counts and gaps; makes the engine's tables `pool`, `kept` and `clock` of views `raw` and `raw_gap`."""
    number_rows(engine)
    rows = _count(engine, "rows")
    fill_places(engine)
    fill_amounts(engine)
    drop_unsplit_fees(engine)
    keep_once(engine)
    distinct = _count(engine, "kept")
    engine.execute("DROP TABLE rows")
    resolve_amounts(engine)
    gaps = open_gaps(engine)
    movements = _count(engine, "kept")
    counts = SealCounts(
        rows=rows,
        repeated=rows - distinct,
        dropped=distinct - movements,
        assumed=_count(engine, "(FROM kept WHERE assumed)"),
        movements=movements,
    )
    renumber_pools(engine)
    return counts, gaps


def sealed_pools(engine: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    """Pools by their numbers, some at a time; after `seal_rows`."""
    return pool_batches(engine, FETCH_ROWS)


def sealed_movements(engine: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    """Movements in order, some at a time; after `seal_rows`."""
    return add_ties(ordered_batches(engine, FETCH_ROWS))


def _count(engine: duckdb.DuckDBPyConnection, table: str) -> int:
    found = engine.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(found[0]) if found else 0
