"""What a record of people names somebody or something by: one canonical value to compare, one as written.

Equal identifiers join records; they never say where anybody is from. What a join is worth is its strength.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import pyarrow as pa

from bongsu.model.schema import TIME, arrow_field, column

IDENTIFIER_KINDS = (
    "email",
    "phone",
    "iban",
    "bank_account",  # routing number and account
    "emoney",  # account at a payment platform
    "wallet",
    "postal_address",
    "serial",  # of a device
    "usb",  # vendor and product, with the serial where there is one
    "edid",  # of a display: maker, product, serial
    "mac",
    "ip",
    "domain",
    "handle",
)
STRENGTHS = ("weak", "medium", "strong")
"""What an equal value says, ascending: many share it; it is a lead; one person, account or device has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """An identifier that a record states."""

    record: str = column("id of the record that states it")
    kind: str = column("one of IDENTIFIER_KINDS")
    namespace: str = column(
        "whose values these are: chain of a wallet, platform of a handle, service of e-money; or empty"
    )
    value: str = column("canonical value; with kind and namespace it is what is compared")
    written: str = column("the value as the source writes it")
    strength: str = column("one of STRENGTHS: what an equal value is worth at most")
    why: str = column("why it is not strong; empty where it is")
    source: str = column("SHA-256 of the source file; empty until the file is known")
    locator: int = column("where in the source file: 1-based data row or line")
    seen: datetime | None = column("when it was in use; null: not stated")


IDENTIFIER = pa.schema(
    [
        arrow_field(Identifier, "record", pa.string()),
        arrow_field(Identifier, "kind", pa.string()),
        arrow_field(Identifier, "namespace", pa.string()),
        arrow_field(Identifier, "value", pa.string()),
        arrow_field(Identifier, "written", pa.string()),
        arrow_field(Identifier, "strength", pa.string()),
        arrow_field(Identifier, "why", pa.string()),
        arrow_field(Identifier, "source", pa.string()),
        arrow_field(Identifier, "locator", pa.int64()),
        arrow_field(Identifier, "seen", TIME, nullable=True),
    ]
)
"""Many identifiers."""


class Canonical(NamedTuple):
    """Canonical value of an identifier, before it is known which record states it."""

    kind: str
    value: str
    namespace: str = ""
    strength: str = "strong"
    why: str = ""


def weaker(one: str, other: str) -> str:
    """The weaker of two strengths."""
    return min(one, other, key=STRENGTHS.index)
