"""A seal at memory speed, for ledgers of which nothing has to be worked out: most exports of account chains.

Plain is a ledger whose rows all state block, time, amount, position and transaction, no output of a coin,
one account of each transaction's fee, and one block of each transaction (exports of both sides of a
reorganization may tell two). Part files are taken in the order of their first times; rows are done with
when every file that is still to come begins later. The result is that of `bongsu.store.seal`, byte for
byte; whatever is not plain is left to it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.kernel.intern import Interner
from bongsu.kernel.repeat import occurs_twice
from bongsu.kernel.sequence import keeps_time
from bongsu.store.column_file import Place, Scratch
from bongsu.store.holder_write import HolderWriter
from bongsu.store.layout import Layout
from bongsu.store.layout_write import LayoutWriter
from bongsu.store.plain_part import NotPlain, PlainReader, PlainRows
from bongsu.store.plain_window import Window, order_window
from bongsu.store.pool_order import write_pools
from bongsu.store.seal import SealCounts

Array = npt.NDArray[Any]
MOST_WAITING = 6_000_000
"""Rows that may wait for later files; files that overlap more are sorted by the database engine."""
_END = np.iinfo(np.int64).max
_AHEAD = 1
Result = TypeVar("Result")


def seal_plain(
    ledger: Path, parts: pa.Table, chains: list[str], place: Place, *, fees_split: bool
) -> tuple[SealCounts, Layout]:
    """Counts and layout.

    Args:
        ledger: The ledger's folder.
        parts: Schema `bongsu.store.citation.PART`.
        chains: CAIP-2 ids of all chains in it, sorted.
        place: Where the layout is made.
        fees_split: Whether some file states fees in parts.

    Raises:
        NotPlain: When the database engine must seal it.
        LedgerError: When the disk is full.

    Cost: about 0.5 us a row; memory: 64 bytes a pool, some part files, and rows that wait.
    """
    interner = Interner()
    reader = PlainReader(ledger, chains, interner)
    with ExitStack() as stack:
        writer = stack.enter_context(LayoutWriter(place, chains))
        holders = stack.enter_context(HolderWriter(place))
        begun = place.scratch("begun", "<u8")
        stack.callback(begun.leave)
        windows = _ordered(reader, parts, fees_split=fees_split)
        repeated, transactions = _write_movements(windows, writer, begun, chains=len(chains))
        with ThreadPoolExecutor(max_workers=1) as beside:
            twice = beside.submit(occurs_twice, begun.pieces, transactions)
            new = write_pools(holders, interner, reader.assets)
            if twice.result():
                raise NotPlain("a transaction is in two blocks")
        del interner, reader  # 64 bytes a pool, before the indexes need room
        layout = writer.close(holders.close(), new=new)
    total = int(np.sum(parts["rows"].to_numpy()))
    movements = total - repeated
    return SealCounts(rows=total, repeated=repeated, dropped=0, assumed=0, movements=movements), layout


def _write_movements(
    windows: Iterable[Window], writer: LayoutWriter, begun: Scratch, *, chains: int
) -> tuple[int, int]:
    """How many rows only repeat another, and how many transactions there are."""
    last = np.full((chains, 2), -1, dtype=np.int64)
    repeated = transactions = 0
    for window in windows:
        if not keeps_time(window.keys, last):
            raise NotPlain("time runs backward")
        repeated += window.repeated
        transactions += len(window.begun)
        begun.append(window.begun)
        writer.add(window.rows)
    return repeated, transactions


def _ordered(reader: PlainReader, parts: pa.Table, *, fees_split: bool) -> Iterator[Window]:
    # One thread decodes the next part, one looks up holders, this one puts in order and writes.
    with ThreadPoolExecutor(max_workers=1) as decoder, ThreadPoolExecutor(max_workers=1) as numberer:
        for rows in _windows(_sweep(reader, parts, decoder, numberer)):
            yield order_window(rows, fees_split=fees_split)


def _windows(swept: Iterator[tuple[PlainRows, int]]) -> Iterator[PlainRows]:
    """Rows of whole blocks, of whatever part; blocks ascend from one to the next."""
    waiting = PlainRows.none()
    for rows, bound in swept:
        ready, waiting = PlainRows.joined(waiting, rows).split(bound)
        if len(waiting) > MOST_WAITING:
            raise NotPlain("files overlap")
        if len(ready):
            yield ready


def _sweep(
    reader: PlainReader, parts: pa.Table, decoder: Executor, numberer: Executor
) -> Iterator[tuple[PlainRows, int]]:
    """Rows of each part by first times, and the first time of all parts that are still to come."""
    listed = parts.to_pylist()
    starts = [_first_time(reader.ledger / one["path"]) for one in listed]
    order = sorted(range(len(listed)), key=lambda at: (starts[at], at))
    bounds = [*(starts[at] for at in order[1:]), _END][: len(order)]
    tables = _ahead(decoder, (partial(reader.load, listed[at]) for at in order))
    numbered = (partial(reader.rows, table, listed[at]) for table, at in zip(tables, order, strict=True))
    yield from zip(_ahead(numberer, numbered), bounds, strict=True)


def _ahead(worker: Executor, tasks: Iterable[Callable[[], Result]]) -> Iterator[Result]:
    """Results in order, one task ahead of who asks."""
    coming: deque[Future[Result]] = deque()
    for task in tasks:
        coming.append(worker.submit(task))
        if len(coming) > _AHEAD:
            yield coming.popleft().result()
    while coming:
        yield coming.popleft().result()


def _first_time(path: Path) -> int:
    """Smallest time of a part file in microseconds, from its statistics.

    Raises:
        NotPlain: When it states none.
    """
    found = []
    with pq.ParquetFile(path) as file:
        place = file.schema_arrow.get_field_index("time")
        for group in range(file.num_row_groups):
            stated = file.metadata.row_group(group).column(place).statistics
            if stated is None or not stated.has_min_max or stated.null_count:
                raise NotPlain("no time")
            found.append(round(stated.min.timestamp() * 1_000_000))
    return min(found, default=_END)
