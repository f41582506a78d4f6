"""Pools of a sealed ledger: who holds what; a pool's number is its row."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """One holder of one asset."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    asset: str = column("CAIP-19 asset id", source="CAIP-19")
    holder: str = column("account, output `txid:n`, transaction `txid`, `fee:BLOCK` or `null`")
    address: str | None = column("UTXO outputs only: address that the output pays")
    counterparties: int = column("number of other pools it paid or was paid by in the whole ledger")


POOL = pa.schema(
    [
        arrow_field(Pool, "chain", pa.string()),
        arrow_field(Pool, "asset", pa.string()),
        arrow_field(Pool, "holder", pa.string()),
        arrow_field(Pool, "address", pa.string(), nullable=True),
        arrow_field(Pool, "counterparties", pa.int64()),
    ]
)
"""Many pools, sorted by chain, asset, holder; a movement names them by row number."""
