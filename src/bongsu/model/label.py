"""What a source says an address is; contradicting labels live side by side."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bongsu.model.schema import arrow_field, column

CATEGORIES = (
    "exchange",  # custodial exchange, own wallet
    "deposit",  # address a custodial service gave to one customer
    "payment",  # custodial payment processor
    "gambling",  # custodial gambling service
    "custodian",  # other custodial service
    "bridge",  # moves value to another chain
    "dex",  # converts one asset to another
    "mixer",
    "burn",
    "issuer",  # account of a token issuer
    "contract",  # other contract
    "payer",  # pays many people for work, as a company's payroll does
    "victim",
    "theft",  # account that a theft's proceeds were first seen at
    "sanctioned",
    "abuse",  # phishing, ransomware and the like
    "other",
)
CUSTODIAL = frozenset({"exchange", "deposit", "payment", "gambling", "custodian"})
"""Categories whose operator holds the money for a customer: value arrives and is not followed."""
NEGATIVE = frozenset({"payer", "victim", "issuer", "contract", "dex", "bridge", "mixer", "burn"}) | (
    CUSTODIAL - {"deposit"}
)
"""Categories of addresses that many people deal with: records that share one are not joined by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name for an address, by someone, for a time."""

    chain: str = column("CAIP-2 chain id; 'eip155:*' holds on every EVM chain")
    address: str = column("address in canonical form")
    name: str = column("what the source calls it")
    category: str = column("one of CATEGORIES")
    entity: str = column("slug of the service in facts, or empty")
    source: str = column("who says so: publisher and document or URL")
    confidence: int = column("0..100, STIX scale")
    valid_from: date | None = column("first day it holds; null: not stated")
    valid_to: date | None = column("last day it holds; null: not stated")
    license: str = column("license of the source")


LABEL = pa.schema(
    [
        arrow_field(Label, "chain", pa.string()),
        arrow_field(Label, "address", pa.string()),
        arrow_field(Label, "name", pa.string()),
        arrow_field(Label, "category", pa.string()),
        arrow_field(Label, "entity", pa.string()),
        arrow_field(Label, "source", pa.string()),
        arrow_field(Label, "confidence", pa.int8()),
        arrow_field(Label, "valid_from", pa.date32(), nullable=True),
        arrow_field(Label, "valid_to", pa.date32(), nullable=True),
        arrow_field(Label, "license", pa.string()),
    ]
)
"""Many labels."""
