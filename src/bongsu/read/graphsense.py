"""Ethereum tables in GraphSense's column names, as ethereum-etl's columns."""

from bongsu.read import ethereum_etl as etl
from bongsu.read.sniff import Shape
from bongsu.read.tabular import Tabular

_COMMON = {
    "block_number": "blockId",
    "transaction_index": "transactionIndex",
    "from_address": "fromAddress",
    "to_address": "toAddress",
    "value": "value",
}
_TRANSACTION = _COMMON | {
    "hash": "txHash",
    "block_timestamp": "blockTimestamp",
    "gas_price": "gasPrice",
    "input": "input",
    "receipt_gas_used": "receiptGasUsed",
    "receipt_status": "receiptStatus",
    "receipt_contract_address": "receiptContractAddress",
}
_TRACE = _COMMON | {
    "transaction_hash": "txHash",
    "trace_type": "traceType",
    "call_type": "callType",
    "trace_address": "traceAddress",
    "trace_id": "traceId",
    "error": "error",
    "status": "status",
}
_LOG = {
    "block_number": "blockId",
    "transaction_hash": "txHash",
    "transaction_index": "transactionIndex",
    "log_index": "logIndex",
    "address": "address",
    "topics": "topics",
    "data": "data",
}


def _renamed(columns: tuple[str, ...], names: dict[str, str], shape: Shape) -> dict[str, str]:
    return {raw: names.get(raw, "") if names.get(raw) in shape.names else "" for raw in columns}


TRANSACTIONS = Tabular(
    etl.TRANSACTION_COLUMNS,
    required=("hash", "block_number", "transaction_index", "from_address", "to_address", "value"),
    pick=lambda shape: _renamed(etl.TRANSACTION_COLUMNS, _TRANSACTION, shape),
    accept=lambda shape: "txHash" in shape.names,
)
TRACES = Tabular(
    etl.TRACE_COLUMNS,
    required=("block_number", "transaction_hash", "from_address", "to_address", "value", "trace_id"),
    pick=lambda shape: _renamed(etl.TRACE_COLUMNS, _TRACE, shape),
    accept=lambda shape: "txHash" in shape.names,
)
LOGS = Tabular(
    etl.LOG_COLUMNS,
    required=etl.LOG_KEYS,
    pick=lambda shape: _renamed(etl.LOG_COLUMNS, _LOG, shape),
    accept=lambda shape: "logIndex" in shape.names,
)
