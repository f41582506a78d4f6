"""What a trace starts from: thefts, each by addresses with a window or by transactions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bongsu.analyze.heuristic import DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An address on a chain, canonical form. `eip155:*` stands for every EVM chain."""

    chain: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theft:
    """One victim's loss. Credits to the sources in [start, end) are stolen; see rule 1."""

    name: str
    sources: tuple[Account, ...] = ()
    transactions: tuple[str, ...] = ()
    start: dt.datetime | None = None
    end: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody published about who did it; theirs, not ours."""

    who: str
    when: dt.date | None
    statement: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Thefts to trace together, and how to present them."""

    kind: str
    """`incident`, `addresses` or `transactions`."""
    id: str
    title: str
    thefts: tuple[Theft, ...]
    date: dt.date | None = None
    dprk: bool | None = None
    attribution: tuple[Statement, ...] = ()
    exercise: bool = False
    """True: letters made from it must not be sent."""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the person who asks wants not to be followed."""

    until: dt.datetime | None = None
    """Movements after this are not looked at."""
    stop_at: frozenset[str] = frozenset()
    """Addresses that value is not followed through."""
    minimum: Mapping[str, int] = field(default_factory=dict)
    """Asset to the smallest movement that is followed, in base units; `*` for the others."""
    hops: int | None = None
    """Movements from a source after which value is not followed."""
    counterparties: int = 1000
    """A pool without a label with more than these stops as a likely service; 0: never."""
    unknown_newest: bool = False
    """True: queue policies put missing history at the young end; by rule 2 it is the oldest."""
    heuristics: frozenset[str] = DEFAULT
    """Guesses that may be made, of `bongsu.analyze.heuristic.HEURISTICS`; what is proven needs none."""
