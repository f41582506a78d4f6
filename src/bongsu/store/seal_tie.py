"""Last step of a seal: which neighbors among the ordered movements share an order that is not known."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


def add_ties(batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Movements with their ties; input is as `seal_order.ordered_batches` gives it.

    A batch may end inside a block, so rows of its last block wait for the next one.
    """
    waiting: list[pa.Table] = []
    last = 0
    for batch in batches:
        joined = pa.concat_tables([*waiting, batch])
        starts = np.flatnonzero(_block_starts(joined))
        cut = int(starts[-1]) if len(starts) else 0
        waiting = [joined.slice(cut)]
        if cut:
            done, last = _tied(joined.slice(0, cut), last)
            yield done
    for rest in waiting:
        if len(rest):
            yield _tied(rest, last)[0]


def _tied(rows: pa.Table, last: int) -> tuple[pa.Table, int]:
    """Rows of whole blocks with their ties, and the last number given."""
    ties = tie_numbers(rows)
    ties = np.where(ties > 0, ties + last, 0)
    last = max(last, int(ties.max(initial=0)))
    return rows.append_column("tie", pa.array(ties)), last


def tie_numbers(rows: pa.Table) -> Numbers:
    """Number of each row's tie, 0 for none; the rows are whole blocks in order.

    Loose rows of a block (neither transaction index nor place in the log) tie if they are of more than
    one transaction. Rows of one transaction tie if they do not state their position.
    """
    loose = _flags(rows.column("loose"))
    block_starts = _block_starts(rows)
    tx_starts = block_starts | _changes(rows.column("tx_index")) | _changes(rows.column("tx_hash"))
    runs = block_starts | _flips(loose)
    no_hash = _flags(pc.equal(rows.column("tx_hash"), ""))
    mixed = loose & _any_in_run((tx_starts & ~runs) | no_hash, runs)
    tied = mixed | _flags(rows.column("position").is_null())
    starts = tied & (_flips(tied) | np.where(mixed, runs, tx_starts))
    numbers = np.cumsum(starts)
    sizes = np.bincount(numbers[tied], minlength=int(numbers[-1]) + 1 if len(numbers) else 1)
    real = np.cumsum(sizes > 1)
    return np.where(tied & (sizes[numbers] > 1), real[numbers], 0).astype(np.int64)


def _any_in_run(flags: Flags, run_starts: Flags) -> Flags:
    """For each row whether any row of its run is flagged."""
    run = np.cumsum(run_starts) - 1
    hit = np.zeros(len(flags) + 1, dtype=np.bool_)
    hit[run[flags]] = True
    found: Flags = hit[run]
    return found


def _block_starts(rows: pa.Table) -> Flags:
    """Rows whose block, or time where there is no block, differs from the row before; the first is one."""
    no_block = _flags(rows.column("block").is_null())
    changed = _changes(rows.column("chain_no")) | _changes(rows.column("block"))
    starts = changed | (no_block & _changes(rows.column("time")))
    starts[:1] = True
    return starts


def _flips(flags: Flags) -> Flags:
    flips = np.ones(len(flags), dtype=np.bool_)
    flips[1:] = flags[1:] != flags[:-1]
    return flips


def _changes(column: pa.ChunkedArray) -> Flags:
    """Rows whose value differs from the row before, nulls being alike; the first is one."""
    values = pc.fill_null(pc.not_equal(column.slice(1), column.slice(0, max(len(column) - 1, 0))), False)
    changes = np.ones(len(column), dtype=np.bool_)
    changes[1:] = values.to_numpy()
    return changes | _flips(_flags(column.is_null()))


def _flags(column: pa.ChunkedArray) -> Flags:
    flags: Flags = pc.fill_null(column, False).to_numpy()
    return flags
