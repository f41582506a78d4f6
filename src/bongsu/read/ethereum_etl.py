"""Tables that ethereum-etl writes: transactions, token transfers, logs, traces, blocks.

As CSV, JSON lines (also from its stream) or Parquet. Column names: ethereum-etl, docs/schema.md.
"""

import re

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
