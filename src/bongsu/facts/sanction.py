"""Sanctions listings from their fact files, and the labels that follow from them."""

from bongsu.facts.document import Document, Fields
from bongsu.model.label import Label
from bongsu.model.sanction import Sanction


def sanctions_of(document: Document) -> list[Sanction]:
    """Listings of one fact file; a line is an address.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    parts = document.body.parts("listings")
    return [found for part in parts for found in _listings(document, part)]


def sanction_label(document: Document, sanction: Sanction) -> Label:
    """Label of a listed address; it ends on the day of removal."""
    return Label(
        chain=sanction.chain,
        address=sanction.address,
        name=f"{sanction.authority}: {sanction.subject or document.title}",
        category="sanctioned",
        entity="",
        source=sanction.source,
        confidence=document.confidence,
        valid_from=sanction.listed,
        valid_to=sanction.delisted,
        license=document.license,
    )


def _listings(document: Document, part: Fields) -> list[Sanction]:
    authority, program = document.body.text("authority"), part.text("program", "")
    subject, chain, source = (
        part.text("subject", ""),
        part.text("chain"),
        part.text("source", document.source),
    )
    listed, delisted = part.optional_day("listed"), part.optional_day("delisted")
    return [
        Sanction(
            authority=authority,
            program=program,
            subject=subject,
            chain=chain,
            address=address,
            listed=listed,
            delisted=delisted,
            source=source,
        )
        for address, _note in part.table()
    ]
