"""What came to some ends, when, and what of it came straight from a source."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from bongsu.analyze.extract import Extract
from bongsu.analyze.slot import slots_of
from bongsu.analyze.tally import UNSTATED, Tally, rows_like, some
from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array
from bongsu.kernel.portion import portions
from bongsu.kernel.sums import sums_by_key

ByPolicy = dict[str, int]
NEVER = np.iinfo(np.int64).max


class Arrivals(NamedTuple):
    """Movements that brought stolen value to some ends under some policy, in time order."""

    row: Array
    """Movement, ascending."""
    end: Array
    """Place of its end among those asked for."""
    ends: int
    """Number of those."""


def arrivals_at(found: Extract, tallies: Mapping[str, Tally], slots: Array) -> Arrivals:
    """What came to the slots under some policy."""
    place = np.full(2 * len(found.stops), -1, dtype=np.int64)
    place[slots] = np.arange(len(slots))
    end = place[slots_of(found)]
    brings = np.zeros(len(end), dtype=bool)
    for tally in tallies.values():
        brings |= some(tally.carried)
    rows = np.flatnonzero(brings & (end >= 0))
    return Arrivals(rows, end[rows], len(slots))


def arrivals_by_day(
    came: Arrivals,
    tallies: Mapping[str, Tally],
    moments: Array,
    *,
    rest: tuple[Sequence[ByPolicy], Mapping[str, Amounts]],
) -> list[dict[str, ByPolicy]]:
    """For each end: day (UTC, or empty where not stated) to what arrived under each policy, by day.

    Args:
        came: What came to the ends.
        tallies: What each policy says.
        moments: Times of the movements.
        rest: What rests at each end, as rows and as columns; mostly it is what arrived, on one day.
    """
    day = moments[came.row].astype("datetime64[D]")
    order = np.lexsort((day.astype(np.int64), came.end))
    row, end, day = came.row[order], came.end[order], day[order]
    same = (end[1:] == end[:-1]) & (day[1:].astype(np.int64) == day[:-1].astype(np.int64))
    first = np.flatnonzero(np.concatenate([[True] * (len(row) > 0), ~same]))
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(row))))
    sums = {name: sums_by_key(one.carried[row], group, len(first)) for name, one in tallies.items()}
    at, (known, told) = end[first], rest
    rows = rows_like(sums, [known[one] for one in at.tolist()], {name: told[name][at] for name in sums})
    names = ["" if name == "NaT" else name for name in day[first].astype(str).tolist()]
    days: list[dict[str, ByPolicy]] = [{} for _end in range(came.ends)]
    for place, name, amounts in zip(at.tolist(), names, rows, strict=True):
        days[place][name] = amounts
    return days


def earliest_and_latest(came: Arrivals, moments: Array) -> tuple[Array, Array]:
    """For each end the earliest and the latest of the stated times, NaT where none is: datetime64[us]."""
    times = moments[came.row]
    stated = ~np.isnat(times)
    end, numbers = came.end[stated], times[stated].astype(np.int64)
    first, last = np.full(came.ends, NEVER), np.full(came.ends, -NEVER)
    np.minimum.at(first, end, numbers)
    np.maximum.at(last, end, numbers)
    none = first == NEVER
    first[none] = last[none] = UNSTATED
    return first.view("datetime64[us]"), last.view("datetime64[us]")


def first_and_last(came: Arrivals, moments: Array) -> list[tuple[datetime | None, datetime | None]]:
    """For each end the earliest and latest of the stated times, null where none is."""
    bounds = (
        [None if moment is None else moment.replace(tzinfo=UTC) for moment in bound.tolist()]
        for bound in earliest_and_latest(came, moments)
    )
    return list(zip(*bounds, strict=True))


class Shares(NamedTuple):
    """By pool, 0 where it is no UTXO transaction: wide amounts."""

    straight: Amounts
    """Stolen value that entered it from a source."""
    gross: Amounts
    """All stolen value that entered it."""


def shares_from_sources(found: Extract, tally: Tally) -> Shares:
    """What of each UTXO transaction's stolen value its inputs took straight from a source."""
    moves, pools = found.case.moves, len(found.stops)
    enters = found.case.joint[moves.target] > 0
    straight = enters & found.sources[moves.source]
    return Shares(
        sums_by_key(tally.carried[straight], moves.target[straight], pools),
        sums_by_key(tally.carried[enters], moves.target[enters], pools),
    )


def straight_amounts(found: Extract, tally: Tally) -> Amounts:
    """By movement: the part of what it carried that came straight from a source, wide.

    What a UTXO transaction pays is divided as what entered it was, rounded down.
    """
    moves, carried = found.case.moves, tally.carried
    own = found.sources[moves.source] | found.sources[moves.target]
    amounts = np.where(own[:, np.newaxis], carried, np.uint64(0))
    shares = shares_from_sources(found, tally)
    passes = np.flatnonzero(~own & some(shares.gross)[moves.source])
    source = moves.source[passes]
    amounts[passes] = portions(carried[passes], shares.straight[source], shares.gross[source])
    return amounts


def direct_amounts(found: Extract, tally: Tally, amounts: Amounts, slots: Array) -> Amounts:
    """Part of what rests in each of some slots that came straight from a source, wide.

    Where an end has paid on, what is left is divided as what arrived was, rounded down.

    Args:
        found: The case.
        tally: What one policy says.
        amounts: What rests in each slot of the case.
        slots: Those that are asked for.
    """
    size, slot = 2 * len(found.stops), slots_of(found)
    straight = sums_by_key(straight_amounts(found, tally), slot, size)[slots]
    gross = sums_by_key(tally.carried, slot, size)[slots]
    return portions(amounts[slots], straight, gross)
