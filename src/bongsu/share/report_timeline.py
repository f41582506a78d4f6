"""When value arrived at the ends, per day and kind of end."""

from collections.abc import Iterator
from dataclasses import dataclass

from bongsu.share.report_money import Document

SHOWN_STOPS = ("service", "likely_service", "unspent", "bridge", "mixer", "conversion", "burn", "fee")
"""Kinds of end that the timeline tells apart, in this order; the others are `not_followed`."""
LONGEST_DAILY = 190
"""Days that are shown one by one; a longer time is shown by month."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Amounts that arrived: days (or months), kinds of end, and base units under every policy."""

    dates: list[str]
    monthly: bool
    amounts: dict[str, dict[str, dict[str, int]]]  # stop -> date -> policy -> base units
    undated: int
    by_first_arrival: bool


def timeline_of(document: Document, asset: str) -> Timeline:
    """Arrivals of one asset at its ends.

    An end that does not list its arrivals counts whole on the day of its first arrival.
    """
    ends = [end for end in document["endpoints"] if end["asset"] == asset]
    days = sorted({day for end in ends for day, amount in _arrivals(end) if day})
    monthly = len(days) > LONGEST_DAILY
    amounts: dict[str, dict[str, dict[str, int]]] = {}
    dated = [(_kind(end), day, arrived) for end in ends for day, arrived in _arrivals(end) if day]
    for kind, day, arrived in dated:
        row = amounts.setdefault(kind, {}).setdefault(f"{day[:7]}-01" if monthly else day, {})
        for policy, units in arrived.items():
            row[policy] = row.get(policy, 0) + int(units)
    undated = sum(1 for end in ends for day, amount in _arrivals(end) if not day)
    return Timeline(
        dates=sorted({date for dates in amounts.values() for date in dates}),
        monthly=monthly,
        amounts={kind: amounts[kind] for kind in (*SHOWN_STOPS, "not_followed") if kind in amounts},
        undated=undated,
        by_first_arrival=any("arrivals" not in end for end in ends),
    )


def _kind(end: Document) -> str:
    return end["stop"] if end["stop"] in SHOWN_STOPS else "not_followed"


def _arrivals(end: Document) -> Iterator[tuple[str, dict[str, str]]]:
    if "arrivals" in end:
        for arrival in end["arrivals"]:
            yield arrival["date"] or "", arrival["amount"]
    else:
        yield (end["first_arrival"] or "")[:10], end["amount"]
