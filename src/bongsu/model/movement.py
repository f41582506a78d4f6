"""Movements of a sealed ledger: transfers in time order between numbered pools, and where each is stated."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.schema import AMOUNT, TIME, arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One transfer, once, at its place in the ledger's order; its number is its row."""

    source: int = column("pool that pays")
    target: int = column("pool that is paid")
    amount: int = column("value", unit="base units of the asset")
    block: int | None = column("block height")
    time: datetime | None = column("time of the block", unit="UTC, microseconds")
    transaction: int | None = column("first movement of its transaction in the ledger; null: not stated")
    kind: str = column("one of bongsu.model.transfer.KINDS")
    assumed: bool = column("true: the amount is what the transaction lacks, its inputs not being known")
    tie: int = column("0, or a number shared by neighbors whose order among each other is not known")


MOVEMENT = pa.schema(
    [
        arrow_field(Movement, "source", pa.uint32()),
        arrow_field(Movement, "target", pa.uint32()),
        arrow_field(Movement, "amount", AMOUNT),
        arrow_field(Movement, "block", pa.int64(), nullable=True),
        arrow_field(Movement, "time", TIME, nullable=True),
        arrow_field(Movement, "transaction", pa.int64(), nullable=True),
        arrow_field(Movement, "kind", pa.string()),
        arrow_field(Movement, "assumed", pa.bool_()),
        arrow_field(Movement, "tie", pa.int64()),
    ]
)
"""Many movements in the order of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What the source of a movement states, in its own words."""

    tx_hash: str = column("transaction hash; empty: not stated")
    tx_index: int | None = column("position of the transaction in its block")
    position: int | None = column("position in the block's log or the transaction; null: order unknown")
    file: int = column("number of the source file in the ledger's manifest")
    locator: int = column("where in the source file: 1-based data row, line or transaction number")


CITATION = pa.schema(
    [
        arrow_field(Citation, "tx_hash", pa.string()),
        arrow_field(Citation, "tx_index", pa.int32(), nullable=True),
        arrow_field(Citation, "position", pa.int64(), nullable=True),
        arrow_field(Citation, "file", pa.int32()),
        arrow_field(Citation, "locator", pa.int64()),
    ]
)
"""Many citations, one a movement."""
