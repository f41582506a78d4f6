"""Sightings of many blocks to one a rule or indicator and host, the worst first."""

import dataclasses
from collections.abc import Iterable
from datetime import UTC, datetime

from bongsu.model.detection import LEVELS
from bongsu.model.evidence import Evidence
from bongsu.model.sighting import Sighting

MOST_EVIDENCE = 5
"""Places that a sighting cites; it counts all."""
MOST_USERS = 3
SEPARATE = frozenset({"beacon", "mail", "look_alike", "file"})
"""Kinds of which one rule finds different things: destinations, senders, names, files."""
_LATE = datetime.max.replace(tzinfo=UTC)


def merge_sightings(found: Iterable[Sighting]) -> list[Sighting]:
    """One sighting for each thing met, field and host: counts added, times widened, first places kept.

    The order is by level, then by time, then by rule, so that the same sightings give the same list.
    """
    merged: dict[tuple[str, str, str, str, str], Sighting] = {}
    for one in found:
        key = (*thing_met(one.kind, one.rule, one.value), one.field, one.host)
        merged[key] = _joined(merged[key], one) if key in merged else one
    return sorted(merged.values(), key=_order)


def thing_met(kind: str, rule: str, value: str) -> tuple[str, str, str]:
    """What tells one finding from another: the rule or indicator, and the value where one rule finds several.

    Args:
        kind: One of bongsu.model.sighting.SIGHTING_KINDS.
        rule: As the sighting has it.
        value: As the sighting has it.
    """
    return kind, rule, value if kind in SEPARATE else ""


def level_place(level: str) -> int:
    """Place of a level, from 0 for informational to 4 for critical."""
    return LEVELS.index(level)


def _order(one: Sighting) -> tuple[bool, int, datetime, str, str, str]:
    return (not one.alert, -level_place(one.level), one.first or _LATE, one.rule, one.host, one.field)


def _joined(one: Sighting, other: Sighting) -> Sighting:
    best = max(
        one, other, key=lambda sighting: (sighting.alert, level_place(sighting.level), sighting.confidence)
    )
    return dataclasses.replace(
        best,
        alert=one.alert or other.alert,
        value=one.value,
        user=_users(one.user, other.user),
        first=min((time for time in (one.first, other.first) if time), default=None),
        last=max((time for time in (one.last, other.last) if time), default=None),
        count=one.count + other.count,
        clusters=tuple(dict.fromkeys((*one.clusters, *other.clusters))),
        why=tuple(dict.fromkeys((*best.why, *one.why, *other.why))),
        evidence=_places(one.evidence, other.evidence),
    )


def _users(one: str, other: str) -> str:
    names = dict.fromkeys(name for text in (one, other) for name in text.split(", ") if name)
    return ", ".join(list(names)[:MOST_USERS])


def _places(one: tuple[Evidence, ...], other: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((*one, *other)))[:MOST_EVIDENCE]
