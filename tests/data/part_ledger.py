"""Ledgers in a folder, written as part files straight from transfers, without a source to import."""

import hashlib

import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.model.transfer import TRANSFER
from bongsu.store.durable import digest
from bongsu.store.manifest import Manifest, SourceRecord, save_manifest
from bongsu.store.part import key_of
from bongsu.store.seal_folder import seal_ledger


def part_ledger(folder, transfers, *, part_rows=1000):
    """Folder of a sealed ledger; a column `file` of the transfers says which source a row is from."""
    if "file" not in transfers.column_names:
        transfers = transfers.append_column("file", pc.multiply(transfers["locator"], 0))
    sources = [
        _source(folder, transfers, number, part_rows) for number in pc.unique(transfers["file"]).to_pylist()
    ]
    save_manifest(folder, Manifest(sources=sorted(sources, key=lambda one: one.sha256)))
    seal_ledger(folder)
    return folder


def _source(folder, transfers, number, part_rows):
    sha256 = hashlib.sha256(f"file {number}".encode()).hexdigest()
    own = transfers.filter(pc.equal(transfers["file"], number)).select(TRANSFER.names)
    files = {}
    for at in range(0, len(own), part_rows):
        path = folder / "parts" / f"{key_of(sha256)}-{at // part_rows:05}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(own.slice(at, part_rows), path)
        files[f"parts/{path.name}"] = digest(path)
    counts = {"rows_in": len(own), "rows_kept": len(own), "transfers": len(own)}
    return SourceRecord(
        sha256=sha256, name=f"file {number}", format="flows", options={}, files=files, **counts
    )
