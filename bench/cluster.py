"""The same trace on this machine, in DuckDB over Parquet, and on Spark, also when it loses a worker."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from bench.etl_file import make_ledger
from bench.process import ask
from bongsu.rehearse.ledger import Truth
from bongsu.store.durable import digest
from bongsu.store.manifest import Manifest, SourceRecord, save_manifest
from bongsu.store.part import key_of

PART_BATCHES = 8
"""Batches of the generator in a part file: about a million transfers."""
RUNS = (
    ("whole ledger, no engine", "trace-on", ""),
    ("DuckDB over Parquet", "trace-on", "duckdb"),
    ("Spark, two workers", "cluster", "none"),
    ("Spark, one of two workers killed", "cluster", "kill"),
)


class Run(NamedTuple):
    """One way to the same document."""

    name: str
    seconds: float
    peak: int
    endpoints: int
    same: str
    note: str


def measure_engines(size: int) -> list[Run]:
    """Runs on a made ledger of this many transfers.

    Raises:
        AssertionError: When a document differs, or the planted ends do not hold what they got.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = write_parts(folder, size)
        sealing = ask("seal", folder)
        runs, first = [Run("seal the ledger", sealing["seconds"], sealing["peak"], 0, "", "")], ""
        for title, task, more in RUNS:
            found = ask(task, folder, truth.sources[0], more)
            first = first or found["document"]
            assert found["document"] == first, title
            assert {address: found["fifo"][address] for address in truth.rest} == truth.rest
            note = f"{found['extracted']:,} movements in {found['rounds']} rounds" if found["rounds"] else ""
            note += f"; {found['executors']}" if found.get("executors") else ""
            runs.append(Run(title, found["seconds"], found["peak"], found["endpoints"], "yes", note))
        return runs


def write_parts(ledger: Path, size: int) -> Truth:
    """The truth of a made ledger; its part files are in the folder, not sealed yet."""
    made = make_ledger(size)
    record = SourceRecord(
        sha256=hashlib.sha256(f"made {size}".encode()).hexdigest(), name="made", format="flows"
    )
    (ledger / "parts").mkdir()
    writer: Any = None
    for number, batch in enumerate(made.batches):
        if number % PART_BATCHES == 0:
            _close(writer)
            path = ledger / "parts" / f"{key_of(record.sha256)}-{number // PART_BATCHES:05}.parquet"
            writer = pq.ParquetWriter(path, batch.schema, compression="zstd")
        writer.write_table(batch)
    _close(writer)
    record.files = {f"parts/{path.name}": digest(path) for path in sorted((ledger / "parts").iterdir())}
    record.rows_in = record.rows_kept = record.transfers = size
    save_manifest(ledger, Manifest(sources=[record]))
    return made.truth


def _close(writer: Any) -> None:  # noqa: ANN401
    if writer is not None:
        writer.close()


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 of a trace document but for the field that names the engine."""
    params = {name: value for name, value in document["method"]["params"].items() if name != "engine"}
    same = document | {"method": document["method"] | {"params": params}}
    return hashlib.sha256(json.dumps(same).encode()).hexdigest()
