"""Protocols for what one stage needs of another; `app/jobs` wires them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import pyarrow as pa

from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.model.conversion import CONVERSION
from bongsu.model.log import LogBatch

Array = np.ndarray[Any, Any]


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

    `rows_in` = rows that became transfers, gaps or events + rejects + sum of `set_aside`; a source row
    may become several transfers (value, fee). `set_aside` counts rows by why they move no value.
    `events` are conversions: schema `bongsu.model.conversion.CONVERSION`. `crossings` are sides of transfers
    over bridges: schema `bongsu.model.bridge.BRIDGE_EVENT`. A row may be one of them and something else too.
    """

    rows_in: int
    rows_kept: int
    transfers: pa.Table
    rejects: pa.Table
    gaps: pa.Table
    set_aside: dict[str, int] = field(default_factory=dict)
    events: pa.Table = field(default_factory=CONVERSION.empty_table)
    crossings: pa.Table = field(default_factory=BRIDGE_EVENT.empty_table)


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


class LogReader(Protocol):
    """A format of logs: one file `read/<source>.py` with these two module functions."""

    def sniff(self, head: bytes) -> bool:
        """Whether this reader can read the file; `head` is its first 64 KiB, decompressed."""
        ...

    def read(self, file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
        """Batches of events in file order, one stream each; memory does not grow with the file.

        Args:
            file: Decompressed and seekable, at its start.
            batch_rows: Events of one stream in a batch, at most.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that a ledger was made of; its place in the list is the number movements cite."""

    sha256: str
    name: str
    format: str
    license: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetSpan:
    """An asset of a ledger; its pools are `first` to `last - 1`."""

    chain: str
    asset: str
    first: int
    last: int


Adjacency = tuple[Array, Array]
"""Movements by pool, `first` (uint32, pools + 1) and `row` (uint32): p has row[first[p]:first[p + 1]]."""


class Ledger(Protocol):
    """A sealed ledger as the analysis sees it: pools, and movements in time order.

    What a method costs is said where it is more than a look-up in what is asked for.
    """

    @property
    def sources(self) -> list[SourceFile]:
        """Files that it was made of."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the hashes of all sources: the same content has the same fingerprint."""
        ...

    @property
    def size(self) -> int:
        """Number of movements."""
        ...

    @property
    def pool_count(self) -> int:
        """Number of pools."""
        ...

    def assets(self) -> list[AssetSpan]:
        """Assets in the order of their pools."""
        ...

    def pools(self, numbers: Array | None = None) -> pa.Table:
        """Pools with these numbers, or all: schema `bongsu.model.pool.POOL`."""
        ...

    def find_pools(self, addresses: Iterable[str]) -> Array:
        """Pools whose holder, or the address that their output pays, is one of these; ascending."""
        ...

    def accounts_alike(self, addresses: Iterable[str]) -> set[str]:
        """EVM accounts that share first six and last four digits with one of these, and that one."""
        ...

    def null_pools(self) -> Array:
        """Pools that value is created from and burned to."""
        ...

    def fee_pools(self) -> Array:
        """Pools that collect a block's fees."""
        ...

    def transaction_pools(self) -> Array:
        """Pools that are UTXO transactions."""
        ...

    def busy_pools(self, partners: int) -> Array:
        """Pools that traded with more than so many others, ascending."""
        ...

    def ends(self) -> tuple[Array, Array]:
        """Source and target pool of every movement in order: two uint32 arrays."""
        ...

    def payments(self) -> Adjacency:
        """Rows in which each pool pays."""
        ...

    def receipts(self) -> Adjacency:
        """Rows in which each pool is paid."""
        ...

    def movements(self, rows: Array | None = None) -> pa.Table:
        """Movements with the row numbers given, or all: schema `bongsu.model.movement.MOVEMENT`."""
        ...

    def citations(self, rows: Array | None = None) -> pa.Table:
        """What sources state of these movements: schema `bongsu.model.movement.CITATION`.

        Reads part files: some milliseconds for each that states one of them.
        """
        ...

    def find_transactions(self, hashes: Iterable[str]) -> Array:
        """Movements of these transactions, ascending. Cost: a pass over 4 bytes a movement for each."""
        ...

    def accompanied(self, rows: Array) -> Array:
        """Whether each movement's transaction has others, as far as a glance shows; never wrongly false."""
        ...

    def same_transactions(self, rows: Array) -> Array:
        """All movements of the transactions that these movements are of, ascending; each once."""
        ...

    def ties(self) -> Array:
        """First movement and the one after the last of each group of unknown order: int64, shape (n, 2)."""
        ...

    def last_seen(self, until: datetime | None = None) -> dict[str, tuple[int | None, datetime | None]]:
        """Chain to its last block and time, of movements up to a time or without one."""
        ...

    def gaps(self) -> pa.Table:
        """What is known to be missing: schema `bongsu.model.gap.GAP`."""
        ...

    @property
    def decoded(self) -> bool:
        """Whether it holds any events: conversions or sides of transfers over bridges."""
        ...

    def conversions(self, hashes: Iterable[str]) -> pa.Table:
        """Decoded conversions of these transactions: schema `CONVERSION` and an int32 column `file`.

        Cost: of each file of events those groups of rows that may hold one of the transactions.
        """
        ...

    def crossings(self, hashes: Iterable[str] | None = None) -> pa.Table:
        """Sides of transfers over bridges in these transactions, or all: schema `BRIDGE_EVENT`."""
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


class LinkEngine(Protocol):
    """Where records of people are linked: a database of `store` that Splink and the analysis ask."""

    @property
    def splink(self) -> Any:  # noqa: ANN401
        """What Splink takes as its database."""
        ...

    def register(self, name: str, table: pa.Table) -> Any:  # noqa: ANN401
        """What Splink takes as a table of records; a table of the same name is replaced."""
        ...

    def run(self, sql: str) -> pa.Table:
        """Rows of a question to the tables that Splink made."""
        ...
