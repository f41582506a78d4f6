"""Rows of indicators on their way: what every format of indicators is read into."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from bongsu.model.ports import Batch
from bongsu.read.raw import Fault, reject_table, text_schema

COLUMNS = (
    "type",
    "value",
    "namespace",
    "versions",
    "cluster",
    "context",
    "reference",
    "source",
    "first_seen",
    "last_seen",
    "confidence",
    "tlp",
    "note",
    "ports",
)
"""Names of the raw columns; `type` is the word of the source, empty: told by the form of the value."""
RAW: pa.Schema = text_schema(COLUMNS)
"""Schema of the raw rows."""
PART_ROWS = 50_000
"""Rows that are gathered before they are handed on."""


class IndicatorReader(Protocol):
    """A format of indicators: one file `read/<format>.py` with these module attributes."""

    RAW: pa.Schema
    """Columns that `read` yields (besides `locator`)."""

    def sniff(self, path: Path, head: bytes) -> bool:
        """Whether this reader can read the file; `head` is its first 64 KiB, decompressed."""
        ...

    def read(self, path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
        """Batches of raw rows in the order of the file."""
        ...


class IndicatorRows:
    """Rows under way, and what could not be read."""

    def __init__(self) -> None:
        self._rows: list[Mapping[str, str]] = []
        self._places: list[int] = []
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self._rows) + len(self._faults)

    def add(self, locator: int, row: Mapping[str, str]) -> None:
        """Nothing; keeps the row: column names of RAW to text."""
        self._rows.append(row)
        self._places.append(locator)

    def refuse(self, locator: int, rule: str, message: str) -> None:
        """Nothing; keeps a reject."""
        self._faults.append((locator, rule, message))

    def batch(self) -> Batch:
        """What came since the last call."""
        columns = {
            name: pa.array([_text(row.get(name)) for row in self._rows], pa.string()) for name in COLUMNS
        }
        columns["locator"] = pa.array(self._places, pa.int64())
        found = Batch(rows=pa.table(columns), rejects=reject_table(self._faults))
        self._rows, self._places, self._faults = [], [], []
        return found


def _text(value: str | None) -> str | None:
    """Text that can be kept: half of a surrogate pair, which JSON can state, becomes a question mark."""
    if not value:
        return None
    return value if value.isascii() else value.encode("utf-8", "replace").decode()
