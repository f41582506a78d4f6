"""A ledger of the rows that an engine extracted, sealed on this machine; sources are those of the whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.model.transfer import TRANSFER
from bongsu.store.durable import digest, disk_errors
from bongsu.store.ledger import SealedLedger, open_ledger
from bongsu.store.manifest import Manifest, SourceRecord, save_manifest
from bongsu.store.part import key_of
from bongsu.store.part_set import PartSet

_KEY = ["chain", "asset", "holder"]
_PLACE = ["locator", "position"]
"""Where a row stands in its source: of rows that are alike in all else, an earlier one is cited first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubLedger(SealedLedger):
    """A ledger of some rows of a larger one, which knows how busy its pools are in the whole."""

    whole_busy: pa.Table
    """Columns chain, asset, holder, counterparties: pools of the whole."""

    def busy_pools(self, partners: int) -> np.ndarray[Any, Any]:
        """Pools that traded with more than so many others, here or in the whole, ascending."""
        busy = self.whole_busy.filter(pc.greater(self.whole_busy["counterparties"], partners))
        keys = set(zip(*(busy[name].to_pylist() for name in _KEY), strict=True))
        near = self.find_pools(busy["holder"].to_pylist())
        pools = self.pools(near).select(_KEY).to_pylist()
        own = [pool for pool, row in zip(near.tolist(), pools, strict=True) if tuple(row.values()) in keys]
        return np.union1d(self.layout.busy(partners), np.array(own, dtype=np.int64))


@contextmanager
def sub_ledger(rows: pa.Table, parts: PartSet, *, busy: pa.Table) -> Iterator[SealedLedger]:
    """Ledger of some rows of a larger one, on the disk while the block runs.

    It cites the sources of the whole by the same numbers and has its fingerprint. Gaps and busy pools are
    those of the whole, for a part of the rows does not show them.

    Args:
        rows: Schema TRANSFER and an int column `file`, the source of each row; in any order.
        parts: The whole.
        busy: Columns chain, asset, holder, counterparties: pools with at least so many.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    with TemporaryDirectory(prefix="bongsu-") as name:
        folder = Path(name)
        ordered = rows.sort_by([(name, "ascending") for name in _PLACE])
        with disk_errors(folder):
            sources = [
                _written(folder, record, number, ordered) for number, record in enumerate(parts.records)
            ]
        save_manifest(folder, Manifest(sources=sources))
        ledger = open_ledger(folder)
        if parts.gaps is not None:
            ledger = replace(ledger, gap_table=parts.gaps)
        yield SubLedger(**{one.name: getattr(ledger, one.name) for one in fields(ledger)}, whole_busy=busy)


def _written(folder: Path, record: SourceRecord, number: int, rows: pa.Table) -> SourceRecord:
    """Record of a source whose rows are on the disk now."""
    own = rows.filter(pc.equal(rows["file"], number)).select(TRANSFER.names).cast(TRANSFER)
    if not own.num_rows:
        return replace(record, files={})
    path = folder / "parts" / f"{key_of(record.sha256)}-00000.parquet"
    path.parent.mkdir(exist_ok=True)
    pq.write_table(own, path, compression="zstd", compression_level=1)
    return replace(record, files={f"parts/{path.name}": digest(path)})
