"""Results of Dune queries that list transfers, as CSV or JSON lines.

A query names its columns freely; these are the names of Dune's own tables and of common queries.
"""

from bongsu.read.sniff import Shape
from bongsu.read.tabular import Tabular

_NAMES = {
    "hash": ("hash", "tx_hash", "evt_tx_hash", "transaction_hash"),
    "time": ("block_time", "evt_block_time"),
    "block": ("block_number", "evt_block_number"),
    "from": ("from",),
    "to": ("to",),
    "contract": ("contract_address", "token_address"),
    "log_index": ("evt_index", "log_index"),
    "base_units": ("value", "amount_raw", "value_raw"),
    "coins": ("total_eth", "value_eth", "amount_eth", "eth"),
    "success": ("success",),
}


def _pick(shape: Shape) -> dict[str, str]:
    """Raw column to the first of its names that the file has."""
    return {raw: next((n for n in names if n in shape.names), "") for raw, names in _NAMES.items()}


def _states_amount(shape: Shape) -> bool:
    picks = _pick(shape)
    return bool(picks["base_units"] or picks["coins"])


TRANSFERS = Tabular(tuple(_NAMES), required=("time", "from", "to"), pick=_pick, accept=_states_amount)
