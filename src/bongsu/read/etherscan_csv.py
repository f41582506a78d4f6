"""CSV exports of Etherscan and of explorers of other chains that run the same software.

Headers change: one holds the day's price, and the coin's symbol stands in brackets. A field's
metadata keeps the header, so that the symbol is not lost.
"""

import re

from bongsu.read.sniff import Shape
from bongsu.read.tabular import Tabular

_HEADERS = {
    "hash": r"Txhash|Transaction Hash",
    "block": r"Blockno|Block|BlockNumber",
    "unix": r"UnixTimestamp",
    "utc": r"DateTime(?: \(UTC\))?",
    "from": r"From",
    "to": r"To|TxTo",
    "contract": r"ContractAddress",
    "value_in": r"Value_IN\(\w+\)",
    "value_out": r"Value_OUT\(\w+\)",
    "fee": r"TxnFee\((?!USD)\w+\)",
    "status": r"Status",
    "error": r"ErrCode",
    "method": r"Method",
    "parent": r"ParentTxFrom",
    "token_value": r"TokenValue",
    "amount": r"Amount|Value",
    "token": r"Token|TokenSymbol|TokenName",
}


def _pick(shape: Shape) -> dict[str, str]:
    """Raw column to the first header of its form."""
    return {
        raw: next((name for name in shape.names if re.fullmatch(form, name)), "")
        for raw, form in _HEADERS.items()
    }


def _has(shape: Shape, *raws: str) -> bool:
    picks = _pick(shape)
    return any(picks[raw] for raw in raws)


_COLUMNS = tuple(_HEADERS)

TRANSACTIONS = Tabular(
    _COLUMNS,
    required=("hash", "block", "from", "to", "value_in", "value_out"),
    pick=_pick,
    accept=lambda shape: not _has(shape, "parent"),
)
INTERNAL = Tabular(
    _COLUMNS, required=("hash", "block", "from", "to", "value_in", "value_out", "parent"), pick=_pick
)
TOKENS = Tabular(_COLUMNS, required=("hash", "block", "from", "to", "token_value", "contract"), pick=_pick)
PAGE = Tabular(
    _COLUMNS,
    required=("hash", "block", "utc", "from", "to", "status", "method", "amount"),
    pick=_pick,
    accept=lambda shape: not _has(shape, "value_in", "token", "token_value"),
)
