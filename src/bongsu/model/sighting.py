"""What a hunt met: which rule or indicator, where, how often, how sure, and why."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.evidence import EVIDENCE, Evidence
from bongsu.model.schema import TIME, arrow_field, column

SIGHTING_KINDS = ("indicator", "detection", "beacon", "package", "mail", "look_alike", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One rule or indicator met on one host, in one or more events."""

    kind: str = column("one of SIGHTING_KINDS")
    rule: str = column("id of the rule, or `kind value` of the indicator")
    title: str = column("what was met, one line")
    level: str = column("one of bongsu.model.detection.LEVELS")
    alert: bool = column("false: context only, never a reason to act alone (disputed, weak, out of date)")
    field: str = column("field that it was met in, as the log names it")
    value: str = column("value that was met, as the log has it")
    host: str = column("host that the log names; or empty")
    user: str = column("account that the log names; or empty")
    first: datetime | None = column("first event; null: no time is stated")
    last: datetime | None = column("last event")
    count: int = column("events that it was met in", range="1..")
    techniques: tuple[str, ...] = column("ATT&CK ids")
    clusters: tuple[str, ...] = column("actors as sources name them, each `source: name`; never merged")
    confidence: int = column("confidence", range="0..100", source="STIX 2.1 confidence scale")
    why: tuple[str, ...] = column("reasons for level and confidence, one sentence each")
    innocent: tuple[str, ...] = column("what else explains it")
    next_steps: tuple[str, ...] = column("what to do next")
    evidence: tuple[Evidence, ...] = column("first places in source files, a few")
    source: str = column("who wrote the rule or published the indicator")


SIGHTING = pa.schema(
    [
        arrow_field(Sighting, "kind", pa.string()),
        arrow_field(Sighting, "rule", pa.string()),
        arrow_field(Sighting, "title", pa.string()),
        arrow_field(Sighting, "level", pa.string()),
        arrow_field(Sighting, "alert", pa.bool_()),
        arrow_field(Sighting, "field", pa.string()),
        arrow_field(Sighting, "value", pa.string()),
        arrow_field(Sighting, "host", pa.string()),
        arrow_field(Sighting, "user", pa.string()),
        arrow_field(Sighting, "first", TIME, nullable=True),
        arrow_field(Sighting, "last", TIME, nullable=True),
        arrow_field(Sighting, "count", pa.int64()),
        arrow_field(Sighting, "techniques", pa.list_(pa.string())),
        arrow_field(Sighting, "clusters", pa.list_(pa.string())),
        arrow_field(Sighting, "confidence", pa.int8()),
        arrow_field(Sighting, "why", pa.list_(pa.string())),
        arrow_field(Sighting, "innocent", pa.list_(pa.string())),
        arrow_field(Sighting, "next_steps", pa.list_(pa.string())),
        arrow_field(Sighting, "evidence", pa.list_(pa.struct(list(EVIDENCE)))),
        arrow_field(Sighting, "source", pa.string()),
    ]
)
"""Many sightings."""
