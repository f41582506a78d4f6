"""Transactions of raw Bitcoin blocks."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.normalize.bitcoin_script import script_addresses
from bongsu.normalize.context import Context
from bongsu.normalize.movement import Movements
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.utxo import INPUT, OUTPUT, Transactions, coinbase_last, move_transactions


def normalize(batch: Batch, context: Context) -> Normalized:
    """Movements of each transaction; amounts of inputs are known where the same block made them."""
    screen = Screen(batch.rows)
    moves = Movements(screen)
    rows = screen.rows
    tx_index = _column(rows, "tx_index")
    coinbase = as_mask(pc.equal(tx_index, 0))
    table = Transactions(
        tx_hash=_column(rows, "hash"),
        block=_column(rows, "block_height"),
        block_hash=_column(rows, "block_hash"),
        time=screen.time("block_time"),
        tx_index=coinbase_last(tx_index, coinbase, _column(rows, "tx_count")),
        coinbase=coinbase,
        inputs=_inputs(_column(rows, "inputs")),
        outputs=_outputs(_column(rows, "outputs")),
    )
    move_transactions(moves, table)
    return moves.result({})


def _column(rows: pa.Table, name: str) -> pa.Array:
    column = rows.column(name)
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _inputs(lists: pa.Array) -> pa.Array:
    flat = pc.list_flatten(lists)
    number = pc.struct_field(flat, "number").cast(pa.string())
    columns = [
        _places(lists),
        pc.binary_join_element_wise(pc.struct_field(flat, "hash"), number, ":"),
        pc.struct_field(flat, "value"),
        script_addresses(pc.struct_field(flat, "script")),
    ]
    return _listed(lists, pa.StructArray.from_arrays(columns, fields=list(INPUT)))


def _outputs(lists: pa.Array) -> pa.Array:
    flat = pc.list_flatten(lists)
    columns = [
        _places(lists),
        pc.struct_field(flat, "value"),
        script_addresses(pc.struct_field(flat, "script")),
    ]
    return _listed(lists, pa.StructArray.from_arrays(columns, fields=list(OUTPUT)))


def _offsets(lists: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    sizes = pc.list_value_length(lists).to_numpy()
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _places(lists: pa.Array) -> pa.Array:
    """Place of each item in its list."""
    starts = _offsets(lists)[:-1]
    sizes = pc.list_value_length(lists).to_numpy()
    return pa.array(np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(starts, sizes))


def _listed(lists: pa.Array, flat: pa.Array) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(_offsets(lists)), flat)
