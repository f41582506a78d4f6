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


POOL = pa.schema(
    [
        arrow_field(Pool, "chain", pa.string()),
        arrow_field(Pool, "asset", pa.string()),
        arrow_field(Pool, "holder", pa.string()),
        arrow_field(Pool, "address", pa.string(), nullable=True),
    ]
)
"""Many pools, sorted by chain, asset, holder; a movement names them by row number."""
