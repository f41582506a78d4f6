"""Tables of bridge events that somebody has, one side of a transfer a row: explorers, APIs, research data.

What each column means is told by its name, or by the person who reads the file.
"""

from collections.abc import Mapping

from bongsu.read.sniff import Shape
from bongsu.read.tabular import Tabular

NAMES = {
    "bridge": ("bridge", "protocol"),
    "direction": ("direction", "event"),
    "chain": ("chain", "chain_id", "network"),
    "time": ("time", "timestamp", "block_time", "block_timestamp"),
    "block": ("block", "block_number"),
    "tx": ("tx", "tx_hash", "txhash", "transaction_hash", "hash"),
    "position": ("position", "log_index"),
    "asset": ("asset", "token", "token_address"),
    "amount": ("amount", "value", "amount_raw"),
    "decimals": ("decimals",),
    "sender": ("sender", "from", "depositor"),
    "beneficiary": ("beneficiary", "receiver", "recipient", "to"),
    "other_chain": ("other_chain", "destination_chain", "source_chain"),
    "other_asset": ("other_asset", "destination_token", "source_token"),
    "id": ("id", "transfer_id", "deposit_id", "withdrawal_id", "message_id"),
    "memo": ("memo",),
}
"""What is read, by the headers that it may stand under, in any case."""


def mapped(columns: Mapping[str, str]) -> Tabular:
    """Reader of a table in which these columns (what is read to the file's header) are as a person says."""

    def pick(shape: Shape) -> dict[str, str]:
        present = {name.lower(): name for name in reversed(shape.names)}
        told = {raw: next((present[n] for n in names if n in present), "") for raw, names in NAMES.items()}
        return told | {raw: name for raw, name in columns.items() if name in shape.names}

    return Tabular(
        tuple(NAMES),
        required=("tx", "amount"),
        pick=pick,
        accept=lambda shape: bool(pick(shape)["id"] or pick(shape)["direction"]),
    )


EVENTS = mapped({})
"""Reader of a table whose headers say what the columns are."""
