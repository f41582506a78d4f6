"""Ends of a trace: where value was last seen, how much under each policy, and what can be done."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.action import Action
from bongsu.analyze.conservation import amount_by_end
from bongsu.analyze.extract import Extract
from bongsu.analyze.stop import STOPS
from bongsu.analyze.tally import Tally
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
    weakest: tuple[int, str, int] | None
    """Step (from 1), why, confidence."""


def held_stops(found: Extract, gaps: pa.ChunkedArray) -> list[str]:
    """Stop of each pool for what it still holds.

    Args:
        found: The case.
        gaps: Holders whose movements are known to be missing in part.
    """
    open_ended = pc.is_in(found.pools["holder"], value_set=gaps).to_pylist()
    stops = ["ledger_end" if missing else "unspent" for missing in open_ended]
    for pool in np.flatnonzero(found.later).tolist():
        stops[pool] = "window_end"
    return stops


def candidates(
    found: Extract,
    amounts: dict[str, dict[tuple[int, str], int]],
    held_stop: list[str],
    *,
    but: frozenset[str],
) -> list[tuple[int, str]]:
    """(pool, stop) of every end: all stops that were reached, pools that hold something, and sinks.

    `but` names policies whose amounts alone make no end. An end with zero under a policy is listed.
    """
    ends = {
        key for policy, sums in amounts.items() if policy not in but for key, value in sums.items() if value
    }
    pays = np.zeros(len(found.stops), dtype=bool)
    pays[found.case.moves.source] = True
    for pool in np.flatnonzero(found.touched).tolist():
        if found.stops[pool]:
            ends.add((pool, STOPS[found.stops[pool]]))
        elif not pays[pool] and not found.sources[pool]:
            ends.add((pool, held_stop[pool]))
    return sorted(ends)


def amounts_by_end(
    found: Extract, tallies: dict[str, Tally], held_stop: list[str]
) -> dict[str, dict[tuple[int, str], int]]:
    """Policy to (pool, stop) to stolen value."""
    return {policy: amount_by_end(found, tally, held_stop) for policy, tally in tallies.items()}


def arrivals_by_pool(found: Extract) -> dict[int, Array]:
    """Movements to each pool, ascending."""
    target = found.case.moves.target
    order = np.argsort(target, kind="stable")
    pools, first = np.unique(target[order], return_index=True)
    return dict(zip(pools.tolist(), np.split(order, first)[1:], strict=True))


Shares = dict[int, tuple[int, int]]
"""UTXO transaction to the stolen value that entered it from a source, and all that entered it."""


def shares_from_sources(found: Extract, tally: Tally) -> Shares:
    """What of each UTXO transaction's stolen value its inputs took straight from a source."""
    moves, joint = found.case.moves, found.case.joint
    shares: Shares = {}
    for m, value in tally.carried.items():
        target = int(moves.target[m])
        if joint[target]:
            straight, gross = shares.get(target, (0, 0))
            own = value if found.sources[moves.source[m]] else 0
            shares[target] = straight + own, gross + value
    return shares


def straight_part(found: Extract, tally: Tally, shares: Shares, m: int) -> int:
    """Part of what movement m carried that came straight from a source.

    What a UTXO transaction pays is divided as what entered it was, rounded down.
    """
    value, source = tally.carried.get(m, 0), int(found.case.moves.source[m])
    if found.sources[source] or found.sources[found.case.moves.target[m]]:
        return value
    straight, gross = shares.get(source, (0, 1))
    return value * straight // gross


def direct_amount(found: Extract, tally: Tally, shares: Shares, *, rows: Array, amount: int) -> int:
    """Part of an end's amount that came straight from a source.

    Where an end has paid on, what is left is divided as what arrived was, rounded down.
    """
    gross = sum(tally.carried.get(m, 0) for m in rows.tolist())
    straight = sum(straight_part(found, tally, shares, m) for m in rows.tolist())
    return amount if straight == gross else amount * straight // gross


def arrivals_by_day(
    found: Extract, tallies: dict[str, Tally], rows: Array, moments: Array
) -> dict[str, ByPolicy]:
    """Day (UTC, or empty where not stated) to what arrived under each policy."""
    days: defaultdict[str, ByPolicy] = defaultdict(lambda: dict.fromkeys(tallies, 0))
    names = moments[rows].astype("datetime64[D]").astype(str).tolist()
    for m, name in zip(rows.tolist(), names, strict=True):
        for policy, tally in tallies.items():
            value = tally.carried.get(m, 0)
            if value:
                days["" if name == "NaT" else name][policy] += value
    return dict(sorted(days.items()))


def first_and_last(moments: Array) -> tuple[datetime | None, datetime | None]:
    """Earliest and latest of some times, null where none is stated."""
    stated = moments[~np.isnat(moments)]
    if not len(stated):
        return None, None
    first, last = (moment.item().replace(tzinfo=UTC) for moment in (stated.min(), stated.max()))
    return first, last
