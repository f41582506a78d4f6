"""Values that are no sign of anything by themselves: resolvers, popular and shared hosts, reserved names."""

from functools import cache
from typing import NamedTuple

from bongsu.facts.document import Document, read_documents
from bongsu.model.text import _

EFFECTS = ("benign", "shared", "common")
"""A match says nothing; below it are hosts of strangers, so only a whole host says something; a part of paths
that sites have anyway."""
WARNING_KINDS = ("host", "below", "net", "hash", "word")
"""A host itself; it and all below; an address or a net; a hash; a word of paths."""


class Warned(NamedTuple):
    """A value that a list warns of."""

    kind: str
    """One of WARNING_KINDS."""
    value: str
    effect: str
    """One of EFFECTS."""
    reason: str


def load_warnings() -> tuple[Warned, ...]:
    """Everything that the shipped lists warn of; read once."""
    return _shipped()


def warnings_of(document: Document) -> tuple[Warned, ...]:
    """What one fact file warns of: each line a kind and values.

    Raises:
        FactsError: When a kind or the effect is not known.
    """
    effect = document.body.choice("effect", EFFECTS)
    reason = document.body.text("reason")
    found = []
    for kind, values in document.body.table():
        if kind not in WARNING_KINDS:
            why = _("has {kind}, not one of {choices}").format(kind=kind, choices=WARNING_KINDS)
            document.body.refuse("table", why)
        found += [Warned(kind, value, effect, reason) for value in values.split()]
    return tuple(found)


@cache
def _shipped() -> tuple[Warned, ...]:
    return tuple(one for document in read_documents("warning_lists") for one in warnings_of(document))
