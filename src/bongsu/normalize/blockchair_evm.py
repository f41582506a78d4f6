"""Ethereum transactions of Blockchair's dumps: renamed to ethereum-etl's columns, then the same."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.normalize import evm_transaction
from bongsu.normalize.context import Context

_RENAMED = {
    "block_id": "block_number",
    "index": "transaction_index",
    "time": "block_timestamp",
    "value": "value",
    "gas_used": "receipt_gas_used",
    "gas_price": "gas_price",
}
_SYNTHETIC = "synthetic_coinbase"


def normalize(batch: Batch, context: Context) -> Normalized:
    """Value, fee and gaps of each transaction; Blockchair's made-up coinbase rows are set aside."""
    synthetic = pc.equal(batch.rows.column("type"), _SYNTHETIC).combine_chunks().fill_null(False)
    rows = batch.rows.filter(pc.invert(synthetic))
    columns = {new: rows.column(old) for old, new in _RENAMED.items()}
    columns |= {
        "hash": _prefixed(rows.column("hash")),
        "from_address": _prefixed(rows.column("sender")),
        "to_address": _prefixed(rows.column("recipient")),
        "input": _prefixed(rows.column("input_hex")),
        "receipt_status": _status(rows.column("failed")),
        "locator": rows.column("locator"),
    }
    made = evm_transaction.normalize(Batch(rows=pa.table(columns), rejects=batch.rejects), context)
    count = batch.rows.num_rows - rows.num_rows
    aside = made.set_aside | ({_SYNTHETIC: count} if count else {})
    return Normalized(
        rows_in=made.rows_in + count,
        rows_kept=made.rows_kept,
        transfers=made.transfers,
        rejects=made.rejects,
        gaps=made.gaps,
        set_aside=aside,
    )


def _prefixed(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Hexadecimal text with the `0x` that the dumps leave out."""
    bare = pc.invert(pc.starts_with(texts, "0x"))
    return pc.if_else(bare, pc.binary_join_element_wise("0x", texts, ""), texts)


def _status(failed: pa.ChunkedArray) -> pa.ChunkedArray:
    """1 for success, 0 for failure, any other text unchanged for the rule that refuses it."""
    lowered = pc.utf8_lower(failed)
    succeeded = pc.is_in(lowered, pa.array(["0", "false"]))
    broke = pc.is_in(lowered, pa.array(["1", "true"]))
    return pc.if_else(succeeded, "1", pc.if_else(broke, "0", failed))
