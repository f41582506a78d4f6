"""Events that say half of a transfer, joined to the other half that the same transaction logs."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.bridge import BRIDGE_EVENT

Rows = npt.NDArray[np.int64]

_KEY = ("bridge", "chain", "tx_hash", "direction")
_LEAST = ("confidence", "established")
"""Columns of which a joined event has the lesser value."""


def join_parts(events: pa.Table) -> pa.Table:
    """Events in which an id that says nothing of the value, and a value without an id, have become one.

    Within a bridge, transaction and direction the k-th of the ones goes with the k-th of the others, in the
    order of the log, and only where both are equally many; else all stay as they are. The joined event
    stands where the value stood.
    """
    number, count = _numbered(events)
    ids, amounts, assets = (events[name].is_valid().to_numpy() for name in ("transfer_id", "amount", "asset"))
    only_id, no_id = np.flatnonzero(ids & ~amounts & ~assets), np.flatnonzero(~ids)
    equal = np.bincount(number[only_id], minlength=count) == np.bincount(number[no_id], minlength=count)
    only_id, no_id = only_id[equal[number[only_id]]], no_id[equal[number[no_id]]]
    if not len(only_id):
        return events
    left, right = _ordered(events, number, only_id), _ordered(events, number, no_id)
    joined = _join(events.take(pa.array(right)), events.take(pa.array(left)))
    alone = np.setdiff1d(np.arange(events.num_rows), np.concatenate([left, right]))
    rest = events.take(pa.array(alone))
    return pa.concat_tables([rest, joined]).sort_by([("locator", "ascending"), ("bridge", "ascending")])


def _numbered(events: pa.Table) -> tuple[Rows, int]:
    """Number of each event's bridge, transaction and direction, and how many there are."""
    keys = pc.binary_join_element_wise(*[events[name] for name in _KEY], " ").combine_chunks()
    encoded = keys.dictionary_encode()
    return encoded.indices.to_numpy().astype(np.int64), len(encoded.dictionary)


def _ordered(events: pa.Table, number: Rows, rows: Rows) -> Rows:
    """The rows by number, then in the order of the log."""
    position = events["position"].fill_null(-1).to_numpy()
    order: Rows = rows[np.lexsort((rows, position[rows], number[rows]))]
    return order


def _join(first: pa.Table, second: pa.Table) -> pa.Table:
    """Rows of the first with what they lack from the second."""
    columns = []
    for name in BRIDGE_EVENT.names:
        one, other = first[name].combine_chunks(), second[name].combine_chunks()
        if name in _LEAST:
            least = pc.and_ if name == "established" else pc.min_element_wise
            columns.append(least(one, other))
        else:
            columns.append(pc.coalesce(one, other))
    return pa.table(columns, schema=BRIDGE_EVENT)
