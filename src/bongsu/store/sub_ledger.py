"""A ledger of the rows that an engine extracted, sealed on this machine; sources are those of the whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.model.pool import POOL
from bongsu.model.transfer import TRANSFER
from bongsu.store.durable import digest, disk_errors
from bongsu.store.ledger import SealedLedger, open_ledger
from bongsu.store.manifest import Manifest, SourceRecord, save_manifest
from bongsu.store.part import key_of
from bongsu.store.part_set import PartSet


@contextmanager
def sub_ledger(rows: pa.Table, parts: PartSet, *, busy: pa.Table) -> Iterator[SealedLedger]:
    """Ledger of some rows of a larger one, on the disk while the block runs.

    It cites the sources of the whole by the same numbers and has its fingerprint. Gaps and busy pools are
    those of the whole, for a part of the rows does not show them.

    Args:
        rows: Schema TRANSFER and an int column `file`, the source of each row.
        parts: The whole.
        busy: Columns chain, asset, holder, counterparties: pools with at least so many.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    with TemporaryDirectory(prefix="bongsu-") as name:
        folder = Path(name)
        with disk_errors(folder):
            sources = [_written(folder, record, number, rows) for number, record in enumerate(parts.records)]
        save_manifest(folder, Manifest(sources=sources))
        ledger = open_ledger(folder)
        if parts.gaps is not None:
            ledger = replace(ledger, gap_table=parts.gaps)
        yield replace(ledger, pool_table=with_counterparties(ledger.pool_table, busy))


def _written(folder: Path, record: SourceRecord, number: int, rows: pa.Table) -> SourceRecord:
    """Record of a source whose rows are on the disk now."""
    own = rows.filter(pc.equal(rows["file"], number)).select(TRANSFER.names).cast(TRANSFER)
    if not own.num_rows:
        return replace(record, files={})
    path = folder / "parts" / f"{key_of(record.sha256)}-00000.parquet"
    path.parent.mkdir(exist_ok=True)
    pq.write_table(own, path, compression="zstd", compression_level=1)
    return replace(record, files={f"parts/{path.name}": digest(path)})


def with_counterparties(pools: pa.Table, busy: pa.Table) -> pa.Table:
    """Pools whose number of counterparties is at least what the whole ledger says."""
    key = ["chain", "asset", "holder"]
    known = busy.select([*key, "counterparties"]).rename_columns([*key, "whole"])
    numbered = pools.select(key).append_column("row", pa.array(np.arange(len(pools))))
    found = numbered.join(known, key, join_type="inner")
    counts = pools["counterparties"].to_numpy().copy()
    rows = found["row"].to_numpy()
    counts[rows] = np.maximum(counts[rows], found["whole"].to_numpy())
    at = POOL.get_field_index("counterparties")
    return pools.set_column(at, POOL.field(at), pa.array(counts))
