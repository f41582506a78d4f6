"""Protocols for what one stage needs of another; `app/jobs` wires them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that a ledger was made of; its place in the list is the number movements cite."""

    sha256: str
    name: str
    format: str
    license: str = ""
    note: str = ""


class Ledger(Protocol):
    """A sealed ledger as the analysis sees it: pools, and movements in time order."""

    @property
    def sources(self) -> list[SourceFile]:
        """Files that it was made of."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the hashes of all sources: the same content has the same fingerprint."""
        ...

    def pools(self) -> pa.Table:
        """All pools: schema `bongsu.model.pool.POOL`."""
        ...

    def ends(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Source and target pool of every movement in order: two uint32 arrays."""
        ...

    def movements(self, rows: np.ndarray[Any, Any] | None = None) -> pa.Table:
        """Movements with the row numbers given, or all: schema `bongsu.model.movement.MOVEMENT`."""
        ...

    def gaps(self) -> pa.Table:
        """What is known to be missing: schema `bongsu.model.gap.GAP`."""
        ...


class Engine(Protocol):
    """Where the movements of a ledger are asked for that is too large to be opened whole."""

    @property
    def name(self) -> str:
        """What it is, with its version; a trace document states it."""
        ...

    def run(self, question: Any, **given: pa.Table) -> pa.Table:  # noqa: ANN401
        """Rows of an unbound Ibis expression, see `bongsu.analyze.extraction`.

        `given` are the small tables that the expression names besides the movements.
        """
        ...
