"""Transactions as bitcoin-etl writes them: JSON lines with lists of inputs and outputs.

Also BigQuery's public table of Bitcoin, exported as JSON lines or Parquet; it has no `index`.
"""

from bongsu.read.tabular import Tabular

COLUMNS = (
    "type",
    "hash",
    "block_number",
    "block_hash",
    "block_timestamp",
    "is_coinbase",
    "index",
    "input_count",
    "output_count",
    "output_value",
    "inputs",
    "outputs",
)

TRANSACTIONS = Tabular(
    COLUMNS,
    required=("hash", "block_number", "is_coinbase", "inputs", "outputs"),
    accept=lambda shape: shape.kind != "delimited",
)
"""`inputs` and `outputs` are JSON text; an empty list is null."""
