"""Ends of a trace: where value was last seen, how much under each policy, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bongsu.analyze.action import Action
from bongsu.analyze.arrival import arrivals_at, arrivals_by_day, direct_amounts, first_and_last
from bongsu.analyze.extract import Extract
from bongsu.analyze.tally import Tally, moments_of, rows_like, rows_of
from bongsu.analyze.way import Hop, Shown, Weakest, shown_ways
from bongsu.kernel.amount import Amounts, to_integers
from bongsu.kernel.case import Array
from bongsu.model.label import Label

ByPolicy = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One end, in base units of its asset."""

    pool: int
    """Pool in the case's numbers."""
    chain: str
    address: str
    asset: str
    stop: str
    amount: ByPolicy
    least: int
    """Smallest amount over the conserving policies."""
    most: int
    """Largest amount over the conserving policies."""
    bounds: dict[str, tuple[int, int]]
    """Smallest and largest amount per policy over the orders that may be true."""
    bounds_kind: str
    """`exact`, `ordered` or `outer`."""
    direct: ByPolicy
    """What came straight from a source."""
    arrivals: dict[str, ByPolicy]
    """Day to what arrived; an end that paid on had more arrive than it holds."""
    first_arrival: datetime | None
    last_arrival: datetime | None
    hops: int
    labels: tuple[Label, ...]
    """All labels of the address, best first."""
    actions: tuple[Action, ...]
    way: tuple[int, ...]
    """Movements of the widest way there, oldest first."""
    way_policy: str
    """Policy that the way and its weakest step are of."""
    weakest: Weakest | None
    sure: tuple[Hop, ...]
    """How sure each movement of the way is."""


class Told(NamedTuple):
    """What movements tell of some ends: one item an end in each list."""

    amount: list[ByPolicy]
    direct: list[ByPolicy]
    arrivals: list[dict[str, ByPolicy]]
    times: list[tuple[datetime | None, datetime | None]]
    shown: list[Shown]


def tell_ends(
    found: Extract, tallies: Mapping[str, Tally], amounts: Mapping[str, Amounts], slots: Array
) -> Told:
    """What movements tell of the ends in some slots.

    Args:
        found: The case.
        tallies: What each policy says.
        amounts: Policy to what rests in each slot of the case.
        slots: Slots of the ends.
    """
    came, moments = arrivals_at(found, tallies, slots), moments_of(found)
    there = {name: one[slots] for name, one in amounts.items()}
    direct = {name: direct_amounts(found, tallies[name], one, slots) for name, one in amounts.items()}
    amount = by_policy(there)
    return Told(
        amount=amount,
        direct=rows_like(direct, amount, there),
        arrivals=arrivals_by_day(came, tallies, moments, rest=(amount, there)),
        times=first_and_last(came, moments),
        shown=shown_ways(found, tallies, there, slots),
    )


def by_policy(amounts: Mapping[str, Amounts]) -> list[ByPolicy]:
    """Rows of policy to amount, of policies' columns of wide amounts."""
    return rows_of(list(amounts), [to_integers(one) for one in amounts.values()])
