"""Tables that ethereum-etl writes: transactions, token transfers, logs, traces, blocks.

As CSV, JSON lines (also from its stream) or Parquet. Column names: ethereum-etl, docs/schema.md.
"""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.model.asset import ETHER
from bongsu.model.transfer import NULL_HOLDER
from bongsu.read.sniff import Shape
from bongsu.read.tabular import Tabular, same_names

TRANSACTION_COLUMNS = (
    "type",
    "hash",
    "block_number",
    "block_timestamp",
    "transaction_index",
    "from_address",
    "to_address",
    "value",
    "gas_price",
    "input",
    "receipt_gas_used",
    "receipt_contract_address",
    "receipt_status",
    "receipt_effective_gas_price",
    "receipt_blob_gas_used",
    "receipt_blob_gas_price",
)
"""Raw columns of transactions; `input` is not read where `receipt_gas_used` says as much."""
TRANSFER_COLUMNS = (
    "type",
    "token_address",
    "from_address",
    "to_address",
    "value",
    "transaction_hash",
    "log_index",
    "block_number",
    "block_timestamp",
)
"""Raw columns of token transfers."""
TRACE_COLUMNS = (
    "type",
    "block_number",
    "block_timestamp",
    "transaction_hash",
    "transaction_index",
    "from_address",
    "to_address",
    "value",
    "trace_type",
    "call_type",
    "trace_address",
    "trace_id",
    "error",
    "status",
)
"""Raw columns of traces."""
LOG_COLUMNS = (
    "type",
    "block_number",
    "block_timestamp",
    "transaction_hash",
    "transaction_index",
    "log_index",
    "address",
    "topics",
    "data",
)
"""Raw columns of logs; topics are joined by commas."""
BLOCK_COLUMNS = ("type", "number", "timestamp", "base_fee_per_gas", "withdrawals")
"""Raw columns of blocks."""

TRANSACTION_KEYS = ("hash", "block_number", "transaction_index", "from_address", "to_address", "value")
TRANSFER_KEYS = tuple(TRANSFER_COLUMNS[1:8])
TRACE_KEYS = (
    "block_number",
    "transaction_hash",
    "from_address",
    "to_address",
    "value",
    "trace_type",
    "trace_address",
)
LOG_KEYS = ("block_number", "transaction_hash", "log_index", "address", "topics", "data")
BLOCK_KEYS = ("number", "timestamp", "parent_hash", "gas_used")

pick_transaction = same_names(TRANSACTION_COLUMNS, unless={"input": "receipt_gas_used"})

_UNIX = re.compile(r"[0-9]*|u?int[0-9]+|double|decimal.*")


def has_unix_times(shape: Shape, name: str) -> bool:
    """Whether the first row writes the time as a number, or not at all."""
    return _UNIX.fullmatch(shape.first.get(name, "")) is not None


TRANSACTIONS = Tabular(
    TRANSACTION_COLUMNS,
    required=TRANSACTION_KEYS,
    pick=pick_transaction,
    accept=lambda shape: has_unix_times(shape, "block_timestamp"),
)
TOKEN_TRANSFERS = Tabular(
    TRANSFER_COLUMNS, required=TRANSFER_KEYS, accept=lambda shape: has_unix_times(shape, "block_timestamp")
)
TRACES = Tabular(
    TRACE_COLUMNS, required=TRACE_KEYS, accept=lambda shape: has_unix_times(shape, "block_timestamp")
)
LOGS = Tabular(LOG_COLUMNS, required=LOG_KEYS, accept=lambda shape: has_unix_times(shape, "block_timestamp"))
BLOCKS = Tabular(BLOCK_COLUMNS, required=BLOCK_KEYS, accept=lambda shape: has_unix_times(shape, "timestamp"))

WRITTEN = pa.schema(
    [
        ("hash", pa.string()),
        ("nonce", pa.int64()),
        ("block_number", pa.int64()),
        ("block_timestamp", pa.int64()),
        ("transaction_index", pa.int64()),
        ("from_address", pa.string()),
        ("to_address", pa.string()),
        ("value", pa.string()),
        ("gas", pa.int64()),
        ("gas_price", pa.int64()),
        ("input", pa.string()),
        ("receipt_gas_used", pa.int64()),
        ("receipt_status", pa.int64()),
    ]
)
"""Columns of transactions that `write_transactions` makes, in this order."""
_SAME = {
    "nonce": 0,
    "gas": 21_000,
    "gas_price": 0,
    "input": "0x",
    "receipt_gas_used": 21_000,
    "receipt_status": 1,
}
_NOBODY = "0x" + "0" * 40
_RANDOM = ("hash", "from_address", "to_address", "value")
"""Columns of which a dictionary would be as long as they are."""
_COUNTED = [name for name in WRITTEN.names if name not in _RANDOM]
_LAYOUT: dict[str, Any] = {
    "compression": {name: "none" if name == "hash" else "snappy" for name in WRITTEN.names},
    "use_dictionary": _COUNTED,
    "write_statistics": _COUNTED,
}
"""How columns are stored. Snappy would save a tenth of the hashes and write them five times slower."""
_IN_FLIGHT = 2
"""Batches that may wait for the thread that compresses and writes."""


def write_transactions(
    path: Path,
    batches: Iterable[pa.Table],
    *,
    note: str = "",
    progress: Callable[[int], None] = lambda rows: None,
) -> int:
    """Number of transactions in the Parquet file that is written: one for each transfer of ether.

    Gas is free, so that nothing but the transfers moves; new coins come from address zero. A thread of
    its own compresses and writes, while the next batch is made.

    Args:
        path: File; overwritten.
        batches: Transfers, schema `bongsu.model.transfer.TRANSFER`, each a transaction by itself.
        note: What the file says of itself in its metadata, under `note`.
        progress: Told the rows that are written.

    Raises:
        ValueError: When a transfer is not of ether.
        OSError: When the file cannot be written.

    Cost: two batches of memory.
    """
    schema = WRITTEN.with_metadata({"note": note} if note else None)
    waiting: list[Future[int]] = []
    done = 0
    with (
        pq.ParquetWriter(path, schema, **_LAYOUT) as file,
        ThreadPoolExecutor(max_workers=1) as disk,
    ):
        for batch in batches:
            waiting.append(disk.submit(_write, file, _transactions(batch, schema)))
            while len(waiting) > _IN_FLIGHT:
                done += waiting.pop(0).result()
                progress(done)
        for one in waiting:
            done += one.result()
            progress(done)
    return done


def _write(file: pq.ParquetWriter, rows: pa.Table) -> int:
    file.write_table(rows)
    return len(rows)


@cache
def _repeated(name: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(_SAME[name], WRITTEN.field(name).type), count)


def _transactions(batch: pa.Table, schema: pa.Schema) -> pa.Table:
    if pc.any(pc.not_equal(batch["asset"], ETHER.id)).as_py():
        raise ValueError("only transfers of ether are transactions by themselves")
    columns = {
        "hash": batch["tx_hash"],
        "block_number": batch["block"],
        "block_timestamp": pc.divide(batch["time"].cast(pa.int64()), 10**6),
        "transaction_index": batch["tx_index"].cast(pa.int64()),
        "from_address": pc.if_else(pc.equal(batch["source"], NULL_HOLDER), _NOBODY, batch["source"]),
        "to_address": batch["target"],
        "value": batch["amount"].cast(pa.string()),
    } | {name: _repeated(name, len(batch)) for name in _SAME}
    return pa.table([columns[name] for name in schema.names], schema=schema)
