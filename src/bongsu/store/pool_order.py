"""From pools in the order in which they were first seen to the order of a ledger."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.intern import Interner
from bongsu.store.holder import NAME
from bongsu.store.holder_write import HolderWriter

Array = npt.NDArray[Any]
_LOW = np.uint64(0xFFFFFFFF)
_MOST_OWNERS = 2**16 - 1
_PIECE = 1 << 20


def write_pools(writer: HolderWriter, interner: Interner, assets: list[tuple[str, str]]) -> Array:
    """Final number of each pool, uint32; the writer has all of them in the order of `store.holder`.

    Args:
        writer: New.
        interner: Holders by owner.
        assets: Chain and asset of each owner.

    Cost: a sort of all pools.
    """
    record = interner.table.record[: len(interner)]
    listed = sorted(range(len(assets)), key=assets.__getitem__)
    owner = np.argsort(listed)[(record[:, 0] >> np.uint64(32)).astype(np.int64)]
    apart = record[:, 3] > 0
    accounts = _account_order(record, owner, np.flatnonzero(~apart))
    names, texts = _name_order(interner, owner, np.flatnonzero(apart))
    below = pc.less(texts, "0x").to_numpy(zero_copy_only=False)
    new = np.empty(len(record), dtype=np.uint32)
    done = 0
    for number, (chain, asset) in enumerate(assets[at] for at in listed):
        own = slice(*np.searchsorted(owner[names], [number, number + 1]))
        held = slice(*np.searchsorted(owner[accounts], [number, number + 1]))
        cut = own.start + int(below[own].sum())
        groups = (names[own.start : cut], accounts[held], names[cut : own.stop])
        if any(len(group) for group in groups):
            writer.open_asset(chain, asset)
        writer.add_names(_name_table(texts.slice(own.start, cut - own.start)))
        _add_accounts(writer, record, accounts[held])
        writer.add_names(_name_table(texts.slice(cut, own.stop - cut)))
        for group in groups:
            new[group] = np.arange(done, done + len(group), dtype=np.uint32)
            done += len(group)
    return new


def _account_order(record: Array, owner: Array, rows: Array) -> Array:
    """Numbers of accounts by owner, then by their 20 bytes."""
    picked = record[rows]
    # Owners and the first bytes in one word settle nearly all; what is alike there is sorted by all.
    first = (owner[rows].astype(np.uint64) << np.uint64(48)) | (
        (picked[:, 0] & _LOW) << np.uint64(16) | picked[:, 1] >> np.uint64(48)
    )
    keys = (picked[:, 2], picked[:, 1], picked[:, 0] & _LOW, owner[rows])
    if len(rows) and keys[-1].max() > _MOST_OWNERS:
        return rows[np.lexsort(keys)]
    order = np.argsort(first)
    ranked = first[order]
    alike = np.flatnonzero(ranked[1:] == ranked[:-1])
    for at in np.split(alike, np.flatnonzero(np.diff(alike) > 1) + 1) if len(alike) else []:
        run = slice(int(at[0]), int(at[-1]) + 2)
        group = order[run]
        order[run] = group[np.lexsort(tuple(key[group] for key in keys))]
    return rows[order]


def _name_order(interner: Interner, owner: Array, rows: Array) -> tuple[Array, pa.Array]:
    """Numbers of other names by owner, then by text, and the texts in that order."""
    first, data = interner.apart(rows)
    buffers = [None, pa.py_buffer(first), pa.py_buffer(data)]
    texts = pa.Array.from_buffers(pa.string(), len(rows), buffers)
    table = pa.table({"owner": owner[rows], "text": texts})
    order = pc.sort_indices(table, [("owner", "ascending"), ("text", "ascending")])
    return rows[order.to_numpy()], texts.take(order)


def _name_table(texts: pa.Array) -> pa.Table:
    return pa.table([texts, pa.nulls(len(texts), pa.string())], schema=NAME)


def _add_accounts(writer: HolderWriter, record: Array, numbers: Array) -> None:
    for first in range(0, len(numbers), _PIECE):
        words = record[numbers[first : first + _PIECE], :3]
        keys = words.astype(">u8").view(np.uint8).reshape(len(words), 24)[:, 4:]
        writer.add_accounts(keys)
