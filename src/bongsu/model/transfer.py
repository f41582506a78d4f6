"""One movement of value between two pools, as a source file states it.

Account chains: a holder is an account. UTXO chains: a holder is an output (`txid:n`), a
transaction (`txid`) that its inputs enter in order and its outputs leave in order, or the fee
pool of a block (`fee:BLOCK`). A pool is (chain, asset, holder).
"""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.schema import AMOUNT, TIME, arrow_field, column

NULL_HOLDER = "null"
"""The holder that value is created from and burned to: mint, subsidy, base fee."""
FEE_PREFIX = "fee:"
"""Holders `fee:BLOCK` collect the fees of a block for its miner or validator."""
LAST_POSITION = 2**31
"""Positions from here on belong to fees: they come last in their transaction."""

KINDS = (
    "native",  # an account transaction's value
    "internal",  # value moved by a contract call (trace)
    "token",  # a token contract's Transfer event
    "base_fee",  # the burned part of a fee
    "fee",  # what miner or validator gets, or a fee whose split is not known
    "reward",  # block reward, withdrawal of stake
    "spend",  # an output enters the transaction that spends it
    "pay",  # a transaction pays an output
    "subsidy",  # new coins enter a coinbase transaction
    "claim",  # a block's fees enter its coinbase transaction
    "flow",  # an analyst's record of a flow, not a raw transfer
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A row of a ledger."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    asset: str = column("CAIP-19 asset id", source="CAIP-19")
    block: int | None = column("block height", range="0..2**63-1")
    time: datetime | None = column("time of the block", unit="UTC, microseconds")
    tx_index: int | None = column("position of the transaction in its block; a coinbase sorts last")
    position: int | None = column("position in the block's log or the transaction; null: order unknown")
    path: str | None = column("trace address, four digits a level joined by '.', sorts in call order")
    tx_hash: str = column("transaction hash as its chain writes it, lower case; empty: not stated")
    source: str = column("holder that pays, in canonical form")
    target: str = column("holder that is paid, in canonical form")
    address: str | None = column("UTXO only: address of the output that enters or leaves")
    amount: int | None = column("value", unit="base units of the asset; null: not stated by the source")
    kind: str = column("one of KINDS")
    locator: int = column("where in the source file: 1-based data row, line or transaction number")


TRANSFER = pa.schema(
    [
        arrow_field(Transfer, "chain", pa.string()),
        arrow_field(Transfer, "asset", pa.string()),
        arrow_field(Transfer, "block", pa.int64(), nullable=True),
        arrow_field(Transfer, "time", TIME, nullable=True),
        arrow_field(Transfer, "tx_index", pa.int32(), nullable=True),
        arrow_field(Transfer, "position", pa.int64(), nullable=True),
        arrow_field(Transfer, "path", pa.string(), nullable=True),
        arrow_field(Transfer, "tx_hash", pa.string()),
        arrow_field(Transfer, "source", pa.string()),
        arrow_field(Transfer, "target", pa.string()),
        arrow_field(Transfer, "address", pa.string(), nullable=True),
        arrow_field(Transfer, "amount", AMOUNT, nullable=True),
        arrow_field(Transfer, "kind", pa.string()),
        arrow_field(Transfer, "locator", pa.int64()),
    ]
)
"""Many transfers; parquet part files of a ledger have this schema."""
