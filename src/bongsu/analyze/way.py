"""One way of the money to each end: the widest, movement by movement, in time order."""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from bongsu.analyze.extract import Extract, amounts_of
from bongsu.analyze.slot import slots_of
from bongsu.analyze.tally import Tally, some
from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array
from bongsu.kernel.portion import portions
from bongsu.kernel.widest import NONE, Steps, Unrolled, unrolled, widest

WAY_ORDER = ("fifo", "haircut", "pifo", "lifo", "tiho", "libr", "pari_passu", "rolling_charge", "poison")
"""Policy that the way to an end is shown for: the first under which the end has something."""
SURE = 101
"""Confidence of a movement that nothing speaks against; above the scale of 0 to 100."""
DOUBTS = ("assumed", "order", "decoded", "plain", "inferred", "id", "score", "stated", "mixed")
"""Why a movement is less sure than others; of reasons as strong the first of these stands. All but the first
two and the last are methods by which one asset is known to have become another."""
ASSUMED, ORDER, LEAST = 40, 60, 5
"""Confidence by the first two; that of a mixed one is its share in percent, but not below the last."""


class Ways(NamedTuple):
    """Best last movement to each slot, and the movement before each movement; -1: none."""

    best: Array
    before: Array

    def to(self, pool: int, *, stopped: bool = False) -> list[int]:
        """Movements of the widest way to a pool, oldest first; empty where nothing arrived.

        `stopped` asks for value that was not followed on arrival; no way leads on from it.
        """
        last = self.best[2 * pool + stopped : 2 * pool + stopped + 1]
        return unrolled(self.before, last).movement.tolist()  # type: ignore[no-any-return]


def widest_ways(found: Extract, tally: Tally) -> Ways:
    """For each pool the way whose narrowest movement carried most; ties: the earlier way.

    A way starts at a source pool or where value became stolen. Cost: one pass over the movements.
    """
    moves = found.case.moves
    fresh = found.sources[moves.source] | (tally.credited == tally.carried).all(axis=1)
    steps = Steps(moves.source, slots_of(found), tally.carried, tally.paid, fresh.astype(np.uint8))
    return Ways(*widest(steps, len(found.stops)))


class Doubts(NamedTuple):
    """By movement: how sure it is, SURE where nothing speaks against it, and what makes it least sure."""

    confidence: Array
    why: Array
    """Place in DOUBTS."""


def doubts_of(found: Extract, tally: Tally) -> Doubts:
    """What makes movements unsure under a policy.

    `assumed`: the payer's lack is taken as stolen; `order`: its place among its neighbors is not known;
    `mixed`: less than half of it is stolen; the others: one asset became another, by this method.
    """
    stolen = np.where(some(tally.paid)[:, np.newaxis], tally.paid, tally.carried)
    hundred = np.zeros_like(stolen)
    hundred[:, 0] = 100
    share = portions(hundred, stolen, amounts_of(found.table["amount"]))[:, 0].astype(np.int64)
    turned, method = np.full(len(share), SURE), np.zeros(len(share), dtype=np.int64)
    for row, turn in found.turns.items():
        turned[row], method[row] = turn.how.confidence, DOUBTS.index(turn.how.method)
    confidence = np.stack(
        [
            np.where(some(tally.assumed) | found.table["assumed"].to_numpy(), ASSUMED, SURE),
            np.where(found.table["tie"].to_numpy() != 0, ORDER, SURE),
            turned,
            np.where(share < 50, np.maximum(LEAST, share), SURE),
        ]
    )
    why = np.array([0, 1, -1, len(DOUBTS) - 1])[confidence.argmin(axis=0)]
    return Doubts(confidence.min(axis=0), np.where(why < 0, method, why))


Weakest = tuple[int, str, int]
"""Step (from 1), why, confidence."""


def weakest_steps(doubts: Doubts, ways: Unrolled) -> list[Weakest | None]:
    """The least sure movement of each way, the first of equals; null: none stands out, or no way."""
    size = np.diff(ways.first)
    walked = np.flatnonzero(size)
    found: list[Weakest | None] = [None] * len(size)
    if not len(walked):
        return found
    step, longest = np.arange(len(ways.movement)) - np.repeat(ways.first[:-1], size), int(size.max())
    # Least confidence first, then the earliest step: both in one number.
    ranks = doubts.confidence[ways.movement] * longest + step
    confidence, at = np.divmod(np.minimum.reduceat(ranks, ways.first[walked]), longest)
    why = doubts.why[ways.movement[ways.first[walked] + at]]
    for place, *weakest in zip(*(one.tolist() for one in (walked, at, why, confidence)), strict=True):
        found[place] = _told(*weakest)
    return found


def _told(at: int, why: int, confidence: int) -> Weakest | None:
    return (at + 1, DOUBTS[why], confidence) if confidence < SURE else None


Hop = tuple[int, str]
"""Confidence of a movement in percent, and what makes it less sure; empty where nothing does."""


class Shown(NamedTuple):
    """The way that is shown for an end; empty where there is none."""

    policy: str = ""
    way: tuple[int, ...] = ()
    weakest: Weakest | None = None
    hops: tuple[Hop, ...] = ()
    """How sure each movement of the way is."""


SAFE: Hop = (100, "")


def product_of(hops: Iterable[Hop]) -> Fraction:
    """Confidence of a whole way, in percent, if its movements are independent of each other."""
    doubted = [confidence for confidence, _why in hops if confidence < 100]
    return 100 * Fraction(math.prod(doubted), 100 ** len(doubted))


def shown_ways(
    found: Extract, tallies: Mapping[str, Tally], amounts: Mapping[str, Amounts], slots: Array
) -> list[Shown]:
    """The way to show to each of some slots, with its weakest step.

    It is that of the first policy of WAY_ORDER that has something there and a way, else poison's.

    Args:
        found: The case.
        tallies: What each policy says.
        amounts: Policy to what rests in each of the slots.
        slots: Slots of the case.
    """
    shown = [Shown()] * len(slots)
    missing = np.ones(len(slots), dtype=bool)
    asked = [(name, some(amounts[name])) for name in WAY_ORDER if name in tallies]
    asked += [("poison", np.ones(len(slots), dtype=bool))] if "poison" in tallies else []
    for name, wanted in asked:
        places = np.flatnonzero(missing & wanted)
        if not len(places):
            continue
        best, before = widest_ways(found, tallies[name])
        places = places[best[slots[places]] != NONE]
        ways = unrolled(before, best[slots[places]])
        missing[places] = False
        doubts = doubts_of(found, tallies[name])
        weakest, sure = weakest_steps(doubts, ways), _hops(doubts, ways.movement)
        movements, first = ways.movement.tolist(), ways.first.tolist()
        for at, place in enumerate(places.tolist()):
            own = slice(first[at], first[at + 1])
            shown[place] = Shown(name, tuple(movements[own]), weakest[at], tuple(sure[own]))
    return shown


def _hops(doubts: Doubts, movements: Array) -> list[Hop]:
    """How sure some movements are."""
    hops = [SAFE] * len(movements)
    confidence, why = doubts.confidence[movements], doubts.why[movements]
    for place in np.flatnonzero(confidence < SURE).tolist():
        hops[place] = int(confidence[place]), DOUBTS[why[place]]
    return hops
