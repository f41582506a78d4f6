"""Patterns and clusters in the movements of a case: only what touched pools did, never the whole ledger."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from bongsu.analyze.book import Book
from bongsu.analyze.cluster import METHODS, Clusters, clusters_of
from bongsu.analyze.end import Labels
from bongsu.analyze.extract import Extract
from bongsu.analyze.pattern import PATTERNS, patterns_of
from bongsu.analyze.pool_mask import Mask, null_pools
from bongsu.analyze.stop import CODE
from bongsu.kernel.adjacency import rows_of
from bongsu.kernel.case import Array
from bongsu.kernel.index import Index
from bongsu.model.asset import Asset
from bongsu.model.finding import Finding
from bongsu.model.marking import Marking
from bongsu.model.ports import Ledger

MOST_MOVEMENTS = 20_000
"""Movements of a case that patterns are looked for in unasked: each of thousands of findings cites its rows,
which takes longer than the trace."""
DEPOSITS = 1000
"""Receipts of a labeled service's address that is looked at whole."""


class CaseBook:
    """Movements of a case as the ledger states them, before any exchange is read into them."""

    def __init__(self, ledger: Ledger, found: Extract, assets: Mapping[str, Asset], marking: Marking) -> None:
        self.found, self.rows = found, _rows(ledger, found)
        table, cited = ledger.movements(self.rows), ledger.citations(self.rows)
        ends = [table[side].to_numpy().astype(np.int64) for side in ("source", "target")]
        self.numbers, places = np.unique(np.concatenate(ends), return_inverse=True)
        count = table.num_rows
        columns = dict(zip(table.column_names, table.columns, strict=True))
        columns |= {"source": pa.array(places[:count]), "target": pa.array(places[count:])}
        columns |= dict(zip(cited.column_names, cited.columns, strict=True))
        self.book = Book(
            movements=pa.table(columns),
            pools=ledger.pools(self.numbers),
            sources=ledger.sources,
            assets=assets,
            marking=marking,
        )

    def patterns(self, labels: Labels, heuristics: frozenset[str]) -> list[Finding]:
        """Findings of the patterns that are allowed, about pools that stolen value touches and follows."""
        wanted = [name for name in PATTERNS if name in heuristics]
        if not wanted:
            return []
        touched = (self.found.touched > 0) & (self.found.stops == 0)
        focus = self._mask(touched) & ~null_pools(self.book.pools)
        sources = self._mask(self.found.sources)
        return patterns_of(self.book, labels, sources=sources, focus=focus, only=wanted)

    def clusters(self, labels: Labels, heuristics: frozenset[str]) -> Clusters:
        """Addresses of the case that may have one owner, by the methods that are allowed."""
        return clusters_of(self.book, labels, methods=[name for name in METHODS if name in heuristics])

    def _mask(self, wanted: Array) -> Mask:
        """Whether each pool of the book is a pool of the case that is wanted."""
        known: Mask = np.isin(self.numbers, self.found.numbers[wanted])
        return known


def _rows(ledger: Ledger, found: Extract) -> Array:
    """Movements of the case, and those that say what its ends are: visits of mixers, payers of deposits.

    A service that was paid more often than DEPOSITS is no customer's deposit address.
    """
    real = found.numbers < ledger.pool_count
    first = ledger.receipts()[0]

    def ends(stop: str) -> Array:
        at = (found.stops == CODE[stop]) & (found.touched > 0) & real
        numbers: Array = found.numbers[at].astype(np.int64)
        return numbers

    mixers, services = ends("mixer"), ends("service")
    paid = services[first[services + 1].astype(np.int64) - first[services] <= DEPOSITS]
    visits = [rows_of(Index(*index), mixers) for index in (ledger.payments(), ledger.receipts())]
    together = ledger.same_transactions(np.concatenate(visits)) if len(mixers) else found.rows[:0]
    wanted: Array = np.unique(
        np.concatenate([found.rows, together, rows_of(Index(*ledger.receipts()), paid)])
    )
    return wanted
