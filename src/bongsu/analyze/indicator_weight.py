"""What it is worth that an indicator was met: level, confidence 0 to 100, and why.

A kind has a weight (a hash names one file, an address is handed on). The best source's own confidence scales
it; sources that agree raise it; several actors, missing dates, age and events outside of the validity lower
it. One address never exceeds WEAK; a value of scope `weak` or under dispute never alerts.

The weights are judgement, not measurement: no public logs of a real intrusion by these actors exist to
measure them on. What is measured is that nothing alerts on clean logs: `tests/test_indicators_real.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bongsu.model.text import _

WEIGHTS: Mapping[str, int] = {
    "sha256": 95,
    "sha1": 92,
    "md5": 88,
    "url": 85,
    "domain": 80,
    "email": 75,
    "mutex": 65,
    "wallet": 90,
    "package": 80,
    "package_alias": 60,
    "file_name_regex": 55,
    "file_name": 45,
    "url_path": 55,
    "handle": 45,
    "ipv4": 30,
    "ipv6": 30,
    "cidr": 20,
}
"""Kind to the confidence of a hit whose one source is sure of itself and in date."""
WEAK = 30
"""Most that one address, or a value of scope `weak`, is worth alone."""
_DISPUTED = 10
_HIGH, _MEDIUM = 75, 45
NEAR = timedelta(days=180)
"""How far outside of its validity a hit may be and still alert."""
_MARGIN = timedelta(days=30)
"""What a source may be late or early without saying so."""
_OLD = timedelta(days=2 * 365)
_ADDRESS_OLD = timedelta(days=90)


class Seen(NamedTuple):
    """When and how an indicator was met."""

    first: datetime | None
    last: datetime | None
    below: bool
    """Something below the value was met, not the value itself."""


class Weight(NamedTuple):
    """What a hit is worth."""

    level: str
    alert: bool
    confidence: int
    why: tuple[str, ...]


class _Sum:
    """Confidence under way, and its reasons."""

    def __init__(self, start: int, why: str) -> None:
        self.value = start
        self.why = [why]
        self.alert = True
        self.most = 100

    def add(self, points: int, why: str) -> None:
        self.value += points
        self.why.append(f"{why} ({points:+d})")

    def limit(self, most: int, why: str, *, alert: bool) -> None:
        self.most = min(self.most, most)
        self.alert = self.alert and alert
        self.why.append(why)


def weigh(rows: Sequence[Mapping[str, Any]], seen: Seen) -> Weight:
    """What it is worth that the value of these indicators was met.

    Args:
        rows: Indicators of one value (schema INDICATOR), at least one.
        seen: When it was met.
    """
    kind = rows[0]["kind"]
    best = max(row["confidence"] for row in rows)
    start = round(WEIGHTS[kind] * (70 + 0.3 * best) / 100)
    said = _("{kind} is worth {weight} where its source is sure; the surest says {best} of 100: {start}")
    total = _Sum(start, said.format(kind=kind, weight=WEIGHTS[kind], best=best, start=start))
    _weigh_sources(total, rows)
    _weigh_time(total, rows, seen)
    if seen.below:
        total.why.append(_("what was met is below the value, which belongs to whoever has the value"))
    _limit(total, rows)
    confidence = max(0, min(total.value, total.most))
    return Weight(_level(confidence, total.alert), total.alert, confidence, tuple(total.why))


def provider_of(source: str) -> str:
    """Who publishes: the source without commit, file or campaign."""
    return source.partition("@")[0].partition(":")[0].strip() if "://" not in source else source


def clusters_of(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Actors as each source names them, `source: name`; never merged."""
    named = {f"{provider_of(row['source']) or '?'}: {row['cluster']}" for row in rows if row["cluster"]}
    return tuple(sorted(named))


def _weigh_sources(total: _Sum, rows: Sequence[Mapping[str, Any]]) -> None:
    providers = {provider_of(row["source"]) for row in rows}
    if len(providers) > 1:
        more = min(10, 5 * (len(providers) - 1))
        total.add(more, _("{count} sources state it").format(count=len(providers)))
    clusters = {row["cluster"] for row in rows if row["cluster"]}
    if len(clusters) > 1:
        total.add(
            -10, _("sources tie it to different actors: {names}").format(names=", ".join(sorted(clusters)))
        )
    elif not clusters:
        total.add(-5, _("no source ties it to an actor"))


def _weigh_time(total: _Sum, rows: Sequence[Mapping[str, Any]], seen: Seen) -> None:
    if seen.first is None or seen.last is None:
        total.add(-5, _("the events have no time, so its age is not known"))
        return
    if all(row["first_seen"] is None and row["last_seen"] is None for row in rows):
        total.add(-5, _("no source says when it was in use"))
        return
    away = min(_distance(row, seen) for row in rows)
    if away > NEAR:
        total.add(-40, _("it was met {days} days outside of its validity").format(days=away.days))
        total.limit(WEAK, _("that is too far to alert"), alert=False)
    elif away > _MARGIN:
        total.add(-20, _("it was met {days} days outside of its validity").format(days=away.days))
    _weigh_age(total, rows, seen.first)


def _weigh_age(total: _Sum, rows: Sequence[Mapping[str, Any]], first: datetime) -> None:
    """Nothing; counts how long before the event an indicator without an end was last stated."""
    if any(row["last_seen"] is not None for row in rows):
        return
    known = [row["first_seen"] for row in rows if row["first_seen"] is not None]
    old = _ADDRESS_OLD if rows[0]["kind"] in {"ipv4", "ipv6", "cidr"} else _OLD
    if known and first - max(known) > old:
        total.add(-15, _("it was stated {days} days before").format(days=(first - max(known)).days))


def _distance(row: Mapping[str, Any], seen: Seen) -> timedelta:
    """How far the events are outside of what the row states as its validity."""
    assert seen.first is not None
    assert seen.last is not None
    start, end = row["first_seen"], row["last_seen"]
    early = start - seen.last if start is not None else timedelta(0)
    late = seen.first - end if end is not None else timedelta(0)
    return max(early, late, timedelta(0))


def _limit(total: _Sum, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows[0]["kind"] in {"ipv4", "ipv6", "cidr"}:
        total.limit(WEAK, _("an address is reused and handed on, so alone it is weak"), alert=True)
    if any(row["scope"] == "weak" for row in rows):
        total.limit(WEAK, _("the value is so general that it is context only"), alert=False)
    reasons = sorted({row["disputed"] for row in rows} - {""})
    if reasons:
        why = _("it is disputed or known to be benign: {reasons}").format(reasons="; ".join(reasons))
        total.limit(_DISPUTED, why, alert=False)


def _level(confidence: int, alert: bool) -> str:
    if not alert:
        return "informational"
    if confidence >= _HIGH:
        return "high"
    return "medium" if confidence >= _MEDIUM else "low"
