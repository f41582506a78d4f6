"""What the fields of logs mean: the name that OCSF gives each, and what its values can be compared with."""

from functools import cache
from typing import NamedTuple

from bongsu.facts.document import Document, read_documents
from bongsu.model.text import _

FIELD_KINDS = (
    "",  # nothing that an indicator is compared with
    "domain",
    "ip",
    "url",
    "hash",
    "hashes",  # several, each after the name of its algorithm and `=`
    "path",  # of a file: its last part is a file name
    "email",
    "mutex",
    "package",
    "text",  # free text: whatever stands in it
    "host",  # whose log it is
    "user",  # whose doing it is
)


class LogField(NamedTuple):
    """Meaning of one field."""

    ocsf: str
    """Dotted OCSF 1.x attribute; empty where OCSF has none."""
    kind: str
    """One of FIELD_KINDS."""


def load_log_fields(product: str) -> dict[str, LogField]:
    """Meaning of the fields of a product's logs, by the log's own name; empty for a product not known."""
    return dict(_shipped().get(product, {}))


def log_fields_of(document: Document) -> dict[str, LogField]:
    """Fields of one fact file, each a line: name in the log, OCSF name or `-`, kind or nothing.

    Raises:
        FactsError: When a kind is none of FIELD_KINDS.
    """
    found = {}
    for name, rest in document.body.table():
        ocsf, _space, kind = rest.partition(" ")
        if kind not in FIELD_KINDS:
            why = _("has {kind}, not one of {choices}").format(kind=kind, choices=FIELD_KINDS)
            document.body.refuse("table", why)
        found[name] = LogField("" if ocsf == "-" else ocsf, kind)
    return found


@cache
def _shipped() -> dict[str, dict[str, LogField]]:
    return {document.slug: log_fields_of(document) for document in read_documents("log_fields")}
