"""Incidents from their fact files, and the labels that follow from them."""

from bongsu.facts.document import Document, Fields
from bongsu.facts.movement import movement_path
from bongsu.model.incident import (
    ROLES,
    Attribution,
    Incident,
    SourceAddress,
    StolenAmount,
    TheftTransaction,
)
from bongsu.model.label import Label
from bongsu.model.text import _

_CATEGORY = {
    "first receiver": "theft",
    "holder": "theft",
    "frozen holder": "theft",
    "tool": "abuse",
    "victim": "victim",
}


def incident_of(document: Document) -> Incident:
    """Incident of one fact file.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    fields = document.body.part("incident")
    addresses = [address for part in fields.parts("addresses") for address in _addresses(part)]
    sources = tuple(found for found in addresses if found.role == ROLES[0])
    established = fields.flag("addresses_established")
    if established != bool(sources):
        fields.refuse("addresses_established", _("contradicts the list of first receivers"))
    window = fields.part("window")
    return Incident(
        id=document.slug,
        title=document.title,
        date=fields.day("date"),
        dprk=fields.flag("dprk"),
        attribution=tuple(_attribution(part) for part in fields.parts("attribution")),
        amounts=tuple(_amount(part) for part in fields.parts("amounts")),
        sources=sources,
        related=tuple(found for found in addresses if found.role != ROLES[0]),
        transactions=tuple(tx for part in fields.parts("transactions") for tx in _transactions(part)),
        window_start=window.optional_moment("start"),
        window_end=window.optional_moment("end"),
        addresses_established=established,
        sample=document.slug if movement_path(document.slug).exists() else None,
        notes=fields.text("notes", ""),
        public_sources=document.sources,
        confidence=document.confidence,
    )


def incident_labels(document: Document, incident: Incident) -> list[Label]:
    """Labels of the addresses that the incident names."""
    return [
        Label(
            chain=found.chain,
            address=found.address,
            name=f"{incident.title}: {found.note or found.role}",
            category=_CATEGORY[found.role],
            entity="",
            source=found.source,
            confidence=document.confidence,
            valid_from=None if found.role == "victim" else incident.date,
            valid_to=None,
            license=document.license,
        )
        for found in (*incident.sources, *incident.related)
    ]


def _amount(part: Fields) -> StolenAmount:
    return StolenAmount(asset=part.text("asset"), amount=part.text("amount"), source=part.text("source"))


def _attribution(part: Fields) -> Attribution:
    return Attribution(
        who=part.text("who"),
        when=part.optional_day("when"),
        statement=part.text("statement"),
        source=part.text("source"),
    )


def _addresses(part: Fields) -> list[SourceAddress]:
    chain, role, source = part.text("chain"), part.choice("role", ROLES), part.text("source")
    return [
        SourceAddress(chain=chain, address=address, role=role, note=note, source=source)
        for address, note in part.table()
    ]


def _transactions(part: Fields) -> list[TheftTransaction]:
    chain, source = part.text("chain"), part.text("source")
    return [TheftTransaction(chain=chain, tx_hash=tx, note=note, source=source) for tx, note in part.table()]
