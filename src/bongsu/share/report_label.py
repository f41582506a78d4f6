"""What a label says of an end: its party, sanctions in force or lifted, and numbered sources."""

from collections.abc import Mapping
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_money import Document

Label = Mapping[str, Any]


def party_name(label: Label | None) -> str:
    """Who an end is said to belong to; empty where all that is known is a listing that was lifted."""
    if not label or (only_listed(label) and not sanctions(label, "listed")):
        return ""
    return str(label["entity_name"] or label["name"])


def only_listed(label: Label) -> bool:
    """Whether no label but that of a sanctions list names the address."""
    return bool(label["category"] == "sanctioned")


def sanctions(label: Label | None, status: str) -> list[Mapping[str, Any]]:
    """Sanctions listings of an end that are in force (`listed`) or were lifted (`delisted`)."""
    return [one for one in label["sanctions"] if one["status"] == status] if label else []


def sanction_text(listing: Mapping[str, Any]) -> str:
    """Listing in a few words; a lifted one is never said as one in force."""
    if listing["status"] != "listed":
        return _("sanctions lifted {day}: {name}").format(day=listing["delisted"], name=listing["name"])
    if listing["listed"]:
        return _("SANCTIONED since {day}: {name}").format(day=listing["listed"], name=listing["name"])
    return _("SANCTIONED: {name}").format(name=listing["name"])


def numbered_sources(ends: list[Document]) -> dict[str, str]:
    """Source of each label and listing to its number in the report: `S1`, `S2` in the order of ends."""
    found: dict[str, None] = {}
    for end in ends:
        label = end["label"]
        if label:
            found |= dict.fromkeys([label["source"], *(one["source"] for one in label["sanctions"])])
    return {source: f"S{number}" for number, source in enumerate(found, start=1)}
