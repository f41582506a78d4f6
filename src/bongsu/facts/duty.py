"""Duties of employers by country, from their fact files."""

from datetime import date
from functools import cache

from bongsu.facts.document import Document, Fields, read_documents
from bongsu.model.duty import FORCES, PHASES, Duty
from bongsu.model.text import _

COUNTRIES = ("eu", "gb", "kr", "us")
"""Countries of which duties ship, as the files are named; a member of the European Union also has EU."""


def duties_of(document: Document) -> list[Duty]:
    """Duties of one fact file, whose name is the country.

    Raises:
        FactsError: When a key is missing or wrong, or two duties have one name.
    """
    found = [_duty(document, part) for part in document.body.parts("duties")]
    names = [one.id for one in found]
    if not found:
        document.body.refuse("duties", _("is missing"))
    for name in names:
        if names.count(name) > 1:
            document.body.refuse("duties", _("has {name} twice").format(name=name))
    return found


def load_duties(country: str, day: date) -> list[Duty]:
    """Duties in force in a country on a day, by phase; none where nothing ships of it.

    Args:
        country: ISO 3166-1 alpha-2 code, or EU.
        day: Day of the decision.
    """
    found = [one for one in _shipped() if one.country == country.upper() and _in_force(one, day)]
    return sorted(found, key=lambda one: (PHASES.index(one.phase), one.id))


@cache
def _shipped() -> tuple[Duty, ...]:
    return tuple(one for document in read_documents("duties") for one in duties_of(document))


def _in_force(duty: Duty, day: date) -> bool:
    return (duty.valid_from is None or duty.valid_from <= day) and (
        duty.valid_to is None or day <= duty.valid_to
    )


def _duty(document: Document, part: Fields) -> Duty:
    first, last = part.optional_day("valid_from"), part.optional_day("valid_to")
    if first and last and last < first:
        part.refuse("valid_to", _("is before valid_from"))
    return Duty(
        id=f"{document.slug}-{part.text('id')}",
        country=document.slug.upper(),
        phase=part.choice("phase", PHASES),
        force=part.choice("force", FORCES),
        what=part.text("what"),
        when=part.text("when", ""),
        deadline=part.text("deadline", ""),
        law=part.text("law"),
        authority=part.text("authority", ""),
        source=part.text("source", document.source),
        valid_from=first,
        valid_to=last,
        confidence=part.whole("confidence", document.confidence),
    )
