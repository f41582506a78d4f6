"""Making a layout: movements come in their order, pools when all are known, then the indexes."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.errors import LedgerError
from bongsu.kernel.adjacency import Trade, count_partners, degrees, index_by
from bongsu.model.text import _
from bongsu.store.column_file import Place
from bongsu.store.holder import Holders
from bongsu.store.layout import (
    ASSUMED,
    BUSY,
    COLUMNS,
    HUB,
    JOINED,
    LARGE,
    LEARNED,
    RUN,
    SAME,
    TIE,
    UNSTATED,
    Layout,
)

Array = npt.NDArray[Any]
NOT_STATED = -(2**63)
"""Block or time that no source states, in the columns of `Rows`."""
MOST_ROWS = 2**32 - 2
_SIDES = "out", "in"


class Rows(NamedTuple):
    """Movements in their order, some at a time. Every array has one value a movement."""

    source: Array
    target: Array
    amount: Array
    """uint64, shape (n, 2)."""
    kind: Array
    """Place in KINDS."""
    assumed: Array
    same: Array
    """Whether it is of the transaction of the movement before; false at the first."""
    stated: Array
    """Whether its transaction is stated."""
    tag: Array
    cite: Array
    """Number of the row, in all part files one after the other, that states it."""
    chain: Array
    """Place in the writer's list of chains."""
    block: Array
    time: Array
    """Microseconds since 1970."""
    tie: Array
    """Number of its tie, ascending over the whole ledger; 0: none."""
    tx_index: Array
    """Place of the transaction in its block, learned from another row than the one cited; -1: not so."""


class LayoutWriter:
    """Takes movements, then pools; memory is that of what is rare: runs, ties, large amounts."""

    def __init__(self, place: Place, chains: list[str]) -> None:
        self.place, self.chains = place, chains
        self.columns = {name: place.column(name, dtype) for name, dtype in COLUMNS.items()}
        self.size = 0
        self._runs: list[pa.Table] = []
        self._last: tuple[int, int, int] | None = None
        self._ties: list[Array] = []
        self._large: list[pa.Table] = []
        self._learned: list[pa.Table] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for column in self.columns.values():
            column.leave()

    def add(self, rows: Rows) -> None:
        """Nothing; the movements come last.

        Raises:
            LedgerError: When the ledger is too large for its row numbers, or the disk refuses.
        """
        count = len(rows.source)
        if self.size + count > MOST_ROWS:
            raise LedgerError(
                _("Cannot seal the ledger: it has more than {most} movements.").format(most=MOST_ROWS),
                hint=_("Make a ledger for each range of blocks."),
            )
        if not count:
            return
        kind = rows.kind.astype(np.uint8) | np.where(rows.stated, 0, UNSTATED)
        kind |= np.where(rows.same, SAME, 0) | np.where(rows.assumed, ASSUMED, 0)
        given = (rows.source, rows.target, rows.amount[:, 0], kind, rows.tag, rows.cite)
        for column, values in zip(self.columns.values(), given, strict=True):
            column.append(values)
        self._note_runs(rows)
        self._note_ties(rows.tie)
        high = np.flatnonzero(rows.amount[:, 1])
        if len(high):
            self._large.append(pa.table([high + self.size, rows.amount[high, 1]], schema=LARGE))
        learned = np.flatnonzero(rows.tx_index >= 0)
        if len(learned):
            self._learned.append(pa.table([learned + self.size, rows.tx_index[learned]], schema=LEARNED))
        self.size += count

    def _note_runs(self, rows: Rows) -> None:
        keys = (rows.chain, rows.block, rows.time)
        starts = np.ones(len(rows.chain), dtype=bool)
        starts[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
        starts[0] = self._last != tuple(int(key[0]) for key in keys)
        self._last = tuple(int(key[-1]) for key in keys)  # type: ignore[assignment]
        at = np.flatnonzero(starts)
        block, time = (pa.array(key[at], mask=key[at] == NOT_STATED) for key in (rows.block, rows.time))
        chains = pa.array(self.chains, pa.string()).take(pa.array(rows.chain[at]))
        made = [pa.array(at + self.size), chains, block, time.cast(RUN.field("time").type)]
        self._runs.append(pa.table(made, schema=RUN))

    def _note_ties(self, tie: Array) -> None:
        at = np.flatnonzero(tie)
        if len(at):
            self._ties.append(np.stack([at + self.size, tie[at]], axis=1))

    def close(
        self, holders: Holders, *, new: Array | None = None, hashes: Callable[[Array], pa.Array] | None = None
    ) -> Layout:
        """The layout.

        Args:
            holders: Who holds the pools.
            new: Final number of each pool that movements name; null: they name final ones.
            hashes: Transaction hashes of rows of part files; null: each transaction stands together.
        """
        columns = {name: column.close() for name, column in self.columns.items()}
        ends = columns["source.u32"], columns["target.u32"]
        with ThreadPoolExecutor(max_workers=2) as both:
            if new is not None:
                list(both.map(lambda end: _renumber(end, new), ends))
            made = list(
                both.map(lambda given: self._index(holders.count, *given), zip(_SIDES, ends, strict=True))
            )
        out, into = made
        busy = np.flatnonzero(degrees(out, into) > BUSY)
        partners = count_partners(Trade(out, into, *ends), busy)
        runs = self._table("run", RUN, self._runs)
        joined = [_joined(columns, runs, hashes)] if hashes else []
        tables = {
            "run": runs,
            "tie": self._table("tie", TIE, [self._tie_table()]),
            "large": self._table("large", LARGE, self._large),
            "joined": self._table("joined", JOINED, joined),
            "learned": self._table("learned", LEARNED, self._learned),
            "hub": self._table("hub", HUB, [pa.table([busy, partners], schema=HUB)]),
            "span": holders.spans,
            "name": holders.names,
        }
        return Layout(columns=columns, tables=tables, holders=holders, out=out, into=into)

    def _index(self, pools: int, name: str, end: Array) -> Any:  # noqa: ANN401
        first = self.place.zeros(f"{name}_first.u32", "<u4", pools + 1)
        return index_by(end, first, self.place.zeros(f"{name}_row.u32", "<u4", self.size))

    def _table(self, name: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> pa.Table:
        return self.place.table(name, schema, tables)

    def _tie_table(self) -> pa.Table:
        rows = np.concatenate([np.empty((0, 2), dtype=np.int64), *self._ties])
        starts = np.flatnonzero(np.diff(rows[:, 1], prepend=0))
        ends = np.append(starts[1:], len(rows)) - 1
        return pa.table([rows[starts, 0], rows[ends, 0] + 1] if len(rows) else [[], []], schema=TIE)


def _renumber(end: Array, new: Array, piece: int = 1 << 20) -> None:
    for first in range(0, len(end), piece):
        part = end[first : first + piece]
        np.take(new, part, out=part, mode="clip")


def _joined(columns: dict[str, Array], runs: pa.Table, hashes: Callable[[Array], pa.Array]) -> pa.Table:
    """Later runs of transactions that do not stand together in their block, each with the first run."""
    starts = np.flatnonzero((columns["kind.u8"] & (SAME | UNSTATED)) == 0)
    tags = columns["tag.u32"][starts]
    order = np.argsort(tags, kind="stable")
    ranked = tags[order]
    twice = np.zeros(len(ranked) + 1, dtype=bool)
    twice[1:-1] = ranked[1:] == ranked[:-1]
    doubtful = np.sort(starts[order[twice[:-1] | twice[1:]]])
    run = np.searchsorted(runs["first"].to_numpy(), doubtful, side="right") - 1
    places = runs.select(["chain", "block"]).take(pa.array(run)).to_pylist()
    first: dict[tuple[Any, ...], int] = {}
    found = []
    stated = hashes(columns["cite.u32"][doubtful]).to_pylist()
    for row, place, tx_hash in zip(doubtful.tolist(), places, stated, strict=True):
        if first.setdefault((place["chain"], place["block"], tx_hash), row) != row:
            found.append((row, first[place["chain"], place["block"], tx_hash]))
    return pa.table([[one[0] for one in found], [one[1] for one in found]], schema=JOINED)
