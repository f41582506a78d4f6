"""What techniques say for a cluster: more than chance would give a set of its size, rare ones most."""

from collections.abc import Iterable, Mapping
from functools import cache
from math import log, sqrt
from typing import NamedTuple

from bongsu.facts.group import load_groups
from bongsu.facts.technique import load_techniques

COMMON = 0.25
"""A technique that so many of the groups outside the DPRK use says nothing."""
FEWEST = 3
"""Techniques that say something, in the cluster's set, before they count at all."""
POINTS_EACH = 5
"""Points for the weight of one technique that hardly anybody else uses, beyond chance."""
SPREAD = 3.0
"""Standard deviations beyond chance from which a fit counts: eight sets are tried, so two would not do."""
MOST = 20
"""Points that techniques can give."""


class TechniqueFit(NamedTuple):
    """How the techniques that were seen fit one cluster."""

    points: int
    seen: int
    """Techniques that were seen and say something: known, not common."""
    matched: tuple[str, ...]
    """Those in the cluster's published set, the rarest first."""
    by_chance: float
    """How many of them the set would hold if anybody had used them."""


def weight_of(technique: str) -> float:
    """0 for a technique that is common or not known, up to 1 for one that no other group is known to use."""
    known = load_techniques().get(technique)
    if known is None or known.share >= COMMON:
        return 0.0
    least = 1 / _groups()
    return log(max(known.share, least)) / log(least)


def fit_of(seen: Iterable[str], published: frozenset[str]) -> TechniqueFit:
    """Fit of the techniques that were seen with a published set; what anybody would match is allowed for."""
    weights = {one: weight for one in seen if (weight := weight_of(one)) > 0}
    matched = sorted((one for one in weights if one in published), key=lambda one: (-weights[one], one))
    odds = sum(_use(one) for one in published) / _all_use()
    beyond = sum(weights[one] for one in matched) - odds * sum(weights.values())
    spread = sqrt(odds * (1 - odds) * sum(weight**2 for weight in weights.values()))
    counts = len(matched) >= FEWEST and beyond >= SPREAD * spread
    points = min(MOST, round(POINTS_EACH * beyond)) if counts else 0
    return TechniqueFit(points, len(weights), tuple(matched), odds * len(weights))


def fits_of(seen: Iterable[str], sets: Mapping[str, frozenset[str]] | None = None) -> dict[str, TechniqueFit]:
    """Fit of each cluster whose techniques are published.

    Args:
        seen: Techniques of alerts.
        sets: Published sets by cluster; those that ship if not given (others: to measure by decoys).
    """
    known = published_sets() if sets is None else sets
    found = set(seen)
    return {cluster: fit_of(found, published) for cluster, published in known.items()}


def published_sets() -> dict[str, frozenset[str]]:
    """Techniques of each cluster of which any are published, with those of its campaigns."""
    return {slug: one.all_techniques for slug, one in load_groups().items() if one.all_techniques}


@cache
def _groups() -> int:
    known = next(one for one in load_techniques().values() if one.groups)
    return round(known.groups / known.share)


def _use(technique: str) -> float:
    """How often anybody uses a technique that says something; half a group where none is known to."""
    return load_techniques()[technique].groups + 0.5 if weight_of(technique) > 0 else 0.0


@cache
def _all_use() -> float:
    """The same of all techniques that anybody is known to use."""
    used = {one for one, known in load_techniques().items() if known.groups}
    return sum(_use(one) for one in used.union(*published_sets().values()))
