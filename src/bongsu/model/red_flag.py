"""Red flags: what may point at misrepresentation, and where one was met. Never a statement of origin."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column

FAMILIES = ("identity", "device", "network", "money", "place", "code")
"""Kinds of evidence that do not follow from each other: two families are two reasons."""
FLAG_STRENGTHS = ("low", "medium", "high", "very_high")
"""What a red flag says alone, ascending; the place in the list, from 1, is its weight."""
CHECKS = ("machine", "human", "either")
"""Who can see it: a program in records, a person, or both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A rule: what is looked for, in what, how much it says, and what else explains it."""

    id: str = column("short id, a letter and two digits")
    title: str = column("what it is, in one line")
    family: str = column("one of FAMILIES")
    phase: str = column("when it can be seen: apply, interview, onboard, employed, payment, network")
    check: str = column("one of CHECKS")
    strength: str = column("one of FLAG_STRENGTHS: what it says at most")
    expiry_days: int = column("after so many days it says nothing any more", unit="days")
    reads: tuple[str, ...] = column("what it looks at; for a machine, of bongsu.model.event.EVENT_THINGS")
    detector: str = column("detector in analyze that looks for it; empty: a person or none yet")
    innocent: tuple[str, ...] = column("what explains it without fraud")
    next_step: str = column("how a person can check it without accusing anybody")
    sources: tuple[str, ...] = column("who published it")


RED_FLAG = pa.schema(
    [
        arrow_field(RedFlag, "id", pa.string()),
        arrow_field(RedFlag, "title", pa.string()),
        arrow_field(RedFlag, "family", pa.string()),
        arrow_field(RedFlag, "phase", pa.string()),
        arrow_field(RedFlag, "check", pa.string()),
        arrow_field(RedFlag, "strength", pa.string()),
        arrow_field(RedFlag, "expiry_days", pa.int32()),
        arrow_field(RedFlag, "reads", pa.list_(pa.string())),
        arrow_field(RedFlag, "detector", pa.string()),
        arrow_field(RedFlag, "innocent", pa.list_(pa.string())),
        arrow_field(RedFlag, "next_step", pa.string()),
        arrow_field(RedFlag, "sources", pa.list_(pa.string())),
    ]
)
"""Many rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagHit:
    """A red flag met in the records of one subject: a reason to look, with what speaks against it."""

    flag: str = column("id of the red flag")
    subject: str = column("whom it is about")
    family: str = column("one of FAMILIES")
    strength: str = column("one of FLAG_STRENGTHS; at most that of the rule")
    machine: bool = column("true: a program verified it in records; false: a person saw it")
    kind: str = column("what is shared or seen: one of bongsu.model.event.EVENT_THINGS")
    value: str = column("canonical value of it; or empty")
    others: tuple[str, ...] = column("other subjects that have the same")
    explained: str = column("what in the records explains it; it then counts for nothing. Empty: nothing")
    why: str = column("what was met, one sentence")
    rows: tuple[int, ...] = column("rows of the table of events that show it, a few")


FLAG_HIT = pa.schema(
    [
        arrow_field(FlagHit, "flag", pa.string()),
        arrow_field(FlagHit, "subject", pa.string()),
        arrow_field(FlagHit, "family", pa.string()),
        arrow_field(FlagHit, "strength", pa.string()),
        arrow_field(FlagHit, "machine", pa.bool_()),
        arrow_field(FlagHit, "kind", pa.string()),
        arrow_field(FlagHit, "value", pa.string()),
        arrow_field(FlagHit, "others", pa.list_(pa.string())),
        arrow_field(FlagHit, "explained", pa.string()),
        arrow_field(FlagHit, "why", pa.string()),
        arrow_field(FlagHit, "rows", pa.list_(pa.int64())),
    ]
)
"""Many hits."""


def weight_of(strength: str) -> int:
    """Weight of a strength: 1 for low to 4 for very high."""
    return FLAG_STRENGTHS.index(strength) + 1


def weaker_flag(one: str, other: str) -> str:
    """The weaker of two strengths."""
    return min(one, other, key=FLAG_STRENGTHS.index)
