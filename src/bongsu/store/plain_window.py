"""Rows of whole blocks of a plain ledger in their order, each once."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bongsu.kernel.sequence import Keys, equal_neighbors, is_ordered, same_transaction
from bongsu.model.transfer import KINDS
from bongsu.store.layout_write import Rows
from bongsu.store.plain_part import NotPlain, PlainRows

Array = npt.NDArray[Any]
_TOKEN = KINDS.index("token")
_ODD = np.uint64(0x9E3779B97F4A7C15)
_FEES = (KINDS.index("fee"), KINDS.index("base_fee"))


class Window(NamedTuple):
    """Rows of whole blocks in their order, each once."""

    rows: Rows
    keys: Keys
    repeated: int
    """How many rows only repeated another."""
    begun: Array
    """A number for each transaction, as good as its chain and hash: uint64."""


def order_window(rows: PlainRows, *, fees_split: bool) -> Window:
    """Movements in order.

    Args:
        rows: All rows of some blocks.
        fees_split: Whether a fee may be stated in one sum by one file and in parts by another.

    Raises:
        NotPlain: When the order or what repeats has to be worked out.
    """
    filled = _filled_index(rows)
    keys = _keys(rows, filled)
    if not is_ordered(keys):
        order = np.lexsort(keys[::-1])
        rows, filled, keys = rows.take(order), filled[order], Keys(*(key[order] for key in keys))
    rows, filled, keys, repeated = _once(rows, filled, keys)
    same, forks = same_transaction(keys, rows.words)
    if forks and not _stand_together(rows, keys, same):
        raise NotPlain("transactions are mixed")
    if (same[1:] & (filled[1:] != filled[:-1])).any():
        raise NotPlain("a transaction has two places")
    if fees_split:
        _demand_one_account(rows, same)
    count = len(rows)
    made = Rows(
        source=rows.source,
        target=rows.target,
        amount=rows.amount,
        kind=rows.kind,
        assumed=np.zeros(count, dtype=bool),
        same=same,
        stated=np.ones(count, dtype=bool),
        tag=(rows.words[:, 0] >> np.uint64(32)).astype(np.uint32),
        cite=rows.cite,
        chain=rows.chain,
        block=rows.block,
        time=rows.time,
        tie=np.zeros(count, dtype=np.int64),
        tx_index=np.where(rows.tx_index < 0, filled, -1),
    )
    return Window(made, keys, repeated, _begun(rows, same))


def _begun(rows: PlainRows, same: Array) -> Array:
    starts = np.flatnonzero(~same)
    begun: Array = rows.words[starts, 0] ^ rows.chain[starts].astype(np.uint64) * _ODD
    return begun


def _filled_index(rows: PlainRows) -> Array:
    """Index of each row's transaction, from any of its rows; -1 where none states it."""
    if not (rows.tx_index < 0).any():
        return rows.tx_index
    order = np.lexsort((*rows.words.T[::-1], rows.block, rows.chain))
    starts = np.ones(len(order), dtype=bool)
    columns = (rows.chain, rows.block, *rows.words.T)
    starts[1:] = np.any([column[order[1:]] != column[order[:-1]] for column in columns], axis=0)
    run = np.cumsum(starts) - 1
    least = np.full(int(run[-1]) + 1, np.iinfo(np.int64).max)
    stated = np.where(rows.tx_index < 0, np.iinfo(np.int64).max, rows.tx_index)[order]
    np.minimum.at(least, run, stated)
    filled = np.empty(len(order), dtype=np.int64)
    filled[order] = np.where(least == np.iinfo(np.int64).max, -1, least)[run]
    return np.where(rows.tx_index < 0, filled, rows.tx_index)


def _keys(rows: PlainRows, filled: Array) -> Keys:
    path = rows.path
    if path.dtype == object:
        known = sorted({one for one in path.tolist() if isinstance(one, str)})
        rank = {one: number for number, one in enumerate(known, start=1)}
        path = np.array([rank.get(one, 0) for one in path.tolist()], dtype=np.int64)
    return Keys(
        rows.time, rows.chain, rows.block, _places(rows, filled), rows.position, path.astype(np.int64)
    )


def _places(rows: PlainRows, filled: Array) -> Array:
    """Place of each row's transaction in its block.

    A token event whose transaction has none stands by its place in the log: after the last one before it.
    """
    bare = filled < 0
    if not bare.any():
        return filled
    logged = rows.kind == _TOKEN
    if (bare & ~logged).any():
        raise NotPlain("no place in its block")
    at = np.flatnonzero(logged)
    order = at[np.lexsort((rows.position[at], rows.block[at], rows.chain[at]))]
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (rows.block[order[1:]] != rows.block[order[:-1]]) | (
        rows.chain[order[1:]] != rows.chain[order[:-1]]
    )
    # The largest so far within a block: blocks are lifted above each other, then lowered again.
    lift = (np.cumsum(starts) - 1) * (int(filled.max()) + 2)
    places = filled.copy()
    places[order] = np.maximum.accumulate(filled[order] + lift) - lift
    return np.where(bare, places, filled)


def _once(rows: PlainRows, filled: Array, keys: Keys) -> tuple[PlainRows, Array, Keys, int]:
    """Rows that say the same at the same place once, by the row of the smallest number; the rest by hash."""
    equal = equal_neighbors(keys)
    if not equal.any():
        return rows, filled, keys, 0
    kept = np.ones(len(rows), dtype=bool)
    order = np.arange(len(rows))
    starts = np.flatnonzero(~equal & np.append(equal[1:], False))
    for first in starts.tolist():
        last = first + 1
        while last < len(equal) and equal[last]:
            last += 1
        _settle(rows, order, kept, slice(first, last))
    taken = order[kept]
    return rows.take(taken), filled[taken], Keys(*(key[taken] for key in keys)), len(rows) - len(taken)


def _settle(rows: PlainRows, order: Array, kept: Array, group: slice) -> None:
    """Nothing; rows of one place are in order, and those that repeat are not kept.

    Raises:
        NotPlain: When rows of one transaction say different things at one place.
    """
    said: dict[tuple[Any, ...], list[int]] = {}
    for row in range(group.start, group.stop):
        content = tuple(int(one[row]) for one in (rows.source, rows.target, rows.kind))
        said.setdefault((*rows.words[row].tolist(), *content, *rows.amount[row].tolist()), []).append(row)
    heads = {key[0] >> 16 for key in said}
    if len(heads) < len(said):
        raise NotPlain("one place, several movements")
    first = [min(said[key], key=lambda row: rows.cite[row]) for key in sorted(said)]
    order[group] = first + [row for row in range(group.start, group.stop) if row not in first]
    kept[group] = [number < len(first) for number in range(group.stop - group.start)]


def _stand_together(rows: PlainRows, keys: Keys, same: Array) -> bool:
    """Whether no transaction's rows stand in two places of its block."""
    starts = np.flatnonzero(~same)
    told = np.stack([keys.chain[starts], keys.block[starts], *rows.words[starts].T.astype(np.int64)], axis=1)
    return len(np.unique(told, axis=0)) == len(starts)


def _demand_one_account(rows: PlainRows, same: Array) -> None:
    """Nothing; the fees of each transaction are told by one file.

    Raises:
        NotPlain: When two files tell them.
    """
    fee = np.isin(rows.kind, _FEES)
    near = same[1:] & fee[1:] & fee[:-1]
    if (near & (rows.file[1:] != rows.file[:-1])).any():
        raise NotPlain("two files tell a fee")
