"""Whose a network address was at a time: prefixes of a user's own table, with the kind of network."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.schema import TIME, arrow_field, column

NETWORK_KINDS = ("", "residential", "carrier", "hosting", "vpn")
"""What a network is for; empty: not stated."""
SHARED_KINDS = frozenset({"carrier", "hosting", "vpn"})
"""Kinds whose addresses many strangers go out through at one time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsnPrefix:
    """An autonomous system that announced a prefix, for a time."""

    version: int = column("4 or 6")
    bits: int = column("length of the prefix", range="0..64; of version 4 at most 32")
    first: int = column("first address; of version 6 its upper 64 bits")
    asn: int = column("number of the autonomous system", range="0..2^32-1")
    name: str = column("what the table calls it")
    kind: str = column("one of NETWORK_KINDS")
    valid_from: datetime | None = column("when it began; null: before anything here")
    valid_until: datetime | None = column("when it ended, not included; null: it has not")


ASN_PREFIX = pa.schema(
    [
        arrow_field(AsnPrefix, "version", pa.int8()),
        arrow_field(AsnPrefix, "bits", pa.int8()),
        arrow_field(AsnPrefix, "first", pa.uint64()),
        arrow_field(AsnPrefix, "asn", pa.int64()),
        arrow_field(AsnPrefix, "name", pa.string()),
        arrow_field(AsnPrefix, "kind", pa.string()),
        arrow_field(AsnPrefix, "valid_from", TIME, nullable=True),
        arrow_field(AsnPrefix, "valid_until", TIME, nullable=True),
    ]
)
"""Many prefixes, in any order; they may lie in each other, and one may be stated for several times."""
