"""Sealing a ledger's folder: its layout stands in a folder of its own, and the manifest names it."""

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bongsu.model.gap import GAP
from bongsu.store.block_fact import fact_files, load_traced
from bongsu.store.citation import PART, Citations, list_parts
from bongsu.store.column_file import Folder
from bongsu.store.durable import digest, disk_errors, flush
from bongsu.store.engine import open_engine
from bongsu.store.lock import locked
from bongsu.store.manifest import Manifest, load_manifest, save_manifest
from bongsu.store.plain_part import NotPlain
from bongsu.store.seal import SealCounts, seal_rows, write_sealed
from bongsu.store.seal_gap import load_gaps, plain_gaps
from bongsu.store.seal_plain import seal_plain
from bongsu.store.seal_row import load_parts
from bongsu.store.verify import demand_whole

GAPS, PARTS = "gaps", "part"
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
        _drop_others(ledger, manifest)
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
    _drop_others(ledger, manifest)
    return manifest


def _drop_others(ledger: Path, manifest: Manifest) -> None:
    """Nothing; sealed folders that the manifest does not name go, also those that a kill left behind."""
    for folder in ledger.glob(PREFIX + "*"):
        if folder.name != manifest.sealed["folder"]:
            shutil.rmtree(folder, ignore_errors=True)


def _write(ledger: Path, manifest: Manifest, folder: Path) -> SealCounts:
    place, spill = Folder(folder), folder / "spill"
    parts = list_parts(ledger, _files(manifest, "parts"))
    place.table(PARTS, PART, [parts])
    citations = Citations(parts=parts, folder=ledger)

    def hashes(rows: np.ndarray[Any, Any]) -> pa.Array:
        return citations.take(rows, ["tx_hash"])["tx_hash"].combine_chunks()

    with open_engine(spill) as engine:
        load_gaps(engine, [ledger / name for name in _files(manifest, "gaps")])
        load_traced(engine, list(fact_files(ledger, manifest)))
        counts = _seal_plain(ledger, manifest, parts, place)
        if counts is not None:
            gaps = plain_gaps(engine)
        else:
            load_parts(engine, ledger, parts)
            counts, gaps = seal_rows(engine)
            write_sealed(engine, place, hashes)
        place.table(GAPS, GAP, [gaps])
    shutil.rmtree(spill, ignore_errors=True)
    for path in folder.iterdir():
        flush(path)
    return counts


def _seal_plain(ledger: Path, manifest: Manifest, parts: pa.Table, place: Folder) -> SealCounts | None:
    """Counts, if the ledger is plain and now sealed."""
    if any("needs_inputs" in one.gaps for one in manifest.sources):
        return None
    chains = sorted({str(one.options.get("chain", "")) for one in manifest.sources})
    try:
        return seal_plain(ledger, parts, chains, place, fees_split=len(manifest.sources) > 1)[0]
    except NotPlain:
        return None


def _files(manifest: Manifest, kind: str) -> dict[str, int]:
    """Files of a kind below the ledger's folder, each with the number of its source."""
    return {
        name: number
        for number, source in enumerate(manifest.sources)
        for name in source.files
        if name.startswith(kind + "/")
    }
