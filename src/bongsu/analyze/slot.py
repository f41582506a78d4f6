"""Slots: the places where value of a case can rest, two a pool, and how much each policy puts there.

Slot 2 * pool is what arrived at an end, or what a pool that is followed still holds; slot 2 * pool + 1 is
what arrived there by movements that are not followed.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.end import Codes
from bongsu.analyze.extract import Extract
from bongsu.analyze.stop import CODE
from bongsu.analyze.tally import Tally, some
from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array
from bongsu.kernel.sums import sums_by_key


def slots_of(found: Extract) -> Array:
    """Slot that each movement brings value to: int64, shape (movements,)."""
    moves = found.case.moves
    small = (moves.stopped > 0) & (found.stops[moves.target] == 0)
    slots: Array = 2 * moves.target.astype(np.int64) + small
    return slots


def stops_of(found: Extract, gaps: pa.ChunkedArray) -> Codes:
    """Code of the stop of each slot: int8, shape (2 * pools,).

    Args:
        found: The case.
        gaps: Holders whose movements are known to be missing in part.
    """
    open_ended = pc.is_in(found.pools["holder"], value_set=gaps).to_numpy()
    held = np.where(open_ended, CODE["ledger_end"], CODE["unspent"])
    held[found.later] = CODE["window_end"]
    held[list(found.flights)] = CODE["in_flight"]
    stops = np.full(2 * len(found.stops), CODE["below_threshold"], dtype=np.int8)
    stops[::2] = np.where(found.stops > 0, found.stops, held)
    return stops


def resting(found: Extract, tally: Tally) -> Amounts:
    """Stolen value in each slot: arrived at an end, not followed on arrival, or still held; wide."""
    moves = found.case.moves
    rests = (found.stops[moves.target] > 0) | (moves.stopped > 0)
    held = 2 * np.arange(len(found.stops), dtype=np.int64)
    amounts = np.concatenate([tally.carried[rests], tally.held])
    return sums_by_key(amounts, np.concatenate([slots_of(found)[rests], held]), 2 * len(found.stops))


def end_slots(found: Extract, amounts: dict[str, Amounts], *, but: frozenset[str]) -> Array:
    """Slots that are ends, by pool, small first: stops that were reached, what holds something, and sinks.

    Args:
        found: The case.
        amounts: Policy to what rests in each slot.
        but: Policies whose amounts alone make no end. An end with nothing under a policy is listed.
    """
    ends = np.zeros(2 * len(found.stops), dtype=bool)
    for policy, sums in amounts.items():
        if policy not in but:
            ends |= some(sums)
    pays = np.zeros(len(found.stops), dtype=bool)
    pays[found.case.moves.source] = True
    ends[::2] |= (found.touched > 0) & ((found.stops > 0) | (~pays & ~found.sources))
    return np.sort(np.flatnonzero(ends) ^ 1) ^ 1
