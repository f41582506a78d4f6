"""What a source says to look for: a domain, an address, a hash, a package. A claim, not a verdict."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.schema import TIME, arrow_field, column

INDICATOR_KINDS = (
    "domain",
    "ipv4",
    "ipv6",
    "cidr",
    "url",  # canonical, without scheme: host/path?query
    "url_path",
    "md5",
    "sha1",
    "sha256",
    "email",
    "file_name",
    "file_name_regex",
    "mutex",
    "package",
    "package_alias",
    "wallet",
    "handle",
)
MATCH_SCOPES = ("parents", "exact", "weak")
"""Also what is below it (subdomains, paths); itself only; itself only and never an alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One value that one source ties to an actor."""

    kind: str = column("one of INDICATOR_KINDS")
    value: str = column("canonical value; with kind and namespace it is what is compared")
    namespace: str = column("ecosystem of a package, chain of a wallet, platform of a handle; or empty")
    versions: str = column("versions of a package that are meant, as the source states them; empty: all")
    cluster: str = column("actor as the source names it; empty: not said")
    context: str = column("campaign, malware or role, as the source has it")
    first_seen: datetime | None = column("start of validity; null: not stated")
    last_seen: datetime | None = column("end of validity; null: not stated")
    scope: str = column("one of MATCH_SCOPES")
    disputed: str = column("why it is disputed or known to be benign; empty: it is not")
    confidence: int = column("confidence of the source", range="0..100", source="STIX 2.1 confidence scale")
    reference: str = column("where the source published it")
    source: str = column("who says so; several sources of one value are several rows")
    tlp: str = column("TLP 2.0 label")
    locator: int = column("row, line or element of the source's file")


INDICATOR = pa.schema(
    [
        arrow_field(Indicator, "kind", pa.string()),
        arrow_field(Indicator, "value", pa.string()),
        arrow_field(Indicator, "namespace", pa.string()),
        arrow_field(Indicator, "versions", pa.string()),
        arrow_field(Indicator, "cluster", pa.string()),
        arrow_field(Indicator, "context", pa.string()),
        arrow_field(Indicator, "first_seen", TIME, nullable=True),
        arrow_field(Indicator, "last_seen", TIME, nullable=True),
        arrow_field(Indicator, "scope", pa.string()),
        arrow_field(Indicator, "disputed", pa.string()),
        arrow_field(Indicator, "confidence", pa.int8()),
        arrow_field(Indicator, "reference", pa.string()),
        arrow_field(Indicator, "source", pa.string()),
        arrow_field(Indicator, "tlp", pa.string()),
        arrow_field(Indicator, "locator", pa.int64()),
    ]
)
"""Many indicators."""
