"""Smallest and largest amount per end where the order of movements is not known: rule 9.

Only movements that share a pool can change each other's effect, so a group falls apart into
components, and two orders that leave every such pair as it is are one. Orders are tried jointly
over all components that can influence an end. Where that is too many for the limits below, zero and
the gross value that could have arrived are outer bounds, flagged.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from bongsu.analyze.end import Codes
from bongsu.analyze.extract import Extract
from bongsu.analyze.policy import NOT_CONSERVING
from bongsu.analyze.tally import arrived, sums_by
from bongsu.kernel.amount import Amounts, to_integers
from bongsu.kernel.case import CONVERTS, FIRST_STOLEN, Array, Case, Fragments, Holdings, Moves
from bongsu.kernel.reach import START, Route, reach_scan
from bongsu.kernel.sums import sums_by_key

MOST_MOVEMENTS = 8
"""Largest component whose orders are tried."""
MOST_ORDERS = 2000
"""Largest number of joint orders of several components that are tried in one trace."""
MOST_WORK = 40_000_000
"""Largest number of orders times movements of the case that are tried in one trace, cheapest first."""
BEYOND = 10**9

Range = tuple[int, int]
Ranges = dict[tuple[int, int], dict[str, Range]]
Run = Callable[[Case, Array], dict[str, tuple[Fragments, Holdings]]]
"""Fragments and holdings by policy, of a case whose movements are the rows given, in that order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBounds:
    """Bounds by (pool, stopped): stopped 1 for value that was not followed on arrival."""

    kind: dict[tuple[int, int], str]
    """`exact`, `ordered` or `outer`; `exact` where absent."""
    ranges: Ranges
    unordered: int = 0
    """Sets of movements whose order is not known and matters."""

    def of(self, slot: int, amount: dict[str, int]) -> dict[str, Range]:
        """Smallest and largest amount per policy of a slot that holds this in the ledger's own order."""
        seen = self.ranges.get((slot // 2, slot % 2))
        if seen is None:
            return {name: (value, value) for name, value in amount.items()}
        return {name: seen.get(name, (value, value)) for name, value in amount.items()}


def _users(found: Extract, rows: list[int]) -> list[list[int]]:
    """For each pool whose funds are followed, the rows that pay it or are paid by it, ascending."""
    moves, open_pool = found.case.moves, found.case.ends == 0
    users = defaultdict(list)
    for row in rows:
        for pool in {int(moves.source[row]), int(moves.target[row])}:
            if open_pool[pool] and moves.source[row] != moves.target[row]:
                users[pool].append(row)
    return list(users.values())


def _conflicts(found: Extract, rows: list[int]) -> set[tuple[int, int]]:
    """Pairs of rows that share a pool whose funds are followed."""
    return {pair for sharing in _users(found, rows) for pair in itertools.combinations(sharing, 2)}


def _components(found: Extract, rows: list[int]) -> list[list[int]]:
    """Rows joined by pools whose funds are followed, only those of two rows or more (union-find)."""
    above = {row: row for row in rows}

    def top(row: int) -> int:
        while above[row] != row:
            above[row] = row = above[above[row]]
        return row

    for sharing in _users(found, rows):
        for first, second in itertools.pairwise(sharing):
            low, high = sorted((top(first), top(second)))
            above[high] = low
    members = defaultdict(list)
    for row in rows:
        members[top(row)].append(row)
    return [part for part in members.values() if len(part) > 1]


def components_of(found: Extract) -> list[list[int]]:
    """Sets of movements whose order is not known and matters, each ascending."""
    groups = (list(range(first, last)) for first, last in found.ties.tolist())
    return [part for rows in groups for part in _components(found, rows)]


def orders_of(found: Extract, rows: list[int]) -> list[tuple[int, ...]]:
    """One order for each way to arrange the pairs that matter; the ledger's own order first."""
    pairs = sorted(_conflicts(found, rows))
    seen: dict[tuple[bool, ...], tuple[int, ...]] = {}
    moves = found.case.moves
    plain = moves._replace(amount=found.fees, received=found.fees)
    columns = [*plain, *np.atleast_2d(moves.amount.T), *np.atleast_2d(moves.received.T)]
    same = {row: tuple(column[row] for column in columns) for row in rows}
    for order in itertools.permutations(rows):
        place = {row: at for at, row in enumerate(order)}
        arranged = tuple(place[a] < place[b] or same[a] == same[b] for a, b in pairs)
        seen.setdefault(arranged, order)
    return list(seen.values())


def _paid_little(found: Extract) -> Array:
    """Pools that got movements which are not followed; stolen value may touch them in no other way."""
    moves = found.case.moves
    return moves.target[(moves.stopped > 0) & (found.touched[moves.source] > 0)]


def _influenced(found: Extract, rows: list[int]) -> Array:
    """Pools whose amounts the order of these movements can change: 1 where so."""
    moves = found.case.moves
    ties = found.ties[found.ties[:, 1] > rows[0]]
    since = int(ties[0, 0])
    mark = np.zeros(len(moves.source) - since, dtype=np.uint8)
    mark[np.array(rows) - since] = START
    route = Route(moves.source[since:], moves.target[since:], mark, ties - since)
    return reach_scan(route, moves.source[rows], found.case.ends)


def _amounts(case: Case, stops: Codes, results: dict[str, tuple[Fragments, Holdings]]) -> dict[str, Amounts]:
    """Policy to the stolen value at 2 * pool + stopped: arrived at ends, not followed, or held."""
    size, found = 2 * len(case.ends), {}
    for policy, (parts, held) in results.items():
        target, stopped = case.moves.target[parts.movement], case.moves.stopped[parts.movement]
        at_end = stops[target] > 0
        rests = (parts.tag >= FIRST_STOLEN) & arrived(case, parts) & (at_end | (stopped > 0))
        own = (held.tag >= FIRST_STOLEN) & (case.ends[held.pool] == 0)
        keys = [(2 * target + np.where(at_end, 0, stopped))[rests], 2 * held.pool[own]]
        amounts = np.concatenate([parts.amount[rests], held.amount[own]])
        found[policy] = sums_by_key(amounts, np.concatenate(keys), size)
    return found


class _Search:
    """Ranges seen so far, and how many orders may still be tried."""

    def __init__(self, found: Extract, run: Run, parts: list[list[int]]) -> None:
        self.found, self.run = found, run
        self.orders = [orders_of(found, part) if len(part) <= MOST_MOVEMENTS else [] for part in parts]
        self.left, self.work = MOST_ORDERS, MOST_WORK

    def cost(self, parts: tuple[int, ...]) -> int:
        """Number of joint orders of some components; beyond any limit where one is too large."""
        return math.prod(len(self.orders[part]) or BEYOND for part in parts)

    def affords(self, parts: tuple[int, ...]) -> bool:
        """Whether the joint orders may be tried within the limits."""
        cost = self.cost(parts)
        return cost * len(self.found.fees) <= self.work and (len(parts) == 1 or cost <= self.left)

    def arranged(self, parts: tuple[int, ...]) -> Iterator[Array]:
        """Rows of the case in every joint order of some components."""
        plain = np.arange(len(self.found.case.moves.source))
        for choice in itertools.product(*(self.orders[part] for part in parts)):
            rows = plain.copy()
            for order in choice:
                rows[sorted(order)] = order
            yield rows

    def ranges(self, parts: tuple[int, ...], pools: set[int]) -> Ranges:
        """Smallest and largest amount of some pools over the joint orders of some components."""
        keys = np.array([2 * pool + flag for pool in sorted(pools) for flag in (0, 1)])
        seen: defaultdict[str, set[tuple[int, ...]]] = defaultdict(set)
        for rows in self.arranged(parts):
            case = self.found.case
            moved = case._replace(moves=Moves(*(column[rows] for column in case.moves)))
            for policy, sums in _amounts(moved, self.found.stops, self.run(moved, rows)).items():
                seen[policy].add(tuple(to_integers(sums[keys])))
        self.left -= self.cost(parts) if len(parts) > 1 else 0
        self.work -= self.cost(parts) * len(self.found.fees)
        return {
            (int(key) // 2, int(key) % 2): {
                policy: (min(row[at] for row in rows), max(row[at] for row in rows))
                for policy, rows in seen.items()
            }
            for at, key in enumerate(keys)
        }


def _gross(found: Extract, policies: list[str], pools: set[int]) -> Ranges:
    """Zero and all that touched pools paid some pools: outer bounds that hold in any order.

    Poison holds all that a pool received since its first touch, whoever paid it and followed or not,
    and calls what a source lacks its own: all of that is its bound.
    """
    moves = found.case.moves
    rows = (found.touched[moves.source] > 0) | (moves.credit >= FIRST_STOLEN)
    lost = np.where(found.stops[moves.target] > 0, 0, moves.stopped)
    amount = moves.amount.copy()
    amount[moves.credit == CONVERTS] = moves.received[moves.credit == CONVERTS]
    sums = sums_by(amount[rows], moves.target[rows], lost[rows])
    lacking = moves.overdraft >= FIRST_STOLEN
    held = np.concatenate([moves.target, moves.source[lacking]])
    whole = sums_by(np.concatenate([amount, moves.amount[lacking]]), held, held * 0)
    bounds = {False: sums, True: sums | whole}
    return {
        (key[0], key[1]): {name: (0, bounds[name in NOT_CONSERVING].get(key, 0)) for name in policies}
        for key in sorted({*sums, *whole})
        if key[0] in pools
    }


def _pools_by_parts(found: Extract, parts: list[list[int]]) -> dict[tuple[int, ...], set[int]]:
    """Components, ascending, to the pools that these and no others can influence."""
    pools = np.union1d(np.flatnonzero(found.touched), _paid_little(found))
    influences: defaultdict[int, list[int]] = defaultdict(list)
    for at, part in enumerate(parts):
        for pool in pools[_influenced(found, part)[pools] > 0].tolist():
            influences[pool].append(at)
    by_parts: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
    for pool, ats in influences.items():
        by_parts[tuple(ats)].add(pool)
    return by_parts


def order_bounds(found: Extract, run: Run, policies: list[str]) -> OrderBounds:
    """Bounds of every pool whose amount depends on an order that the ledger does not state.

    Args:
        found: The case.
        run: Runs all policies on a case.
        policies: Their names.

    Cost: one run of all policies per joint order, at most MOST_ORDERS of them.
    """
    parts = components_of(found)
    if not parts:
        return OrderBounds(kind={}, ranges={})
    by_parts = _pools_by_parts(found, parts)
    search = _Search(found, run, parts)
    ranges: Ranges = {}
    beyond: set[int] = set()
    for at, pools in sorted(by_parts.items(), key=lambda item: (search.cost(item[0]), item[0])):
        if search.affords(at):
            ranges |= search.ranges(at, pools)
        else:
            beyond |= pools
    outer = _gross(found, policies, beyond) if beyond else {}
    kind = dict.fromkeys(ranges, "ordered") | dict.fromkeys(outer, "outer")
    return OrderBounds(kind=kind, ranges=ranges | outer, unordered=len(parts))
