"""Exports of BigQuery's public Ethereum tables: ethereum-etl's columns with TIMESTAMP times.

As CSV, JSON lines or Parquet; NUMERIC values come as text or decimals. A precision that the export
lost is not guessed back: such a row is rejected when it is normalized.
"""

from bongsu.read import ethereum_etl as etl
from bongsu.read.tabular import Tabular

TRANSACTIONS = Tabular(
    etl.TRANSACTION_COLUMNS,
    required=etl.TRANSACTION_KEYS,
    pick=etl.pick_transaction,
    accept=lambda shape: not etl.has_unix_times(shape, "block_timestamp"),
)
TOKEN_TRANSFERS = Tabular(
    etl.TRANSFER_COLUMNS,
    required=etl.TRANSFER_KEYS,
    accept=lambda shape: not etl.has_unix_times(shape, "block_timestamp"),
)
TRACES = Tabular(
    etl.TRACE_COLUMNS,
    required=etl.TRACE_KEYS,
    accept=lambda shape: not etl.has_unix_times(shape, "block_timestamp"),
)
LOGS = Tabular(
    etl.LOG_COLUMNS,
    required=etl.LOG_KEYS,
    accept=lambda shape: not etl.has_unix_times(shape, "block_timestamp"),
)
BLOCKS = Tabular(
    etl.BLOCK_COLUMNS,
    required=etl.BLOCK_KEYS,
    accept=lambda shape: not etl.has_unix_times(shape, "timestamp"),
)
