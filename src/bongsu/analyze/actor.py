"""Names of actors to the clusters that sources mean by them: a set with who says so, never one guess."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from bongsu.facts.group import Group, load_groups

_APT = re.compile(r"^apt0*(\d+)$")
_DEV = re.compile(r"^dev(\d{4})$")
_HEAD = re.compile(r"^(subgroup|operation|the)(?=.{4})")
_TAIL = re.compile(r"(?<=.{4})(groups?|gang|teams?|campaign)$")


class Claim(NamedTuple):
    """One source that uses a name for a cluster."""

    cluster: str
    """Slug of `bongsu.facts.group.Group`."""
    source: str
    """One of bongsu.facts.group.GROUP_SOURCES."""
    entry: str
    """The source's own name for the cluster."""
    written: str
    """The name as the source writes it."""
    reference: str
    """Where."""


class Resolution(NamedTuple):
    """What a name can mean."""

    name: str
    claims: tuple[Claim, ...]
    """Who says what, by cluster and source; none: the name is not known, and nothing is guessed."""

    @property
    def clusters(self) -> frozenset[str]:
        """Slugs of the clusters that it can mean."""
        return frozenset(one.cluster for one in self.claims)

    @property
    def contested(self) -> bool:
        """Whether sources mean more than one cluster by it."""
        return len(self.clusters) > 1


def normalize_name(name: str) -> str:
    """Letters and digits of a name in lower case; APT numbers lose zeros, Microsoft's DEV becomes Storm."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    key = "".join(letter for letter in plain if letter.isalnum())
    key = _APT.sub(lambda found: f"apt{found[1]}", key)
    return _DEV.sub(r"storm\1", key)


def resolve_actor(name: str, groups: Mapping[str, Group] | None = None) -> Resolution:
    """Clusters that sources mean by a name; `A/B` means either, an unknown name nothing.

    Args:
        name: As a report or a list of indicators has it.
        groups: Clusters by slug; those that ship if not given.
    """
    index = _shipped_index() if groups is None else _index(groups.values())
    claims = _look_up(index, name)
    if not claims and "/" in name:
        claims = {one for part in name.split("/") for one in _look_up(index, part)}
    return Resolution(name, tuple(sorted(claims)))


Index = tuple[dict[str, set[Claim]], dict[str, set[Claim]]]
"""Claims by key, and by key without words such as `group`."""


def _look_up(index: Index, name: str) -> set[Claim]:
    """Claims of a name as it is, and of what differs from it only by a word such as `group`."""
    exact, loose = index
    key = normalize_name(name)
    return exact.get(key, set()) | loose.get(_stripped(key), set())


def _stripped(key: str) -> str:
    return _TAIL.sub("", _HEAD.sub("", key))


def _index(groups: Iterable[Group]) -> Index:
    exact: dict[str, set[Claim]] = {}
    loose: dict[str, set[Claim]] = {}
    for group in groups:
        for claim in _claims(group):
            key = normalize_name(claim.written)
            exact.setdefault(key, set()).add(claim)
            loose.setdefault(_stripped(key), set()).add(claim)
    return exact, loose


def _claims(group: Group) -> Iterable[Claim]:
    for entry in group.entries:
        for name in entry.names:
            yield Claim(group.slug, entry.source, entry.name, name, entry.reference)


@cache
def _shipped_index() -> Index:
    return _index(load_groups().values())
