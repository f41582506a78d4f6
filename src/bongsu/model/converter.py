"""A contract that turns one asset into another, known by its address."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column

ROLES = (
    "wrapper",  # gives its token for the chain's coin, one to one, and takes it back
    "staking",  # gives a token for coins that it stakes, at a rate of its own
    "share",  # gives its token for another token that it keeps, at a rate of its own
    "exchange",  # trades assets of others; its events name the account or the amounts
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converter:
    """A contract whose own events can be believed about a conversion."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    address: str = column("contract in canonical form")
    protocol: str = column("slug of the protocol")
    role: str = column("one of ROLES")
    asset: str | None = column("asset that it gives; null: any", source="CAIP-19")
    backing: str | None = column("asset that it takes; null: any", source="CAIP-19")
    source: str = column("where this is from: publisher and document or URL")


CONVERTER = pa.schema(
    [
        arrow_field(Converter, "chain", pa.string()),
        arrow_field(Converter, "address", pa.string()),
        arrow_field(Converter, "protocol", pa.string()),
        arrow_field(Converter, "role", pa.string()),
        arrow_field(Converter, "asset", pa.string(), nullable=True),
        arrow_field(Converter, "backing", pa.string(), nullable=True),
        arrow_field(Converter, "source", pa.string()),
    ]
)
"""Many converters."""
