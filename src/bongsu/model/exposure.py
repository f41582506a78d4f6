"""What of an incident's proceeds came to an address, and what a transaction moved of them."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.schema import AMOUNT, TIME, arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What came to one address of one incident's proceeds in one asset, under one policy."""

    incident: str = column("slug of the incident")
    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    asset: str = column("CAIP-19 asset id", source="CAIP-19")
    address: str = column("account, or the address that outputs pay, in canonical form")
    policy: str = column("taint policy")
    arrived: int = column(
        "stolen value that arrived, gross: what came twice counts twice", unit="base units of the asset"
    )
    direct: int = column(
        "part of it that an address of the incident paid itself", unit="base units of the asset"
    )
    held: int = column("part of it that was not seen leaving", unit="base units of the asset")
    stop: str = column("why what is held is not followed further; empty: nothing is held")
    hops: int = column("fewest payments from an address of the incident; 0: it is one", range="0..")
    first_arrival: datetime | None = column("time of the first arrival", unit="UTC, microseconds")
    last_arrival: datetime | None = column("time of the last arrival", unit="UTC, microseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What one transaction moved of one incident's proceeds between two pools, under one policy."""

    incident: str = column("slug of the incident")
    tx_hash: str = column("transaction hash, never empty")
    source: int = column("pool that pays")
    target: int = column("pool that is paid")
    policy: str = column("taint policy")
    amount: int = column("stolen value that arrived by it", unit="base units of the asset")


EXPOSURE = pa.schema(
    [
        arrow_field(Exposure, "incident", pa.string()),
        arrow_field(Exposure, "chain", pa.string()),
        arrow_field(Exposure, "asset", pa.string()),
        arrow_field(Exposure, "address", pa.string()),
        arrow_field(Exposure, "policy", pa.string()),
        arrow_field(Exposure, "arrived", AMOUNT),
        arrow_field(Exposure, "direct", AMOUNT),
        arrow_field(Exposure, "held", AMOUNT),
        arrow_field(Exposure, "stop", pa.string()),
        arrow_field(Exposure, "hops", pa.int32()),
        arrow_field(Exposure, "first_arrival", TIME, nullable=True),
        arrow_field(Exposure, "last_arrival", TIME, nullable=True),
    ]
)
"""Many exposures; a policy under which nothing came has no row."""

PASSAGE = pa.schema(
    [
        arrow_field(Passage, "incident", pa.string()),
        arrow_field(Passage, "tx_hash", pa.string()),
        arrow_field(Passage, "source", pa.uint32()),
        arrow_field(Passage, "target", pa.uint32()),
        arrow_field(Passage, "policy", pa.string()),
        arrow_field(Passage, "amount", AMOUNT),
    ]
)
"""Many passages; a policy under which nothing moved has no row."""
