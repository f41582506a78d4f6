"""Tables of links, made of rows of deposits and of withdrawals, and the reasons that they state."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.case import Array
from bongsu.model.bridge import BRIDGE_LINK
from bongsu.model.text import _

_SIDE = {
    "chain": "chain",
    "tx": "tx_hash",
    "position": "position",
    "time": "time",
    "asset": "asset",
    "amount": "amount",
}
"""Columns of a link's side, and of the events that they come from."""


def link_table(
    deposits: pa.Table, withdrawals: pa.Table, method: str, *, percent: Array, why: Sequence[pa.Array]
) -> pa.Table:
    """Links of the k-th deposit with the k-th withdrawal, schema BRIDGE_LINK.

    Args:
        deposits: Events, schema BRIDGE_EVENT.
        withdrawals: As many events.
        method: One of METHODS.
        percent: Probability of each link.
        why: Reasons, each a column of texts; a null is no reason.
    """
    count = deposits.num_rows
    by_id = method == "id"
    columns: dict[str, pa.Array] = {
        "bridge": deposits["bridge"],
        "method": pa.repeat(pa.scalar(method), count),
        "probability": pa.array(percent, pa.int8()),
        "why": _reasons(why, count),
        "transfer_id": deposits["transfer_id"] if by_id else pa.nulls(count, pa.string()),
        "fee": _fees(deposits, withdrawals),
    }
    for side, table in (("deposit", deposits), ("withdrawal", withdrawals)):
        columns |= {f"{side}_{name}": table[own] for name, own in _SIDE.items()}
    return pa.table([columns[name] for name in BRIDGE_LINK.names], schema=BRIDGE_LINK)


def stated_links(pairs: pa.Table, events: pa.Table, *, percent: int) -> pa.Table:
    """Links that a source lists, schema BRIDGE_LINK, with what the events say of their sides.

    Args:
        pairs: Texts `bridge`, and `chain` and `tx` of both sides: `deposit_chain`, `deposit_tx`,
            `withdrawal_chain`, `withdrawal_tx`.
        events: Schema BRIDGE_EVENT; a side that has none, or several in its transaction, states nothing.
        percent: Confidence in the list.
    """
    found = []
    for side in ("deposit", "withdrawal"):
        own = events.filter(pc.equal(events["direction"], side))
        keys = _places([own["bridge"], own["chain"], own["tx_hash"]])
        counted = keys.value_counts()
        once = counted.field("values").filter(pc.equal(counted.field("counts"), 1))
        wanted = _places([pairs["bridge"], pairs[f"{side}_chain"], pairs[f"{side}_tx"]])
        wanted = pc.if_else(pc.is_in(wanted, value_set=once), wanted, None)
        known = own.take(pc.index_in(wanted, value_set=keys))
        for name, column in (("bridge", "bridge"), ("chain", f"{side}_chain"), ("tx_hash", f"{side}_tx")):
            known = known.set_column(known.column_names.index(name), name, pairs[column])
        found.append(known)
    why = [pa.repeat(pa.scalar(_("A source lists the two as one transfer.")), pairs.num_rows)]
    deposits, withdrawals = found
    return link_table(deposits, withdrawals, "stated", percent=np.full(pairs.num_rows, percent), why=why)


def _places(columns: Sequence[pa.ChunkedArray]) -> pa.Array:
    """One text of what tells a transaction from others."""
    return pc.binary_join_element_wise(*columns, "\x1f").combine_chunks()


def filled(template: str, name: str, values: pa.Array) -> pa.Array:
    """The template with each value in place of `{name}`; null where the value is null."""
    before, _mark, after = template.partition("{" + name + "}")
    texts = values.cast(pa.string())
    return pc.binary_join_element_wise(pa.scalar(before), texts, pa.scalar(after), "")


def where(mask: Array, text: str | pa.Array) -> pa.Array:
    """The text where the mask is true, null elsewhere."""
    return pc.if_else(pa.array(mask), text, pa.scalar(None, pa.string()))


def comparable(deposits: pa.Table, withdrawals: pa.Table) -> Array:
    """Whether both amounts are stated in decimals that are known to be equal."""
    equal = pc.equal(deposits["decimals"], withdrawals["decimals"])
    stated = pc.and_(deposits["amount"].is_valid(), withdrawals["amount"].is_valid())
    found: Array = pc.fill_null(pc.and_(equal, stated), False).to_numpy(zero_copy_only=False)
    return found


def _fees(deposits: pa.Table, withdrawals: pa.Table) -> pa.Array:
    """What left less what arrived; null where the two do not compare or more arrived than left."""
    same = comparable(deposits, withdrawals)
    less = pc.greater_equal(deposits["amount"], withdrawals["amount"]).fill_null(False).to_numpy()
    known = np.flatnonzero(same & less)
    left, arrived = (table["amount"].take(pa.array(known)).to_pylist() for table in (deposits, withdrawals))
    fees = pa.array([one - other for one, other in zip(left, arrived, strict=True)], pa.decimal128(38, 0))
    place = np.full(deposits.num_rows, -1, dtype=np.int64)
    place[known] = np.arange(len(known))
    return fees.take(pa.array(place, mask=place < 0))


def _reasons(columns: Sequence[pa.Array], count: int) -> pa.Array:
    """List of each row's reasons in the order of the columns."""
    if not columns:
        return pa.array([[]] * count, pa.list_(pa.string()))
    parts = [column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for column in columns]
    # Row by row: the k-th reason of row r stands at r * len(columns) + k.
    order = np.arange(count * len(parts)).reshape(len(parts), count).T.reshape(-1)
    flat = pa.concat_arrays(parts).take(pa.array(order))
    present = flat.is_valid().to_numpy(zero_copy_only=False).reshape(count, len(parts)).sum(axis=1)
    offsets = np.concatenate([[0], np.cumsum(present)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), flat.drop_null())
