"""What the law of a country asks of an employer around a suspicion, before and after a person decides."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bongsu.model.schema import arrow_field, column

PHASES = ("before_decision", "after_decision", "sanctions", "report", "victim")
"""Before a person decides; after a decision against somebody; where a sanction may be met; whom else to tell;
what is owed to the one whose identity was used."""
FORCES = ("must", "must_not", "may")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty, prohibition or permission."""

    id: str = column("country and a slug, for instance us-pre-adverse-notice")
    country: str = column("ISO 3166-1 alpha-2 code, or EU", source="ISO 3166-1")
    phase: str = column("one of PHASES")
    force: str = column("one of FORCES")
    what: str = column("what is to be done or left, in our own words")
    when: str = column("the condition under which it applies; empty: always")
    deadline: str = column("until when, as the law says it; empty: none stated")
    law: str = column("law and article")
    authority: str = column("who watches over it")
    source: str = column("where it was read")
    valid_from: date | None = column("first day in force; null: before anything here")
    valid_to: date | None = column("last day in force; null: in force")
    confidence: int = column("0-100: how sure the restatement is", source="STIX 2.1 confidence")


DUTY = pa.schema(
    [
        arrow_field(Duty, "id", pa.string()),
        arrow_field(Duty, "country", pa.string()),
        arrow_field(Duty, "phase", pa.string()),
        arrow_field(Duty, "force", pa.string()),
        arrow_field(Duty, "what", pa.string()),
        arrow_field(Duty, "when", pa.string()),
        arrow_field(Duty, "deadline", pa.string()),
        arrow_field(Duty, "law", pa.string()),
        arrow_field(Duty, "authority", pa.string()),
        arrow_field(Duty, "source", pa.string()),
        arrow_field(Duty, "valid_from", pa.date32(), nullable=True),
        arrow_field(Duty, "valid_to", pa.date32(), nullable=True),
        arrow_field(Duty, "confidence", pa.int8()),
    ]
)
"""Many duties."""
