"""Tables of words in fact files: names as they are written, identifiers that many share.

A table is a block of text; a line is a word and what belongs to it.
"""

from functools import cache

from bongsu.errors import FactsError
from bongsu.facts.document import Document, read_documents
from bongsu.model.text import _

Table = dict[str, tuple[str, ...]]
"""First word of each line to its other words, in the order of the file."""


def tables_of(document: Document) -> dict[str, Table]:
    """Tables of one fact file by name.

    Raises:
        FactsError: When a table is no text, is empty, or has a word twice.
    """
    part = document.body.part("tables")
    return {name: _table(document, name) for name in part.values}


def load_table(kind: str, slug: str, name: str) -> Table:
    """Table of a shipped file, for instance `names`, `korean-surnames`, `surnames`; read once.

    Raises:
        FactsError: When there is no such table.
    """
    return dict(_shipped(kind, slug, name))


@cache
def load_words(kind: str, slug: str, name: str) -> frozenset[str]:
    """First words of a shipped table; read once."""
    return frozenset(_shipped(kind, slug, name))


@cache
def _shipped(kind: str, slug: str, name: str) -> Table:
    found = [document for document in read_documents(kind) if document.slug == slug]
    tables = tables_of(found[0]) if found else {}
    if name not in tables:
        raise FactsError(
            _("Cannot find table {name}: {file} does not have it.").format(name=name, file=f"{kind}/{slug}"),
            hint=_("Install Bongsu again."),
        )
    return tables[name]


def _table(document: Document, name: str) -> Table:
    part = document.body.part("tables")
    rows = part.table(name)
    found = {first: tuple(rest.split()) for first, rest in rows}
    if not rows:
        part.refuse(name, _("is missing"))
    if len(found) != len(rows):
        part.refuse(name, _("has a word twice"))
    return found
