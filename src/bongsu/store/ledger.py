"""Ledgers as the analysis sees them: sealed tables, in a folder and memory-mapped, or in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.model.movement import MOVEMENT
from bongsu.model.pool import POOL
from bongsu.model.ports import SourceFile
from bongsu.store.block_fact import load_traced
from bongsu.store.engine import open_engine
from bongsu.store.manifest import fingerprint_of, load_manifest
from bongsu.store.seal import seal_rows, sealed_movements, sealed_pools
from bongsu.store.seal_folder import GAPS, MOVEMENTS, POOLS, SOURCE_ENDS, TARGET_ENDS, seal_ledger
from bongsu.store.seal_gap import load_gaps
from bongsu.store.seal_row import load_table
from bongsu.store.table_file import damaged, map_numbers, map_table, take_rows

Ends = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLedger:
    """A sealed ledger; implements `bongsu.model.ports.Ledger`."""

    sources: list[SourceFile]
    fingerprint: str
    pool_table: pa.Table
    movement_table: pa.Table
    gap_table: pa.Table
    source_ends: Ends
    target_ends: Ends

    def pools(self) -> pa.Table:
        """All pools: schema `bongsu.model.pool.POOL`."""
        return self.pool_table

    def ends(self) -> tuple[Ends, Ends]:
        """Source and target pool of every movement in order: two uint32 arrays, read-only."""
        return self.source_ends, self.target_ends

    def movements(self, rows: npt.NDArray[Any] | None = None) -> pa.Table:
        """Movements with the row numbers given, in that order, or all of them, mapped and not copied."""
        return self.movement_table if rows is None else take_rows(self.movement_table, rows)

    def gaps(self) -> pa.Table:
        """What is known to be missing: schema `bongsu.model.gap.GAP`."""
        return self.gap_table


def open_ledger(path: Path) -> SealedLedger:
    """The ledger in the folder; sealed first if files were imported since.

    Raises:
        LedgerError: When the folder holds no ledger or a damaged one.
    """
    manifest = load_manifest(path)
    if manifest.sealed.get("fingerprint") != manifest.fingerprint():
        manifest = seal_ledger(path)
    folder = path / manifest.sealed["folder"]
    movements = map_table(folder / MOVEMENTS)
    return SealedLedger(
        sources=[one.source_file() for one in manifest.sources],
        fingerprint=manifest.sealed["fingerprint"],
        pool_table=map_table(folder / POOLS),
        movement_table=movements,
        gap_table=map_table(folder / GAPS),
        source_ends=_ends(folder / SOURCE_ENDS, movements.num_rows),
        target_ends=_ends(folder / TARGET_ENDS, movements.num_rows),
    )


def _ends(path: Path, count: int) -> Ends:
    """One number a movement.

    Raises:
        LedgerError: When the file is missing, damaged or cut off.
    """
    ends = map_numbers(path)
    if len(ends) != count:
        raise damaged(path)
    return ends


def memory_ledger(
    transfers: pa.Table, sources: Sequence[SourceFile], *, gaps: pa.Table | None = None
) -> SealedLedger:
    """A ledger without a folder: the same seal, in memory.

    Args:
        transfers: Schema TRANSFER; an int32 column `file` may say which of the sources a row is from,
            else all are of the first.
        sources: The files that the rows come from.
        gaps: Schema GAP.
    """
    ranked = sorted(range(len(sources)), key=lambda at: sources[at].sha256)
    with open_engine() as engine:
        load_table(engine, _renumbered(transfers, ranked))
        load_gaps(engine, [], gaps)
        load_traced(engine, [])
        _counts, found_gaps = seal_rows(engine)
        pools = pa.concat_tables([POOL.empty_table(), *sealed_pools(engine)])
        movements = pa.concat_tables([MOVEMENT.empty_table(), *sealed_movements(engine)])
    return SealedLedger(
        sources=[sources[at] for at in ranked],
        fingerprint=fingerprint_of((one.sha256, {}) for one in sources),
        pool_table=pools,
        movement_table=movements,
        gap_table=found_gaps,
        source_ends=movements.column("source").to_numpy(),
        target_ends=movements.column("target").to_numpy(),
    )


def _renumbered(transfers: pa.Table, ranked: list[int]) -> pa.Table:
    """The rows with files numbered by the rank of their source's hash."""
    if "file" not in transfers.column_names:
        rank = ranked.index(0) if ranked else 0
        return transfers.append_column("file", pa.array(np.full(len(transfers), rank, np.int32)))
    ranks = np.argsort(ranked).astype(np.int32)
    at = transfers.schema.get_field_index("file")
    files = ranks[transfers.column("file").to_numpy()]
    return transfers.set_column(at, "file", pa.array(files))
