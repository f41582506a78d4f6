"""What a ledger holds, which rows it refused, and whether its files are whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bongsu.store.ledger import open_ledger
from bongsu.store.manifest import SourceRecord, load_manifest
from bongsu.store.part import unfinished
from bongsu.store.verify import demand_whole

_COUNTS = ("rows_in", "rows_kept", "transfers", "rejects", "first_rejects", "set_aside", "gaps", "sums")


def show_ledger(ledger: Path) -> Iterator[dict[str, Any]]:
    """One document a source file, then one of the whole ledger.

    Raises:
        LedgerError: When the folder holds no ledger or a damaged one.
    """
    opened = open_ledger(ledger)
    manifest = load_manifest(ledger)
    for record in manifest.sources:
        yield source_document(record)
    reasons = opened.gaps().column("reason").value_counts().to_pylist()
    yield {
        "ledger": ledger.name,
        "fingerprint": opened.fingerprint,
        "sources": len(manifest.sources),
        "pools": opened.pool_count,
        **manifest.sealed["counts"],
        "gaps": {one["values"]: one["counts"] for one in reasons},
        "unfinished": unfinished(ledger, {one.sha256 for one in manifest.sources}),
    }


def source_document(record: SourceRecord) -> dict[str, Any]:
    """One source file as plain data."""
    names = ("sha256", "name", "format", "license", "note", *_COUNTS)
    said = {name: value for name, value in record.options.items() if value}
    return {**{name: getattr(record, name) for name in names}, "options": said}


def list_rejects(ledger: Path, *, rule: str = "") -> Iterator[dict[str, Any]]:
    """Rows that were refused, file by file in their order; of one rule, or all.

    Raises:
        LedgerError: When the folder holds no ledger.
    """
    for record in load_manifest(ledger).sources:
        for name in sorted(one for one in record.files if one.startswith("rejects/")):
            rows = pq.read_table(ledger / name).sort_by("locator").to_pylist()
            yield from ({"name": record.name, **row} for row in rows if rule in {"", row["rule"]})


def verify_ledger(ledger: Path) -> int:
    """Number of files whose content is what the manifest says.

    Raises:
        LedgerError: When one is not, or the folder holds no ledger.
    """
    return demand_whole(ledger, load_manifest(ledger))
