"""Techniques of ATT&CK: what they are called, and how many groups outside the DPRK use each."""

from functools import cache
from typing import NamedTuple

from bongsu.facts.document import Document, read_documents
from bongsu.model.text import _


class Technique(NamedTuple):
    """One technique or sub-technique."""

    id: str
    name: str
    groups: int
    """Groups outside the DPRK that ATT&CK says use it."""
    share: float
    """The same of all such groups, 0 to 1."""


def load_techniques() -> dict[str, Technique]:
    """Shipped techniques by id; read once. © 2025 The MITRE Corporation, reproduced with its permission."""
    return dict(_shipped())


def techniques_of(document: Document) -> dict[str, Technique]:
    """Techniques of one fact file, each a line: id, number of groups, name.

    Raises:
        FactsError: When a number is none, or more than there are groups.
    """
    everyone = document.body.whole("groups")
    found = {}
    for name, rest in document.body.table():
        count, _space, title = rest.partition(" ")
        if not count.isdigit() or int(count) > everyone or not title:
            why = _("has {line}, not an id, a number of groups and a name")
            document.body.refuse("table", why.format(line=f"{name} {rest}"))
        found[name] = Technique(name, title, int(count), int(count) / everyone)
    return found


@cache
def _shipped() -> dict[str, Technique]:
    return {
        name: one
        for document in read_documents("techniques")
        for name, one in techniques_of(document).items()
    }
