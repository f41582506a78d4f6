"""Blockchair's daily dumps, tab-separated: Ethereum transactions, Bitcoin transactions and their ends."""

from bongsu.read.tabular import Tabular

_OUTPUT = (
    "block_id",
    "transaction_hash",
    "index",
    "time",
    "value",
    "recipient",
    "type",
    "script_hex",
    "is_from_coinbase",
    "is_spendable",
)
_SPENDING = ("spending_block_id", "spending_transaction_hash", "spending_index", "spending_time")
_BITCOIN_TRANSACTION = (
    "block_id",
    "hash",
    "time",
    "is_coinbase",
    "input_count",
    "output_count",
    "input_total",
    "output_total",
    "fee",
)
_ETHEREUM_TRANSACTION = (
    "block_id",
    "index",
    "hash",
    "time",
    "failed",
    "type",
    "sender",
    "recipient",
    "value",
    "gas_used",
    "gas_price",
    "input_hex",
)

ETHEREUM_TRANSACTIONS = Tabular(
    _ETHEREUM_TRANSACTION, required=("block_id", "hash", "time", "sender", "recipient", "value", "failed")
)
BITCOIN_TRANSACTIONS = Tabular(
    _BITCOIN_TRANSACTION, required=("block_id", "hash", "input_total", "output_total", "is_coinbase")
)
BITCOIN_OUTPUTS = Tabular(
    _OUTPUT,
    required=("block_id", "transaction_hash", "index", "value", "recipient", "script_hex"),
    accept=lambda shape: "spending_transaction_hash" not in shape.names,
)
BITCOIN_INPUTS = Tabular(
    _OUTPUT + _SPENDING,
    required=("block_id", "transaction_hash", "index", "value", "recipient", "spending_transaction_hash"),
)
