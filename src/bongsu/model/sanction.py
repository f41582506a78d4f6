"""An address on a sanctions list, from when to when."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A listing of one address; on a later day it may have been lifted."""

    authority: str = column("who lists it")
    program: str = column(
        "program tag or legal basis as the authority writes it; empty: not stated in our source"
    )
    subject: str = column("who or what is listed; empty: not stated in our source")
    chain: str = column("CAIP-2 chain id, or the authority's currency code where no chain id is known")
    address: str = column("address in canonical form, or as listed where the chain has no address rules")
    listed: date | None = column("day of listing; null: not stated in our source")
    delisted: date | None = column("day of removal; null: still listed when our source was made")
    source: str = column("publisher and document or URL")


SANCTION = pa.schema(
    [
        arrow_field(Sanction, "authority", pa.string()),
        arrow_field(Sanction, "program", pa.string()),
        arrow_field(Sanction, "subject", pa.string()),
        arrow_field(Sanction, "chain", pa.string()),
        arrow_field(Sanction, "address", pa.string()),
        arrow_field(Sanction, "listed", pa.date32(), nullable=True),
        arrow_field(Sanction, "delisted", pa.date32(), nullable=True),
        arrow_field(Sanction, "source", pa.string()),
    ]
)
"""Many sanctions listings."""
