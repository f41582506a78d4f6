"""A service that holds, converts or mixes other people's money, and what it can do about it."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bongsu.model.schema import arrow_field, column

ACTIONS = (
    "account_hold",  # hold the balance of a customer's account
    "issuer_freeze",  # make a token immovable at an address
    "delist",  # refuse the route or the counterparty in its interface or protocol
    "reversal",  # take a transaction back before it is final
    "none",  # nothing: no one controls it
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Who is behind an end of the trail, and whom to write to."""

    id: str = column("slug; labels name it as their entity")
    name: str = column("name that it trades under")
    category: str = column("one of bongsu.model.label.CATEGORIES")
    legal_entity: str | None = column("company that answers for it; null: not established or none exists")
    country: str | None = column("country of that company; null: as above", source="ISO 3166-1 alpha-2")
    entity_note: str = column("why the company or the country is null, or which of several it is")
    custodial: bool = column("true: it holds customers' money and can hold it back")
    actions: tuple[str, ...] = column("of ACTIONS, what it can technically do")
    route: str = column("public contact for authorities or compliance; empty: none known")
    authority: str = column("what it asks for before it acts, as it says itself; empty: not stated")
    source: str = column("where this is from: publisher and document or URL")
    confidence: int = column("0..100, STIX scale")
    valid_from: date | None = column("first day it operated; null: not stated")
    valid_to: date | None = column("last day it operated; null: still does, or not stated")


SERVICE = pa.schema(
    [
        arrow_field(Service, "id", pa.string()),
        arrow_field(Service, "name", pa.string()),
        arrow_field(Service, "category", pa.string()),
        arrow_field(Service, "legal_entity", pa.string(), nullable=True),
        arrow_field(Service, "country", pa.string(), nullable=True),
        arrow_field(Service, "entity_note", pa.string()),
        arrow_field(Service, "custodial", pa.bool_()),
        arrow_field(Service, "actions", pa.list_(pa.string())),
        arrow_field(Service, "route", pa.string()),
        arrow_field(Service, "authority", pa.string()),
        arrow_field(Service, "source", pa.string()),
        arrow_field(Service, "confidence", pa.int8()),
        arrow_field(Service, "valid_from", pa.date32(), nullable=True),
        arrow_field(Service, "valid_to", pa.date32(), nullable=True),
    ]
)
"""Many services."""
