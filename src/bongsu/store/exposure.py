"""Exposures at rest, ready to look up: a folder of a ledger that can always be made again.

`derived/exposure-<key>/` holds tables sorted by what is asked for, and for the ledger's own tables the
row numbers in that order. A lookup is a binary search in mapped files that compares whole texts, so a
look-alike finds nothing. Reading needs no database; one is used to sort when the folder is made.
"""

import json
import shutil
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.errors import LedgerError
from bongsu.store.citation import Citations
from bongsu.store.column_file import map_column
from bongsu.store.durable import disk_errors, flush
from bongsu.store.layout import Layout, map_layout
from bongsu.store.manifest import Manifest, load_manifest
from bongsu.store.table_file import map_table, write_table

FOLDER, PREFIX = "derived", "exposure-"
EXPOSURES, PASSAGES, FACTS, NOTE = "exposures.arrow", "passages.arrow", "facts.arrow", "note.json"
GAPS_BY_HOLDER, GAPS, PARTS = "gaps_by_holder.u32", "gaps.arrow", "part.arrow"
FACT = pa.schema(
    [
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("document", pa.string(), nullable=False),
    ]
)
"""What is known of an address or transaction: its name, the kind of fact, the fact as JSON."""
_KEY_DIGITS = 16
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Numbers = npt.NDArray[np.uint32]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedTables:
    """What is kept beside a ledger to answer checks, in any order."""

    exposures: pa.Table
    """Schema `bongsu.model.exposure.EXPOSURE`."""
    passages: pa.Table
    """Schema `bongsu.model.exposure.PASSAGE`."""
    facts: pa.Table
    """Schema `FACT`."""
    note: dict[str, Any]
    """Plain data: what was traced, how, and what the ledger covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExposures:
    """Looks up exact addresses and transactions; every method costs some binary searches."""

    note: dict[str, Any]
    exposures: pa.Table
    passages: pa.Table
    facts: pa.Table
    layout: Layout
    cited: Citations
    gaps: pa.Table
    gaps_by_holder: Numbers

    def exposures_of(self, address: str) -> Rows:
        """Rows of EXPOSURE of the address, on every chain."""
        return _named(self.exposures, "address", address)

    def passages_of(self, tx_hash: str) -> Rows:
        """Rows of PASSAGE of the transaction."""
        return _named(self.passages, "tx_hash", tx_hash)

    def facts_of(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """Kind and fact of all that is known of an address or transaction."""
        found = _named(self.facts, "name", name)
        return [(row["kind"], json.loads(row["document"])) for row in found]

    def chains_of(self, address: str) -> list[str]:
        """Chains on which the ledger has a pool whose holder, or the address its output pays, is this."""
        found = self.layout.pools(self.layout.holders.find([address])).to_pylist()
        return sorted({one["chain"] for one in found if (one["address"] or one["holder"]) == address})

    def pools_at(self, numbers: list[int]) -> Rows:
        """Rows of POOL by their numbers."""
        return _plain(self.layout.pools(np.array(numbers, dtype=np.int64)))

    def movements_of(self, tx_hash: str) -> Rows:
        """Rows of MOVEMENT of the transaction with what sources state of them, in the order of the ledger."""
        rows = self.layout.find_transactions([tx_hash], self.cited)
        stated = self.layout.cite(rows, self.cited)
        moves = _plain(self.layout.movements(rows))
        return [move | said for move, said in zip(moves, stated.to_pylist(), strict=True)]

    def gaps_of(self, holder: str) -> int:
        """Number of places where movements of the holder are known to be missing."""
        holders = self.gaps["holder"]
        return len(_equal(self.gaps_by_holder, holder, lambda row: holders[row].as_py()))


def open_exposures(ledger: Path, key: str) -> StoredExposures | None:
    """What is kept under the key; null where nothing is, or something is damaged and must be made again.

    Raises:
        LedgerError: When the folder holds no ledger or a damaged one.
    """
    manifest, folder = load_manifest(ledger), folder_of(ledger, key)
    sealed = ledger / str(manifest.sealed.get("folder", ""))
    note = _note(folder, key)
    if note is None or manifest.sealed.get("fingerprint") != manifest.fingerprint():
        return None
    layout = map_layout(sealed)
    try:
        return StoredExposures(
            note=note["note"],
            exposures=map_table(folder / EXPOSURES),
            passages=map_table(folder / PASSAGES),
            facts=map_table(folder / FACTS),
            layout=layout,
            cited=Citations(parts=map_table(sealed / PARTS), folder=ledger),
            gaps=map_table(sealed / GAPS),
            gaps_by_holder=map_column(folder / GAPS_BY_HOLDER, "<u4"),
        )
    except LedgerError:
        return None


def write_exposures(ledger: Path, key: str, tables: DerivedTables) -> None:
    """Nothing; the tables are there whole under the key, and those of other keys are gone.

    A kill at any moment leaves what was there before.

    Args:
        ledger: A sealed ledger.
        key: Says what the tables depend on.
        tables: What to keep.

    Raises:
        LedgerError: When the disk is full, or another process writes to the ledger.
    """
    from bongsu.store.lock import locked

    folder = folder_of(ledger, key)
    aside = folder.with_name(folder.name + ".tmp")
    with locked(ledger), disk_errors(folder):
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        _write_tables(aside, tables)
        _write_orders(ledger, aside, load_manifest(ledger))
        _write_note(aside, key, tables.note)
        shutil.rmtree(folder, ignore_errors=True)
        aside.replace(folder)
        flush(folder.parent)
        for old in folder.parent.glob(PREFIX + "*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)


def folder_of(ledger: Path, key: str) -> Path:
    """Folder of the ledger that holds what is kept under the key."""
    return ledger / FOLDER / (PREFIX + key[:_KEY_DIGITS])


def _note(folder: Path, key: str) -> dict[str, Any] | None:
    """The note, if it is of this key and every file has the size that it states."""
    try:
        found: dict[str, Any] = json.loads((folder / NOTE).read_bytes())
        whole = all((folder / name).stat().st_size == size for name, size in found["files"].items())
        return found if whole and found["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write_note(folder: Path, key: str, note: dict[str, Any]) -> None:
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    text = json.dumps({"key": key, "files": sizes, "note": note}, sort_keys=True, ensure_ascii=False)
    (folder / NOTE).write_text(text, encoding="utf-8")
    for path in folder.iterdir():
        flush(path)


def _write_tables(folder: Path, tables: DerivedTables) -> None:
    named = {EXPOSURES: tables.exposures, PASSAGES: tables.passages, FACTS: tables.facts}
    for name, table in named.items():
        first = {EXPOSURES: "address", PASSAGES: "tx_hash", FACTS: "name"}[name]
        write_table(folder / name, table.schema, [_stable_sorted(table, first)])


def _stable_sorted(table: pa.Table, column: str) -> pa.Table:
    """The table by a column, rows with the same value in the order they are in."""
    numbered = table.append_column("_row", pa.array(np.arange(table.num_rows)))
    ordered = numbered.sort_by([(column, "ascending"), ("_row", "ascending")])
    return ordered.drop_columns(["_row"])


def _write_orders(ledger: Path, folder: Path, manifest: Manifest) -> None:
    """Nothing; row numbers of the gaps in the order of their holders."""
    sealed = ledger / manifest.sealed["folder"]
    _write_order(folder / GAPS_BY_HOLDER, map_table(sealed / GAPS)["holder"])


def _write_order(path: Path, texts: pa.ChunkedArray) -> None:
    from bongsu.store.engine import open_engine

    numbered = pa.table({"text": texts, "number": pa.array(np.arange(len(texts), dtype=np.uint32))})
    spill = path.with_suffix(".spill")
    with open_engine(spill) as engine, path.open("wb") as sink:
        engine.register("rows", numbered)
        found = engine.sql("SELECT number FROM rows WHERE text <> '' ORDER BY text, number")
        for batch in found.to_arrow_reader(1 << 17):
            sink.write(batch.column(0).to_numpy().astype("<u4").tobytes())
    shutil.rmtree(spill, ignore_errors=True)


def _named(table: pa.Table, column: str, wanted: str) -> Rows:
    """Rows of a table sorted by a column where it is the text."""
    values = table[column]
    numbers = range(table.num_rows)
    low, high = _bounds(numbers, wanted, lambda row: values[row].as_py())
    return _plain(table.slice(low, high - low))


def _plain(table: pa.Table) -> Rows:
    """The rows; times are made here, for Arrow would load pandas to make them, in a sixth of a second."""
    moments = [one.name for one in table.schema if pa.types.is_timestamp(one.type)]
    for name in moments:
        column = table.column(name).cast(pa.int64())
        table = table.set_column(table.schema.get_field_index(name), name, column)
    rows: Rows = table.to_pylist()
    for row in rows:
        row.update(
            {name: EPOCH + timedelta(microseconds=row[name]) for name in moments if row[name] is not None}
        )
    return rows


def _equal(order: Numbers, wanted: str, text: Callable[[int], str]) -> Numbers:
    """Row numbers, out of an order by text, of the rows whose text this is."""
    low, high = _bounds(order, wanted, lambda row: text(int(row)))
    return np.asarray(order[low:high])


def _bounds(numbers: Sequence[int] | Numbers, wanted: str, text: Callable[[int], str]) -> tuple[int, int]:
    low = bisect_left(numbers, wanted, key=text)
    return low, bisect_right(numbers, wanted, lo=low, key=text)
