"""A statement that a method makes about a subject, and why."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.evidence import EVIDENCE, Evidence
from bongsu.model.marking import MARKING, Marking
from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, how sure, why, and on which evidence; a person judges it."""

    what: str = column("kind of finding, snake_case")
    subject: str = column("what it is about: a CAIP-10 account, a person id, an indicator")
    score: int = column("confidence", range="0..100", source="STIX 2.1 confidence scale")
    why: tuple[str, ...] = column("reasons, one sentence each")
    evidence: tuple[Evidence, ...] = column("places in source files")
    method: str = column("method@version that made it")
    params: str = column("parameters of the method as canonical JSON")
    marking: Marking = column("strictest marking of its evidence")


FINDING = pa.schema(
    [
        arrow_field(Finding, "what", pa.string()),
        arrow_field(Finding, "subject", pa.string()),
        arrow_field(Finding, "score", pa.int8()),
        arrow_field(Finding, "why", pa.list_(pa.string())),
        arrow_field(Finding, "evidence", pa.list_(pa.struct(list(EVIDENCE)))),
        arrow_field(Finding, "method", pa.string()),
        arrow_field(Finding, "params", pa.string()),
        arrow_field(Finding, "marking", pa.struct(list(MARKING))),
    ]
)
"""Many findings."""
