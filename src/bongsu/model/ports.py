"""Protocols for what one stage needs of another; `app/jobs` wires them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some rows of a source file, in file order, with the rows that could not even be read.

    `rows` has the reader's raw schema plus an int64 column `locator` (1-based data row, line or
    transaction number). `rejects` has the schema `bongsu.model.reject.REJECT` with an empty source.
    """

    rows: pa.Table
    rejects: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalized:
    """What a normalizer makes of one batch: tables of the model and counts of rows set aside.

    `rows_in` = rows that became transfers or gaps + rejects + sum of `set_aside`; a source row may
    become several transfers (value, fee). `set_aside` counts rows by why they move no value.
    """

    rows_in: int
    rows_kept: int
    transfers: pa.Table
    rejects: pa.Table
    gaps: pa.Table
    set_aside: dict[str, int] = field(default_factory=dict)


class Reader(Protocol):
    """A source format: one file `read/<source>.py` with these three module attributes."""

    RAW: pa.Schema
    """Columns that `read` yields (besides `locator`)."""

    def sniff(self, path: Path, head: bytes) -> bool:
        """Whether this reader can read the file; `head` is its first 64 KiB, decompressed."""
        ...

    def read(self, path: Path, *, batch_rows: int) -> Iterator[Batch]:
        """Batches of raw rows in file order, never the whole file; deterministic cuts."""
        ...
