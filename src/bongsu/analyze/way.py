"""One way of the money to each end: the widest, movement by movement, in time order."""

from dataclasses import dataclass

from bongsu.analyze.extract import Extract
from bongsu.analyze.tally import Tally

START = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Best last movement to each pool, and the movement before each movement."""

    best: dict[int, int]
    small: dict[int, int]
    """The same for movements that are not followed on arrival; no way leads on from them."""
    before: dict[int, int]

    def to(self, pool: int, *, stopped: bool = False) -> list[int]:
        """Movements of the widest way to a pool, oldest first; empty where nothing arrived.

        `stopped` asks for value that was not followed on arrival.
        """
        way, m = [], (self.small if stopped else self.best).get(pool, START)
        while m != START:
            way.append(m)
            m = self.before[m]
        return way[::-1]


def widest_ways(found: Extract, tally: Tally) -> Ways:
    """For each pool the way whose narrowest movement carried most; ties: the earlier way.

    A way starts at a source pool or where value became stolen. Cost: one pass over what was carried.
    """
    moves = found.case.moves
    width: dict[int, int] = {}
    ways = Ways(best={}, small={}, before={})
    for m in sorted(tally.carried):
        source, target, value = int(moves.source[m]), int(moves.target[m]), tally.carried[m]
        last = ways.best.get(source, START)
        if found.sources[source] or tally.credited.get(m, 0) == value:
            last = START
        ways.before[m] = last
        width[m] = min(value, _arriving(tally, m, width[last])) if last != START else value
        best = ways.small if moves.stopped[m] and not found.stops[target] else ways.best
        if target not in best or width[m] > width[best[target]]:
            best[target] = m
    return ways


def _arriving(tally: Tally, m: int, width: int) -> int:
    """What arrives of a width by a movement; an exchange gives its own units, rounded down."""
    return width * tally.carried[m] // tally.paid[m] if m in tally.paid else width


def weakest_step(found: Extract, tally: Tally, way: list[int]) -> tuple[int, str, int] | None:
    """Step (from 1), why and confidence of the least sure movement of a way; null: none stands out.

    `why` is a code: `assumed` (the payer's lack is taken as stolen), `order` (its place among its
    neighbors is not known), `mixed` (less than half of it is stolen) or `swap` (what came back in its
    transaction is taken to be for it).
    """
    doubts = [(_doubt(found, tally, m), step) for step, m in enumerate(way, start=1)]
    found_doubts = [(doubt[1], step, doubt[0]) for doubt, step in doubts if doubt is not None]
    if not found_doubts:
        return None
    confidence, step, why = min(found_doubts)
    return step, why, confidence


def _doubt(found: Extract, tally: Tally, m: int) -> tuple[str, int] | None:
    value = int(found.table["amount"][m].as_py())
    share = 100 * tally.paid.get(m, tally.carried.get(m, 0)) // value if value else 100
    doubts = []
    if m in tally.assumed or found.table["assumed"][m].as_py():
        doubts.append(("assumed", 40))
    if found.table["tie"][m].as_py():
        doubts.append(("order", 60))
    if m in found.arrivals:
        doubts.append(("swap", 75))
    if share < 50:
        doubts.append(("mixed", max(5, share)))
    return min(doubts, key=lambda doubt: doubt[1]) if doubts else None
