"""One way of the money to each end: the widest, movement by movement, in time order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bongsu.analyze.extract import Extract, amounts_of
from bongsu.analyze.slot import slots_of
from bongsu.analyze.tally import Tally, some
from bongsu.kernel.portion import portions
from bongsu.kernel.widest import NONE, Steps, widest

WAY_ORDER = ("fifo", "haircut", "pifo", "lifo", "tiho", "libr", "pari_passu", "rolling_charge", "poison")
"""Policy that the way to an end is shown for: the first under which the end has something."""
SURE = 101
"""Confidence of a movement that nothing speaks against; above the scale of 0 to 100."""
DOUBTS = {"assumed": 40, "order": 60, "swap": 75}
"""Why a movement is less sure than others to its confidence, whatever its share."""
MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Best last movement to each slot, and the movement before each movement."""

    best: list[int]
    before: list[int]

    def to(self, pool: int, *, stopped: bool = False) -> list[int]:
        """Movements of the widest way to a pool, oldest first; empty where nothing arrived.

        `stopped` asks for value that was not followed on arrival; no way leads on from it.
        """
        way, m = [], self.best[2 * pool + stopped]
        while m != NONE:
            way.append(m)
            m = self.before[m]
        return way[::-1]


def widest_ways(found: Extract, tally: Tally) -> Ways:
    """For each pool the way whose narrowest movement carried most; ties: the earlier way.

    A way starts at a source pool or where value became stolen. Cost: one pass over the movements.
    """
    moves = found.case.moves
    fresh = found.sources[moves.source] | (tally.credited == tally.carried).all(axis=1)
    steps = Steps(moves.source, slots_of(found), tally.carried, tally.paid, fresh.astype(np.uint8))
    best, before = widest(steps, len(found.stops))
    return Ways(best=best.tolist(), before=before.tolist())


class Doubts(NamedTuple):
    """By movement: how sure it is, SURE where nothing stands out, and what makes it least sure."""

    confidence: list[int]
    why: list[str]


def doubts_of(found: Extract, tally: Tally) -> Doubts:
    """What makes movements unsure under a policy.

    `why` is a code: `assumed` (the payer's lack is taken as stolen), `order` (its place among its
    neighbors is not known), `mixed` (less than half of it is stolen) or `swap` (what came back in its
    transaction is taken to be for it). Of reasons as strong the first of these stands: assumed, order,
    swap, mixed.
    """
    paid = some(tally.paid)
    stolen = np.where(paid[:, np.newaxis], tally.paid, tally.carried)
    hundred = np.zeros_like(stolen)
    hundred[:, 0] = 100
    share = portions(hundred, stolen, amounts_of(found.table["amount"]))[:, 0].astype(np.int64)
    is_swap = np.zeros(len(share), dtype=bool)
    is_swap[list(found.arrivals)] = True
    given = found.table["assumed"].to_numpy(), found.table["tie"].to_numpy() != 0
    holds = (some(tally.assumed) | given[0], given[1], is_swap)
    confidence = [np.where(flag, sure, SURE) for flag, sure in zip(holds, DOUBTS.values(), strict=True)]
    confidence.append(np.where(share < 50, np.maximum(5, share), SURE))
    stacked = np.stack(confidence)
    why = np.array([*DOUBTS, MIXED], dtype=object)[stacked.argmin(axis=0)]
    return Doubts(stacked.min(axis=0).tolist(), why.tolist())


def weakest_step(doubts: Doubts, way: list[int]) -> tuple[int, str, int] | None:
    """Step (from 1), why and confidence of the least sure movement of a way; null: none stands out."""
    sure = [doubts.confidence[m] for m in way]
    least = min(sure, default=SURE)
    if least == SURE:
        return None
    step = sure.index(least)
    return step + 1, doubts.why[way[step]], least


class Shown(NamedTuple):
    """The way that is shown for an end; empty where there is none."""

    policy: str = ""
    way: tuple[int, ...] = ()
    weakest: tuple[int, str, int] | None = None


class WayFinder:
    """Finds the way to show for an end, and its weakest step; each policy's ways are looked for once."""

    def __init__(self, found: Extract, tallies: Mapping[str, Tally]) -> None:
        self.found, self.tallies = found, tallies
        self._seen: dict[str, tuple[Ways, Doubts]] = {}

    def to(self, slot: int, amount: Mapping[str, int]) -> Shown:
        """Way to a slot that holds this by policy.

        It is that of the first policy of WAY_ORDER that has something there and a way, else poison's.
        """
        poison = ("poison",) if "poison" in self.tallies else ()
        for name in (*(n for n in WAY_ORDER if amount.get(n)), *poison):
            ways, doubts = self._of(name)
            way = ways.to(slot // 2, stopped=bool(slot % 2))
            if way:
                return Shown(name, tuple(way), weakest_step(doubts, way))
        return Shown()

    def _of(self, policy: str) -> tuple[Ways, Doubts]:
        if policy not in self._seen:
            tally = self.tallies[policy]
            self._seen[policy] = widest_ways(self.found, tally), doubts_of(self.found, tally)
        return self._seen[policy]
