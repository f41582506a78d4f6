"""Sealing a ledger's folder: its tables stand in a folder of their own, and the manifest names it."""

import shutil
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow as pa

from bongsu.model.gap import GAP
from bongsu.model.movement import MOVEMENT
from bongsu.model.pool import POOL
from bongsu.store.block_fact import fact_files, load_traced
from bongsu.store.durable import digest, disk_errors, flush
from bongsu.store.engine import open_engine
from bongsu.store.lock import locked
from bongsu.store.manifest import Manifest, load_manifest, save_manifest
from bongsu.store.seal import SealCounts, seal_rows, sealed_movements, sealed_pools
from bongsu.store.seal_gap import load_gaps
from bongsu.store.seal_row import load_parts
from bongsu.store.table_file import write_table
from bongsu.store.verify import demand_whole

POOLS, MOVEMENTS, GAPS = "pools.arrow", "movements.arrow", "gaps.arrow"
SOURCE_ENDS, TARGET_ENDS = "source.u32", "target.u32"
PREFIX = "sealed-"
"""Folders of sealed tables: this and the fingerprint's first digits."""


def seal_ledger(ledger: Path) -> Manifest:
    """The manifest after sealing; nothing is done if the sealed tables are of the same sources.

    A kill at any moment leaves the tables that were sealed before.

    Raises:
        LedgerError: When the disk is full, a file of the ledger is damaged, or another process writes to it.
    """
    with locked(ledger):
        return seal_locked(ledger)


def seal_locked(ledger: Path) -> Manifest:
    """As `seal_ledger`, for one that holds the lock."""
    manifest = load_manifest(ledger)
    fingerprint = manifest.fingerprint()
    if manifest.sealed.get("fingerprint") == fingerprint:
        return manifest
    folder = ledger / (PREFIX + fingerprint[:12])
    with disk_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            counts = _write(ledger, manifest, folder)
        except BaseException as error:  # also Ctrl-C: half a seal is of no use and takes room
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, duckdb.Error):
                demand_whole(ledger, Manifest(sources=manifest.sources))
            raise
        files = {path.name: digest(path) for path in sorted(folder.iterdir())}
    manifest.sealed = {
        "folder": folder.name,
        "fingerprint": fingerprint,
        "files": files,
        "counts": asdict(counts),
    }
    save_manifest(ledger, manifest)
    for old in ledger.glob(PREFIX + "*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return manifest


def _write(ledger: Path, manifest: Manifest, folder: Path) -> SealCounts:
    spill = folder / "spill"
    with open_engine(spill) as engine:
        load_parts(engine, _parts(ledger, manifest, "parts"))
        load_gaps(engine, list(_parts(ledger, manifest, "gaps")))
        load_traced(engine, list(fact_files(ledger, manifest)))
        counts, gaps = seal_rows(engine)
        write_table(folder / GAPS, GAP, [gaps])
        write_table(folder / POOLS, POOL, sealed_pools(engine))
        _write_movements(engine, folder)
    shutil.rmtree(spill, ignore_errors=True)
    for path in folder.iterdir():
        flush(path)
    return counts


def _parts(ledger: Path, manifest: Manifest, kind: str) -> dict[Path, int]:
    return {
        ledger / name: number
        for number, source in enumerate(manifest.sources)
        for name in source.files
        if name.startswith(kind + "/")
    }


def _write_movements(engine: duckdb.DuckDBPyConnection, folder: Path) -> None:
    with (folder / SOURCE_ENDS).open("wb") as sources, (folder / TARGET_ENDS).open("wb") as targets:

        def ends_too(table: pa.Table) -> pa.Table:
            sources.write(table.column("source").to_numpy().astype("<u4").tobytes())
            targets.write(table.column("target").to_numpy().astype("<u4").tobytes())
            return table

        write_table(folder / MOVEMENTS, MOVEMENT, map(ends_too, sealed_movements(engine)))
