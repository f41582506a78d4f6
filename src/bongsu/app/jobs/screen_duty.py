"""The part `duties` of a screening: what the law of the countries asks before and after a person decides."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bongsu.errors import InputError
from bongsu.facts.duty import COUNTRIES, load_duties
from bongsu.model.text import _

Document = dict[str, Any]


def demand_countries(countries: Sequence[str]) -> None:
    """Nothing; duties ship of each country.

    Raises:
        InputError: When none do of one: that must not read as if nothing were asked there.
    """
    for country in countries:
        if country.lower() not in COUNTRIES:
            raise InputError(
                _("Cannot say what the law of {country} asks: no facts ship of it.").format(country=country),
                hint=_("Known: {names}. Ask a lawyer of the country.").format(
                    names=", ".join(one.upper() for one in COUNTRIES)
                ),
            )


def duties_document(countries: Sequence[str], day: date) -> list[Document]:
    """Duties in force on a day, country by country, in the order of what comes first."""
    return [
        {
            "country": duty.country,
            "phase": duty.phase,
            "force": duty.force,
            "what": duty.what,
            "when": duty.when,
            "deadline": duty.deadline,
            "law": duty.law,
            "authority": duty.authority,
            "source": duty.source,
            "confidence": duty.confidence,
        }
        for country in sorted({one.upper() for one in countries})
        for duty in load_duties(country, day)
    ]
