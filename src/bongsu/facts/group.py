"""Clusters of actors from their fact files: what each source calls them, what overlaps, what they do."""

from functools import cache
from typing import NamedTuple

from bongsu.facts.document import Document, Fields, read_documents
from bongsu.model.text import _

GROUP_SOURCES = ("mitre", "misp", "microsoft")
"""Lists of names that are re-stated: ATT&CK, the MISP galaxy of threat actors, Microsoft's own list."""


class GroupEntry(NamedTuple):
    """What one source calls a cluster."""

    source: str
    """One of GROUP_SOURCES."""
    id: str
    """Id of ATT&CK; or empty."""
    name: str
    """The source's own name."""
    also: tuple[str, ...]
    """Other names that the source gives."""
    reference: str
    """Where the source says so."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called, the id too."""
        return (self.name, *self.also, *([self.id] if self.id else []))


class Campaign(NamedTuple):
    """An operation that a source counts to the cluster."""

    id: str
    name: str
    techniques: frozenset[str]


class Group(NamedTuple):
    """One cluster; what others keep apart is kept apart."""

    slug: str
    title: str
    umbrella: bool
    """Whether names of several clusters stand under it, so that it says the country, hardly the crew."""
    entries: tuple[GroupEntry, ...]
    coined: dict[str, str]
    """Name to who coined it, where the name shows that."""
    overlaps: dict[str, str]
    """Slug of another cluster to what the sources say of both."""
    techniques: frozenset[str]
    """ATT&CK ids of the cluster itself, without campaigns."""
    campaigns: tuple[Campaign, ...]
    software: dict[str, str]
    """ATT&CK id of software to its name."""
    confidence: int
    """How sure the re-statement is, 0 to 100."""

    @property
    def all_techniques(self) -> frozenset[str]:
        """ATT&CK ids of the cluster and of its campaigns."""
        return self.techniques.union(*(one.techniques for one in self.campaigns))


def load_groups() -> dict[str, Group]:
    """Shipped clusters by slug; read once."""
    return dict(_shipped())


def group_of(document: Document) -> Group:
    """Cluster of one fact file.

    Raises:
        FactsError: When a key is missing or wrong, or a source stands twice without another id.
    """
    body = document.body
    entries = tuple(_entry(part) for part in body.parts("entries"))
    if not entries:
        body.refuse("entries", _("is missing"))
    said = [(one.source, one.id, one.name) for one in entries]
    if len(set(said)) < len(said):
        body.refuse("entries", _("has one entry twice"))
    return Group(
        slug=document.slug,
        title=document.title,
        umbrella="umbrella" in body.values and body.flag("umbrella"),
        entries=entries,
        coined={name: vendor.replace("_", " ") for vendor, name in _lines(body, "coined")},
        overlaps={part.text("group"): part.text("how") for part in body.parts("overlaps")},
        techniques=_ids(body, "techniques"),
        campaigns=tuple(
            Campaign(part.text("id"), part.text("name"), _ids(part, "techniques"))
            for part in body.parts("campaigns")
        ),
        software=dict(_lines(body, "software")),
        confidence=document.confidence,
    )


def _entry(part: Fields) -> GroupEntry:
    return GroupEntry(
        source=part.choice("source", GROUP_SOURCES),
        id=part.text("id", ""),
        name=part.text("name"),
        also=part.texts("also"),
        reference=part.text("reference"),
    )


def _lines(part: Fields, key: str) -> list[tuple[str, str]]:
    return part.table(key) if key in part.values else []


def _ids(part: Fields, key: str) -> frozenset[str]:
    return frozenset(part.text(key, "").split())


@cache
def _shipped() -> dict[str, Group]:
    return {document.slug: group_of(document) for document in read_documents("groups")}
