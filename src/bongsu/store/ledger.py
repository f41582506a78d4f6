"""Ledgers as the analysis sees them: sealed, in a folder and memory-mapped, or in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.index import Index
from bongsu.model.ports import AssetSpan, SourceFile
from bongsu.model.transfer import FEE_PREFIX, NULL_HOLDER
from bongsu.store.block_fact import load_traced
from bongsu.store.citation import Citations, memory_citations
from bongsu.store.column_file import Memory
from bongsu.store.engine import open_engine
from bongsu.store.event_file import NO_EVENTS, Events
from bongsu.store.layout import Layout, map_layout
from bongsu.store.manifest import fingerprint_of, load_manifest
from bongsu.store.seal import seal_rows, write_sealed
from bongsu.store.seal_folder import GAPS, PARTS, seal_ledger
from bongsu.store.seal_gap import load_gaps
from bongsu.store.seal_row import load_table
from bongsu.store.table_file import map_table

Array = npt.NDArray[Any]
_TRANSACTION = "^[0-9a-f]{64}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLedger:
    """A sealed ledger; implements `bongsu.model.ports.Ledger`."""

    sources: list[SourceFile]
    fingerprint: str
    layout: Layout
    cited: Citations
    gap_table: pa.Table
    events: Events = NO_EVENTS

    @property
    def size(self) -> int:
        """Number of movements."""
        return self.layout.size

    @property
    def pool_count(self) -> int:
        """Number of pools."""
        return self.layout.holders.count

    def assets(self) -> list[AssetSpan]:
        """Assets in the order of their pools."""
        rows = self.layout.holders.spans.select(["chain", "asset", "first"]).to_pylist()
        ends = [*(row["first"] for row in rows[1:]), self.pool_count][: len(rows)]
        return [AssetSpan(**row, last=last) for row, last in zip(rows, ends, strict=True)]

    def pools(self, numbers: Array | None = None) -> pa.Table:
        """Pools with these numbers, or all: schema `bongsu.model.pool.POOL`."""
        return self.layout.pools(np.arange(self.pool_count) if numbers is None else numbers)

    def find_pools(self, addresses: Iterable[str]) -> Array:
        """Pools whose holder, or the address that their output pays, is one of these; ascending."""
        return self.layout.holders.find(addresses)

    def accounts_alike(self, addresses: Iterable[str]) -> set[str]:
        """EVM accounts that share first six and last four digits with one of these, and that one."""
        return self.layout.holders.alike(addresses)

    def null_pools(self) -> Array:
        """Pools that value is created from and burned to."""
        return self.layout.holders.where_name(lambda names: pc.equal(names, NULL_HOLDER))

    def fee_pools(self) -> Array:
        """Pools that collect a block's fees."""
        return self.layout.holders.where_name(lambda names: pc.starts_with(names, FEE_PREFIX))

    def transaction_pools(self) -> Array:
        """Pools that are UTXO transactions: no output, no address, 64 hex digits."""
        return self.layout.holders.where_name(lambda names: pc.match_substring_regex(names, _TRANSACTION))

    def busy_pools(self, partners: int) -> Array:
        """Pools that traded with more than so many others, ascending."""
        return self.layout.busy(partners)

    def ends(self) -> tuple[Array, Array]:
        """Source and target pool of every movement in order: two uint32 arrays, read-only."""
        return self.layout.ends()

    def payments(self) -> Index:
        """Rows in which each pool pays."""
        return self.layout.out

    def receipts(self) -> Index:
        """Rows in which each pool is paid."""
        return self.layout.into

    def movements(self, rows: Array | None = None) -> pa.Table:
        """Movements with the row numbers given, in that order, or all: schema MOVEMENT."""
        return self.layout.movements(np.arange(self.size) if rows is None else rows)

    def citations(self, rows: Array | None = None) -> pa.Table:
        """What sources state of these movements: schema CITATION."""
        return self.layout.cite(np.arange(self.size) if rows is None else rows, self.cited)

    def find_transactions(self, hashes: Iterable[str]) -> Array:
        """Movements of these transactions, ascending. Cost: a pass over 4 bytes a movement for each."""
        return self.layout.find_transactions(hashes, self.cited)

    def accompanied(self, rows: Array) -> Array:
        """Whether each movement's transaction has others, as far as a glance shows; never wrongly false."""
        return self.layout.accompanied(rows)

    def same_transactions(self, rows: Array) -> Array:
        """All movements of the transactions that these movements are of, ascending; each once."""
        return self.layout.together(rows)

    def ties(self) -> Array:
        """First movement and the one after the last of each group of unknown order: int64, shape (n, 2)."""
        tie = self.layout.tables["tie"]
        return np.stack([tie["first"].to_numpy(), tie["last"].to_numpy()], axis=1)

    def last_seen(self, until: datetime | None = None) -> dict[str, tuple[int | None, datetime | None]]:
        """Chain to its last block and time, of movements up to a time or without one."""
        runs = self.layout.tables["run"]
        if until is not None:
            kept = pc.less_equal(runs["time"], pa.scalar(until, runs.schema.field("time").type))
            runs = runs.filter(pc.fill_null(kept, True))
        last = runs.group_by("chain").aggregate([("block", "max"), ("time", "max")]).to_pylist()
        return {row["chain"]: (row["block_max"], row["time_max"]) for row in last}

    def gaps(self) -> pa.Table:
        """What is known to be missing: schema `bongsu.model.gap.GAP`."""
        return self.gap_table

    @property
    def decoded(self) -> bool:
        """Whether it holds any events."""
        return bool(self.events.conversions or self.events.crossings)

    def conversions(self, hashes: Iterable[str]) -> pa.Table:
        """Decoded conversions of these transactions: schema `bongsu.store.event_file.CITED`."""
        return self.events.conversions_of(hashes)

    def crossings(self, hashes: Iterable[str] | None = None) -> pa.Table:
        """Sides of transfers over bridges in these transactions, or all: schema BRIDGE_EVENT."""
        return self.events.crossings_of(hashes)


def open_ledger(path: Path) -> SealedLedger:
    """The ledger in the folder; sealed first if files were imported since, or a layout is of an older kind.

    Raises:
        LedgerError: When the folder holds no ledger or a damaged one.
    """
    manifest = load_manifest(path)
    if manifest.sealed.get("fingerprint") != manifest.fingerprint():
        manifest = seal_ledger(path)
    folder = path / manifest.sealed["folder"]
    return SealedLedger(
        sources=[one.source_file() for one in manifest.sources],
        fingerprint=manifest.sealed["fingerprint"],
        layout=map_layout(folder),
        cited=Citations(parts=map_table(folder / f"{PARTS}.arrow"), folder=path),
        gap_table=map_table(folder / f"{GAPS}.arrow"),
        events=Events.of(path, manifest),
    )


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
    # As in part files, so that the order in which rows are given does not show.
    transfers = _renumbered(transfers, ranked).sort_by([("file", "ascending"), ("locator", "ascending")])
    cited = memory_citations(transfers)

    def hashes(rows: Array) -> pa.Array:
        return cited.take(rows, ["tx_hash"])["tx_hash"].combine_chunks()

    with open_engine() as engine:
        load_table(engine, transfers)
        load_gaps(engine, [], gaps)
        load_traced(engine, [])
        _counts, found_gaps = seal_rows(engine)
        layout = write_sealed(engine, Memory(), hashes)
    return SealedLedger(
        sources=[sources[at] for at in ranked],
        fingerprint=fingerprint_of((one.sha256, {}) for one in sources),
        layout=layout,
        cited=cited,
        gap_table=found_gaps,
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
