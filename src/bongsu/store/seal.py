"""Making the sealed form of a ledger: rows of all files, once each, in order, between numbered pools."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.tag import tags_of
from bongsu.model.transfer import KINDS
from bongsu.store.column_buffer import limbs_of, one_chunk, texts_of
from bongsu.store.column_file import Place
from bongsu.store.holder_write import write_holders
from bongsu.store.layout import Layout
from bongsu.store.layout_write import NOT_STATED, LayoutWriter, Rows
from bongsu.store.seal_amount import fill_amounts, resolve_amounts
from bongsu.store.seal_gap import open_gaps
from bongsu.store.seal_once import drop_unsplit_fees, keep_once
from bongsu.store.seal_order import ordered_batches
from bongsu.store.seal_place import fill_places
from bongsu.store.seal_pool import pool_batches, renumber_pools
from bongsu.store.seal_row import number_rows
from bongsu.store.seal_tie import add_ties

Array = npt.NDArray[Any]
Hashes = Callable[[Array], pa.Array]
"""Transaction hashes of rows of part files, by their numbers."""
_Told = tuple[int, int, str]
"""Chain, block, hash."""
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


def write_sealed(engine: duckdb.DuckDBPyConnection, place: Place, hashes: Hashes) -> Layout:
    """The layout; after `seal_rows`."""
    holders = write_holders(place, pool_batches(engine, FETCH_ROWS))
    listed = engine.sql("SELECT chain, chain_no FROM asset GROUP BY ALL ORDER BY chain_no").fetchall()
    before: _Told = (-1, -1, "")
    with LayoutWriter(place, [chain for chain, _number in listed]) as writer:
        for table in sealed_movements(engine):
            rows, before = _rows(table, before)
            writer.add(rows)
        return writer.close(holders, hashes=hashes)


def sealed_movements(engine: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    """Movements in order with their ties, some at a time; after `seal_rows`."""
    return add_ties(ordered_batches(engine, FETCH_ROWS))


def _rows(table: pa.Table, before: _Told) -> tuple[Rows, _Told]:
    """The movements as arrays, and what the last tells of its transaction; the one before is given.

    Neighbors are of one transaction if they are of one chain and block and state one hash.
    """
    table = table.combine_chunks()
    hashes = one_chunk(table["tx_hash"])
    tag, same = tags_of(texts_of(hashes))
    chain = table["chain_no"].to_numpy().astype(np.int64)
    block = _numbers(table["block"])
    same[1:] &= (chain[1:] == chain[:-1]) & (block[1:] == block[:-1])
    same[:1] = before[2] != "" and (chain[0], block[0], hashes[0].as_py()) == before
    kind = pc.index_in(one_chunk(table["kind"]), value_set=pa.array(KINDS))
    rows = Rows(
        source=table["source"].to_numpy(),
        target=table["target"].to_numpy(),
        amount=limbs_of(one_chunk(table["amount"])),
        kind=kind.to_numpy(),
        assumed=table["assumed"].to_numpy(),
        same=same,
        stated=pc.not_equal(hashes, "").to_numpy(zero_copy_only=False),
        tag=tag,
        cite=table["cite"].to_numpy(),
        chain=chain,
        block=block,
        time=_numbers(table["time"]),
        tie=table["tie"].to_numpy(),
        tx_index=_learned(table),
    )
    return rows, (int(chain[-1]), int(block[-1]), hashes[-1].as_py())


def _learned(table: pa.Table) -> Array:
    """Place of the transaction in its block where the row that is cited does not state it, else -1."""
    index = pc.fill_null(table["tx_index"], -1).to_numpy()
    return np.where(table["bare"].to_numpy(), index, -1)


def _numbers(column: pa.ChunkedArray) -> Array:
    filled = pc.fill_null(column.cast(pa.int64()), NOT_STATED)
    return np.asarray(filled.to_numpy())


def _count(engine: duckdb.DuckDBPyConnection, table: str) -> int:
    found = engine.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(found[0]) if found else 0
