"""What programs do at regular times without anyone meaning harm: updates, clocks, telemetry, monitoring."""

from functools import cache
from typing import NamedTuple

from bongsu.facts.document import Document, Fields, read_documents


class Routines(NamedTuple):
    """Reasons for regular traffic, by what shows them."""

    hosts: dict[str, str]
    """Domain, also for what is below it, to what asks it."""
    agents: dict[str, str]
    """How a user agent begins, in lower case and with spaces, to whose it is."""
    ports: dict[str, str]
    """Port of the answering side to the service."""


def load_routines() -> Routines:
    """Shipped routines of all files together; read once."""
    found = Routines({}, {}, {})
    for one in _shipped():
        for into, more in zip(found, one, strict=True):
            into.update(more)
    return found


def routines_of(document: Document) -> Routines:
    """Routines of one fact file; a line is a domain, an agent (`_` for a space) or a port, and why."""
    body = document.body
    agents = {name.replace("_", " ").lower(): why for name, why in _lines(body, "agents").items()}
    return Routines(_lines(body, "hosts"), agents, _lines(body, "ports"))


def _lines(part: Fields, key: str) -> dict[str, str]:
    return dict(part.table(key)) if key in part.values else {}


@cache
def _shipped() -> tuple[Routines, ...]:
    return tuple(routines_of(document) for document in read_documents("routine_traffic"))
