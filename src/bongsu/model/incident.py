"""A theft: when, how much, who says who did it, and where the proceeds were first seen."""

import datetime as dt
from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import TIME, arrow_field, column

ROLES = (
    "first receiver",  # where the proceeds arrived first: a trace starts here
    "holder",  # held proceeds later
    "frozen holder",  # held proceeds that an issuer or a court froze
    "tool",  # account or contract of the thief that held no proceeds
    "victim",  # what was robbed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAddress:
    """An address that a public source connects with a theft."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    address: str = column("address in canonical form")
    role: str = column("one of ROLES")
    note: str = column("what the source says of it, in our words; may be empty")
    source: str = column("who says so: publisher and document or URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class TheftTransaction:
    """A transaction that moved what was stolen from the victim to the thief."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    tx_hash: str = column("transaction hash as its chain writes it, lower case")
    note: str = column("what it moved, in one line; may be empty")
    source: str = column("who says so: publisher and document or URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says who did it; it is theirs and is quoted as theirs."""

    who: str = column("who attributes")
    when: dt.date | None = column("day of the statement; null: not stated")
    statement: str = column("what it says, in our words")
    source: str = column("publisher, document and URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class StolenAmount:
    """How much was stolen, as one source states it."""

    asset: str = column("asset as the source names it; text, never matched")
    amount: str = column("amount as the source states it; text, never computed with")
    source: str = column("publisher, document and URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A theft as public sources describe it.

    What is stolen: where `transactions` is not empty, every credit to a first receiver in one of
    them; else every credit to a first receiver from `window_start` up to, not including, `window_end`.
    """

    id: str = column("slug")
    title: str = column("name of the case")
    date: dt.date = column("day of the theft", unit="UTC")
    dprk: bool = column("true: at least one attribution names the DPRK")
    attribution: tuple[Attribution, ...] = column("who says who did it, oldest first")
    amounts: tuple[StolenAmount, ...] = column("what was stolen, per source")
    sources: tuple[SourceAddress, ...] = column("first receivers: a trace starts here")
    related: tuple[SourceAddress, ...] = column(
        "other addresses that the case names; a trace does not start here"
    )
    transactions: tuple[TheftTransaction, ...] = column(
        "all theft transactions; empty where no citable source lists them all"
    )
    window_start: dt.datetime | None = column("credits to the sources from here on are stolen", unit="UTC")
    window_end: dt.datetime | None = column("credits to the sources before this are stolen", unit="UTC")
    addresses_established: bool = column("false: no citable source names first receivers; bring your own")
    sample: str | None = column("slug of the shipped movements, or null")
    notes: str = column("what a reader must know; may be empty")
    public_sources: tuple[str, ...] = column("publisher, document, date and URL")
    confidence: int = column("0..100, STIX scale")


def _structs(row: type, *names: str) -> pa.DataType:
    return pa.list_(pa.struct([arrow_field(row, name, pa.string()) for name in names]))


_ATTRIBUTION = pa.struct(
    [
        arrow_field(Attribution, "who", pa.string()),
        arrow_field(Attribution, "when", pa.date32(), nullable=True),
        arrow_field(Attribution, "statement", pa.string()),
        arrow_field(Attribution, "source", pa.string()),
    ]
)
_ADDRESSES = _structs(SourceAddress, "chain", "address", "role", "note", "source")

INCIDENT = pa.schema(
    [
        arrow_field(Incident, "id", pa.string()),
        arrow_field(Incident, "title", pa.string()),
        arrow_field(Incident, "date", pa.date32()),
        arrow_field(Incident, "dprk", pa.bool_()),
        arrow_field(Incident, "attribution", pa.list_(_ATTRIBUTION)),
        arrow_field(Incident, "amounts", _structs(StolenAmount, "asset", "amount", "source")),
        arrow_field(Incident, "sources", _ADDRESSES),
        arrow_field(Incident, "related", _ADDRESSES),
        arrow_field(
            Incident, "transactions", _structs(TheftTransaction, "chain", "tx_hash", "note", "source")
        ),
        arrow_field(Incident, "window_start", TIME, nullable=True),
        arrow_field(Incident, "window_end", TIME, nullable=True),
        arrow_field(Incident, "addresses_established", pa.bool_()),
        arrow_field(Incident, "sample", pa.string(), nullable=True),
        arrow_field(Incident, "notes", pa.string()),
        arrow_field(Incident, "public_sources", pa.list_(pa.string())),
        arrow_field(Incident, "confidence", pa.int8()),
    ]
)
"""Many incidents."""
