"""How far the label of an indicator speaks for a cluster: names that mean several are shared out."""

from collections import Counter
from typing import NamedTuple

from bongsu.analyze.actor import resolve_actor
from bongsu.facts.group import load_groups

UMBRELLA_PART = 0.5
"""What a label that is an umbrella's own name is worth for a cluster under it."""


class Shares(NamedTuple):
    """What the labels of one indicator say."""

    shares: dict[str, float]
    """Cluster to 0..1: 1 where every label means it and nothing else."""
    sources: dict[str, frozenset[str]]
    """Cluster to who gave a label that can mean it."""
    umbrella_only: frozenset[str]
    """Clusters that are meant by nothing but the name of an umbrella over them."""
    unknown: tuple[str, ...]
    """Labels that mean no cluster that is known: they speak for none and against none."""


def split_label(label: str) -> tuple[str, str]:
    """Source and name of a label `source: name`; an empty source where none is stated."""
    source, colon, name = label.partition(": ")
    return (source.strip(), name.strip()) if colon else ("", label.strip())


def shares_of(labels: tuple[str, ...]) -> Shares:
    """Shares of clusters in labels `source: name`: the mean over the labels that mean anything."""
    known: list[tuple[str, dict[str, float], bool]] = []
    unknown = []
    for label in labels:
        source, name = split_label(label)
        shares = _share(name)
        if shares:
            known.append((source, shares, _is_umbrella(name)))
        else:
            unknown.append(label)
    clusters = {cluster for _source, shares, _umbrella in known for cluster in shares}
    return Shares(
        {one: sum(shares.get(one, 0) for _s, shares, _u in known) / len(known) for one in clusters},
        {one: frozenset(source for source, shares, _u in known if one in shares) for one in clusters},
        frozenset(
            one
            for one in clusters
            if not load_groups()[one].umbrella
            and all(umbrella for _source, shares, umbrella in known if one in shares)
        ),
        tuple(unknown),
    )


def _share(name: str) -> dict[str, float]:
    """Cluster to the part of the sources' statements that mean it by the name."""
    claims = {(one.cluster, one.source) for one in resolve_actor(name).claims}
    votes = Counter(cluster for cluster, _source in claims)
    if _is_umbrella(name):
        groups = load_groups()
        return {one: 1.0 if groups[one].umbrella else UMBRELLA_PART / _members(votes) for one in votes}
    return {one: count / len(claims) for one, count in votes.items()}


def _members(votes: Counter[str]) -> int:
    return sum(not load_groups()[one].umbrella for one in votes)


def _is_umbrella(name: str) -> bool:
    """Whether the name is an umbrella's own, not one of those under it."""
    return any(
        load_groups()[one.cluster].umbrella and one.written == one.entry for one in resolve_actor(name).claims
    )
