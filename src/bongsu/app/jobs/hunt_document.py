"""What a hunt found as plain data: sightings, what they may point to, what was searched and what was not."""

import dataclasses
from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from bongsu.analyze.sighting import level_place, thing_met
from bongsu.app.jobs.hunt import Hunted
from bongsu.app.jobs.hunt_attribution import attribution_document
from bongsu.app.jobs.hunt_coverage import coverage_document
from bongsu.app.jobs.hunt_rule import Rules
from bongsu.model.detection import LEVELS
from bongsu.model.marking import Marking
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

SCHEMA = "bongsu.hunt/1"
METHOD = "hunt@1"
MOST_TIMELINE = 500
MOST_HOSTS = 20
"""Hosts that a finding names; it counts all, and the sightings have all."""
_BY_HOST = ("host", "user", "count", "first", "last", "value", "evidence")
Document = dict[str, Any]


class Asked(NamedTuple):
    """What events were held against."""

    rules: Rules
    indicators: Document | None
    """Counts of the indicators and of their files; None: there were none."""


def hunt_document(hunted: Hunted, asked: Asked, *, marking: Marking, made: datetime) -> Document:
    """Document `bongsu.hunt/1`; the same files and rules give the same document but for `made`.

    Args:
        hunted: What was found.
        asked: Rules and indicators that were to be asked.
        marking: Marking of the document.
        made: When it is made.
    """
    names = {f"#{number}": file for number, file in enumerate(hunted.files)}
    sightings = [_sighting(one, names) for one in hunted.found.sightings]
    findings = findings_of(sightings)
    allowed = None if marking.releasable_to is None else sorted(marking.releasable_to)
    return {
        "schema": SCHEMA,
        "made": made.isoformat(timespec="seconds"),
        "marking": {"tlp": marking.tlp.label, "releasable_to": allowed},
        "method": METHOD,
        "summary": _summary(hunted),
        "findings": findings,
        "sightings": sightings,
        "timeline": _timeline(findings),
        "attribution": attribution_document(hunted.found.sightings),
        "coverage": coverage_document(hunted, asked.rules, asked.indicators),
        "limits": _limits(),
    }


def _summary(hunted: Hunted) -> Document:
    found = hunted.found.sightings
    alerts = [one for one in found if one.alert]
    worst: dict[tuple[str, str, str], str] = {}  # alerts come the worst first
    for one in alerts:
        worst.setdefault(thing_met(one.kind, one.rule, one.value), one.level)
    levels = Counter(worst.values())
    return {
        "findings": len(worst),
        "above_low": sum(count for level, count in levels.items() if level_place(level) > level_place("low")),
        "by_level": {level: levels[level] for level in reversed(LEVELS)},
        "sightings": len(alerts),
        "context": len(found) - len(alerts),
        "by_kind": dict(sorted(Counter(one.kind for one in alerts).items())),
        "hosts": len({one.host for one in alerts if one.host}),
        "techniques": dict(sorted(Counter(name for one in alerts for name in one.techniques).items())),
        "events": sum(sum(file.searched.events.values()) for file in hunted.files),
        "files": len(hunted.files),
    }


def findings_of(sightings: list[Document]) -> list[Document]:
    """Alerts joined by what was met, the worst first: one finding, however many hosts it was met on.

    Args:
        sightings: Those of a document, in its order.
    """
    found: dict[tuple[str, str, str], Document] = {}
    for one in sightings:
        if one["alert"]:
            key = thing_met(one["kind"], one["rule"], one["value"])
            first = found.setdefault(key, one | {"hosts": [], "count": 0, "places": 0})
            first["count"] += one["count"]
            first["first"] = min((time for time in (first["first"], one["first"]) if time), default=None)
            first["last"] = max((time for time in (first["last"], one["last"]) if time), default=None)
            first["places"] += 1
            if len(first["hosts"]) < MOST_HOSTS:
                first["hosts"].append({name: one[name] for name in _BY_HOST})
    return list(found.values())


def _sighting(one: Sighting, names: dict[str, Any]) -> Document:
    told = dataclasses.asdict(one)
    told["first"], told["last"] = _moment(one.first), _moment(one.last)
    told["evidence"] = [
        {
            "sha256": names[place.sha256].sha256,
            "file": names[place.sha256].name,
            "locator": place.locator,
            "what": place.what,
        }
        for place in one.evidence
    ]
    return told


def _moment(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="microseconds")


def _timeline(findings: list[Document]) -> list[Document]:
    """Findings in the order of their first events; those without a time are left to the list."""
    timed = sorted((one for one in findings if one["first"]), key=lambda one: (one["first"], one["rule"]))
    names = ("first", "last", "title", "level", "places", "count")
    return [
        {"host": one["hosts"][0]["host"], **{name: one[name] for name in names}}
        for one in timed[:MOST_TIMELINE]
    ]


def _limits() -> list[str]:
    return [
        _("A sighting says that a rule or an indicator was met. Whether it is an attack, a person decides."),
        _("Nothing found means nothing found in what was searched; coverage says what was not."),
        _("Indicators are claims of their sources, and so are names of actors; they overlap and contradict."),
        _("A rate of finding planted indicators measures the matcher, not the finding of intruders."),
    ]
