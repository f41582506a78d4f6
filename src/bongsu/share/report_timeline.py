"""When what lies at the ends arrived, per day and kind of end.

Accounts pay on what came in. An end counts back from its newest arrival until what is still there is
reached, so that the days of a policy sum to what its ends hold, not to all that ever passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bongsu.share.report_money import Document

SHOWN_STOPS = (
    "service",
    "likely_service",
    "unspent",
    "bridge",
    "in_flight",
    "mixer",
    "conversion",
    "burn",
    "fee",
)
"""Kinds of end that the timeline tells apart, in this order; the others are `not_followed`."""
LONGEST_DAILY = 190
"""Days that are shown one by one; a longer time is shown by month."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """When what is there arrived: days (or months), kinds of end, base units under every policy."""

    dates: list[str]
    monthly: bool
    amounts: dict[str, dict[str, dict[str, int]]]  # stop -> date -> policy -> base units
    undated: dict[str, int]  # policy -> base units whose day of arrival is not known
    by_first_arrival: bool


def timeline_of(document: Document, asset: str) -> Timeline:
    """Arrivals of what one asset's ends hold; days and undated together are all that they hold.

    An end that does not list its arrivals counts whole on the day of its first arrival.
    """
    ends = [end for end in document["endpoints"] if end["asset"] == asset]
    arrived = [(_kind(end), day, amount) for end in ends for day, amount in _arrivals(end)]
    monthly = len({day for kind, day, amount in arrived if day}) > LONGEST_DAILY
    amounts: dict[str, dict[str, dict[str, int]]] = {}
    undated: dict[str, int] = {}
    for kind, day, amount in arrived:
        date = f"{day[:7]}-01" if monthly else day
        row = amounts.setdefault(kind, {}).setdefault(date, {}) if day else undated
        for policy, units in amount.items():
            row[policy] = row.get(policy, 0) + units
    return Timeline(
        dates=sorted({date for dates in amounts.values() for date in dates}),
        monthly=monthly,
        amounts={kind: amounts[kind] for kind in (*SHOWN_STOPS, "not_followed") if kind in amounts},
        undated=undated,
        by_first_arrival=any("arrivals" not in end for end in ends),
    )


def _kind(end: Document) -> str:
    return end["stop"] if end["stop"] in SHOWN_STOPS else "not_followed"


def _arrivals(end: Document) -> Iterator[tuple[str, dict[str, int]]]:
    """Day and what is still there of what arrived on it, newest first; then, without a day, the rest."""
    rest = {policy: int(units) for policy, units in end["amount"].items()}
    if "arrivals" not in end:
        yield (end["first_arrival"] or "")[:10], rest
        return
    dated = [arrival for arrival in end["arrivals"] if arrival["date"]]
    for arrival in sorted(dated, key=lambda one: str(one["date"]), reverse=True):
        left = {policy: min(units, int(arrival["amount"].get(policy, 0))) for policy, units in rest.items()}
        if any(left.values()):
            yield arrival["date"], left
        rest = {policy: units - left[policy] for policy, units in rest.items()}
    if any(rest.values()):
        yield "", rest
