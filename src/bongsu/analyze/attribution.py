"""Which cluster sightings speak for, how strongly and why; that nobody can tell is an answer.

The scheme is additive with caps, and docs/explanation/attribution.md states it in full.
"""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bongsu.analyze.attribution_label import Shares, shares_of
from bongsu.analyze.attribution_technique import TechniqueFit, fits_of
from bongsu.facts.group import load_groups
from bongsu.model.evidence import Evidence
from bongsu.model.finding import Finding
from bongsu.model.marking import Marking
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

METHOD = "attribution@1"
BANDS = ("weak", "medium", "strong")
BAND_FROM = {"weak": 15, "medium": 40, "strong": 70}
"""Least points of a band; fewer than weak: cannot tell."""
CONFIDENCE = {"weak": 15, "medium": 50, "strong": 85}
"""Confidence of a band on the STIX 2.1 scale: the middles of low, medium and high."""
FAMILY = {
    **dict.fromkeys(("sha256", "sha1", "md5", "package", "package_alias", "wallet", "mutex"), "made"),
    **dict.fromkeys(("domain", "url", "email"), "named"),
}
"""Kind of an indicator to its family: what an actor made, what an actor rented; all else is `reused`."""
POINTS = {"made": 26, "named": 20, "reused": 6}
"""Points of one indicator that all labels give to one cluster, fresh."""
FAMILY_MOST = {"made": 45, "named": 40, "reused": 12}
"""Points of a family, however many indicators."""
HALF_LIFE_DAYS = {"named": 540, "reused": 60}
"""Days in which an indicator loses half of its weight; what was made stays what it is."""
UNDATED = 0.8
"""Weight of an indicator that loses weight with age, where its source states no date."""
SOURCE_POINTS, SOURCE_MOST = 10, 20
"""Points for each source after the first."""
ALIKE = 0.5
"""Part of a cluster's points from which another fits alike."""


class Attribution(NamedTuple):
    """What speaks for one cluster."""

    cluster: str
    """Slug of `bongsu.facts.group.Group`."""
    title: str
    band: str
    """One of BANDS."""
    confidence: int
    """STIX 2.1 scale."""
    points: int
    why: tuple[str, ...]
    """What the points are for, and what lowered the band."""
    overlaps: tuple[str, ...]
    """What sources say of this and other clusters that are named here."""
    rivals: tuple[str, ...]
    """Clusters that fit alike, of which no source says that they overlap with this one."""
    evidence: tuple[Evidence, ...]


class Verdict(NamedTuple):
    """Which clusters sightings speak for."""

    attributions: tuple[Attribution, ...]
    """By band and points, the best first; none: cannot tell."""
    why: tuple[str, ...]
    """Why nobody can tell, or what could not be used."""

    @property
    def cannot_tell(self) -> bool:
        """Whether no cluster is named, or the best has a rival that no source ties to it."""
        return not self.attributions or bool(self.attributions[0].rivals)


class _Mark(NamedTuple):
    """One indicator that was met."""

    rule: str
    family: str
    shares: Shares
    freshness: float
    evidence: tuple[Evidence, ...]


_HASHES = ("sha256", "sha1", "md5")
_MOST_EVIDENCE = 8


def attribute(
    sightings: Iterable[Sighting],
    *,
    ages: Mapping[str, int] | None = None,
    sets: Mapping[str, frozenset[str]] | None = None,
) -> Verdict:
    """Clusters that the alerts among the sightings speak for.

    Args:
        sightings: Of one host, one case or one hunt; those that are context only are not used.
        ages: Rule of an indicator to the days from its source's last word on it to the event; a rule that
            is missing counts as undated.
        sets: Published techniques by cluster; those that ship if not given.
    """
    alerts = [one for one in sightings if one.alert]
    marks = _marks(alerts, ages or {})
    fits = fits_of({technique for one in alerts for technique in one.techniques}, sets)
    clusters = {one for mark in marks for one in mark.shares.shares} | {
        one for one in fits if fits[one].points
    }
    scored = [_score(cluster, marks, fits.get(cluster)) for cluster in sorted(clusters)]
    told = sorted((one for one in scored if one.band), key=lambda one: (-one.points, one.cluster))
    best = sorted(_compared(told), key=lambda one: -one.confidence)
    return Verdict(tuple(best), tuple(_why_not(alerts, marks, told)))


def findings_of(verdict: Verdict, marking: Marking) -> list[Finding]:
    """Findings for each cluster of a verdict, under the strictest marking of the evidence."""
    return [
        Finding(
            what="attribution",
            subject=f"group:{one.cluster}",
            score=one.confidence,
            why=(*one.why, *one.overlaps),
            evidence=one.evidence,
            method=METHOD,
            params=json.dumps({"band": one.band, "points": one.points}, sort_keys=True),
            marking=marking,
        )
        for one in verdict.attributions
    ]


def _marks(alerts: list[Sighting], ages: Mapping[str, int]) -> list[_Mark]:
    """Indicators that were met, each once with all its labels; hashes of one file are one."""
    labels: dict[str, set[str]] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for one in alerts:
        if one.clusters:
            labels.setdefault(one.rule, set()).update(one.clusters)
            evidence[one.rule] = (*evidence.get(one.rule, ()), *one.evidence)
    found, files = [], set()
    for rule, said in sorted(labels.items()):
        kind = rule.partition(" ")[0]
        places = frozenset((piece.sha256, piece.locator) for piece in evidence[rule])
        if kind in _HASHES and places and places in files:
            continue
        files |= {places} if kind in _HASHES else set()
        family = FAMILY.get(kind, "reused")
        freshness = _freshness(family, ages.get(rule))
        found.append(_Mark(rule, family, shares_of(tuple(sorted(said))), freshness, evidence[rule]))
    return found


def _freshness(family: str, days: int | None) -> float:
    half = HALF_LIFE_DAYS.get(family)
    if half is None:
        return 1.0
    return UNDATED if days is None else float(0.5 ** (max(0, days) / half))


def _score(cluster: str, marks: list[_Mark], fit: TechniqueFit | None) -> Attribution:
    mine = [mark for mark in marks if mark.shares.shares.get(cluster)]
    by_family = {
        family: min(
            FAMILY_MOST[family],
            sum(POINTS[family] * m.shares.shares[cluster] * m.freshness for m in mine if m.family == family),
        )
        for family in POINTS
    }
    sources = frozenset().union(*(mark.shares.sources[cluster] for mark in mine))
    more_sources = min(SOURCE_MOST, SOURCE_POINTS * max(0, len(sources) - 1))
    techniques = fit.points if fit else 0
    points = min(100, round(sum(by_family.values()) + more_sources + techniques))
    why = [*_indicator_words(mine, cluster, by_family), *_source_words(sources, more_sources)]
    if fit and fit.points:
        why.append(_technique_words(fit))
    band, lowered = _band(points, cluster, mine, len(sources))
    evidence = tuple(dict.fromkeys(piece for mark in mine for piece in mark.evidence))[:_MOST_EVIDENCE]
    title = load_groups()[cluster].title
    confidence = CONFIDENCE.get(band, 0)
    return Attribution(cluster, title, band, confidence, points, (*why, *lowered), (), (), evidence)


def _band(points: int, cluster: str, mine: list[_Mark], sources: int) -> tuple[str, list[str]]:
    """Band of the points, empty below weak, and sentences on what keeps it down."""
    band = next((one for one in reversed(BANDS) if points >= BAND_FROM[one]), "")
    families = {mark.family for mark in mine}
    durable = [mark for mark in mine if mark.family != "reused"]
    caps = [
        (not mine, 0, _("techniques alone never say more than weak: anybody can use them")),
        (
            not durable and bool(mine),
            0,
            _("addresses, file names and rules are used by many: never above weak"),
        ),
        (len(durable) == 1 and len(mine) == 1, 0, _("one indicator alone never says more than weak")),
        (
            bool(mine) and all(cluster in mark.shares.umbrella_only for mark in mine),
            0,
            _("the sources name only an umbrella over this cluster"),
        ),
        (sources < 2, 1, _("one source alone never says more than medium")),
        (len(families - {"reused"}) < 2, 1, _("strong needs what an actor made and what an actor rented")),
    ]
    lowered = []
    for holds, most, why in caps:
        if holds and band and BANDS.index(band) > most:
            band = BANDS[most]
            lowered.append(why)
    return band, lowered


def _compared(told: list[Attribution]) -> Iterable[Attribution]:
    """The clusters with their overlaps; where another fits alike, one band lower."""
    groups = load_groups()
    for one in told:
        stated = groups[one.cluster].overlaps
        near = [other for other in told if other.cluster in stated]
        alike = [other for other in told if other.cluster != one.cluster and _alike(one, other)]
        overlaps = tuple(f"{other.title}: {stated[other.cluster]}" for other in near)
        band, why = one.band, one.why
        if alike:
            band = BANDS[max(0, BANDS.index(band) - 1)]
            names = ", ".join(other.title for other in alike)
            why = (*why, _("these fit alike, so one band lower: {names}").format(names=names))
        yield one._replace(
            band=band,
            confidence=CONFIDENCE[band],
            why=why,
            overlaps=overlaps,
            rivals=tuple(other.cluster for other in alike if other.cluster not in stated),
        )


def _alike(one: Attribution, other: Attribution) -> bool:
    """Whether two clusters, neither of them an umbrella, have about the same points."""
    groups = load_groups()
    if groups[one.cluster].umbrella or groups[other.cluster].umbrella:
        return False
    return min(one.points, other.points) >= ALIKE * max(one.points, other.points)


def _why_not(alerts: list[Sighting], marks: list[_Mark], told: list[Attribution]) -> Iterable[str]:
    unknown = sorted({label for mark in marks for label in mark.shares.unknown})
    if unknown:
        yield _("these labels name no cluster that is known: {labels}").format(labels=", ".join(unknown))
    if told:
        return
    if not alerts:
        yield _("cannot tell: there is no alert; what is context only names nobody")
    elif not marks:
        yield _("cannot tell: no indicator of a cluster was met, and the techniques are those of many")
    else:
        yield _("cannot tell: what was met is too little, too old, or claimed for too many clusters")


def _indicator_words(mine: list[_Mark], cluster: str, points: Mapping[str, float]) -> Iterable[str]:
    for family in POINTS:
        found = [mark for mark in mine if mark.family == family]
        if not found:
            continue
        shared = sum(mark.shares.shares[cluster] < 1 for mark in found)
        text = {
            "made": _("{points} points: {n} of what actors make, such as files ({shared} shared): {first}"),
            "named": _("{points} points: {n} names and mailboxes ({shared} shared): {first}"),
            "reused": _(
                "{points} points: {n} of what many use, such as addresses ({shared} shared): {first}"
            ),
        }[family]
        first = ", ".join(mark.rule for mark in found[:3])
        yield text.format(points=round(points[family]), n=len(found), shared=shared, first=first)


def _source_words(sources: frozenset[str], points: int) -> Iterable[str]:
    if points:
        names = ", ".join(sorted(sources))
        yield _("{points} points: {n} sources: {names}").format(points=points, n=len(sources), names=names)


def _technique_words(fit: TechniqueFit) -> str:
    return _(
        "{points} points: {n} of {seen} telling techniques are in its published set, {chance} would be by "
        "chance: {first}"
    ).format(
        points=fit.points,
        n=len(fit.matched),
        seen=fit.seen,
        chance=f"{fit.by_chance:.1f}",
        first=", ".join(fit.matched[:4]),
    )
