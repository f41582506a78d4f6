"""Hits of detection rules to sightings: one a rule, host and block, with what it is worth and why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.detect import Hit
from bongsu.analyze.sighting import MOST_EVIDENCE, level_place
from bongsu.facts.hunt_step import next_steps_of
from bongsu.facts.log_field import load_log_fields
from bongsu.model.detection import Detection
from bongsu.model.log import LogBlock
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

Array = np.ndarray[Any, Any]
CONFIDENCE = {"informational": 5, "low": 15, "medium": 35, "high": 55, "critical": 70}
"""Confidence that a hit is what its rule is about, before the status: a published scale, not measured."""
STATUS = {"stable": 10, "test": 0, "experimental": -10, "deprecated": -15, "unsupported": -15}
_SHOWN = 400


def sightings_of(hit: Hit, block: LogBlock) -> Iterator[Sighting]:
    """Sightings of a hit, one a host that the events name."""
    rule = hit.detection
    hosts = host_names(block, hit.rows)
    users = named_values(block, hit.rows, "user")
    for host in dict.fromkeys(hosts):
        rows = hit.rows[np.array([one == host for one in hosts], bool)]
        first, last = time_span(block, rows)
        shown = hit.shown(int(rows[0]))
        field, value = shown[0] if shown else ("", "")
        yield Sighting(
            kind="detection",
            rule=rule.id,
            title=rule.title,
            level=rule.level,
            alert=level_place(rule.level) >= level_place("medium"),
            field=field,
            value=value[:_SHOWN],
            host=host,
            user=next((user for user, one in zip(users, hosts, strict=True) if one == host and user), ""),
            first=first,
            last=last,
            count=len(rows),
            techniques=rule.techniques,
            clusters=(),
            confidence=max(0, CONFIDENCE[rule.level] + STATUS.get(rule.status, 0)),
            why=_why(rule, shown),
            innocent=rule.innocent,
            next_steps=next_steps_of(rule.tactics),
            evidence=tuple(block.evidence(row, _what(block)) for row in rows[:MOST_EVIDENCE].tolist()),
            source=rule.file,
        )


def host_names(block: LogBlock, rows: Array) -> list[str]:
    """Whose events they are: the host that they name, or else the address that they came from."""
    named = named_values(block, rows, "host")
    if any(named):
        return named
    meanings = load_log_fields(block.stream.product).items()
    sources = [name for name, field in meanings if field.ocsf == "src_endpoint.ip" and name in block.columns]
    if not sources:
        return named
    return [one or "" for one in block.columns[sources[0]].take(pa.array(rows)).to_pylist()]


def named_values(block: LogBlock, rows: Array, kind: str) -> list[str]:
    """What events name of a kind of field, such as their host; empty where they name none."""
    fields = load_log_fields(block.stream.product)
    found = [""] * len(rows)
    for name, field in fields.items():
        if field.kind == kind and name in block.columns:
            stated = block.columns[name].take(pa.array(rows)).to_pylist()
            found = [one or two or "" for one, two in zip(found, stated, strict=True)]
    return found


def time_span(block: LogBlock, rows: Array) -> tuple[datetime | None, datetime | None]:
    """First and last time of events; None where none has one."""
    span = pc.min_max(block.time.take(pa.array(rows)))
    return span["min"].as_py(), span["max"].as_py()


def _what(block: LogBlock) -> str:
    stream = block.stream
    return " ".join(
        one for one in (stream.channel or stream.product, stream.event_id or stream.service) if one
    )


def _why(rule: Detection, shown: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    said = _("{field} is {value}.")
    reasons = [said.format(field=field, value=value[:_SHOWN]) for field, value in shown]
    author = _("The rule's author gives it the level {level}; its status is {status}.")
    return (*reasons, author.format(level=rule.level, status=rule.status or "-"))
