"""A large heist: a laundering tree of any number of movements, whose truth is exact.

The thief splits the loot over layers of mules; each mule of the last layer begins a peel chain: again
and again a small part is peeled off, to a service or to a place where it rests, and the remainder
moves to a fresh pool. What the heist is depends on nothing but its seed, its size and the number of
services, so the same heist can be planted in ledgers of every length.
"""

from typing import Any, NamedTuple

import numpy as np

from bongsu.rehearse.theft import LOOTS, VICTIM, PlantedTheft, Site

Array = np.ndarray[Any, Any]

HEIST_DAYS = 14
"""A heist is over in fewer days."""
_SECONDS = HEIST_DAYS * 24 * 3600
_FAN, _WIDEST = 5, 10
"""Mules that a mule pays; the most that the thief pays."""
_LEAST_STEPS, _MOST_STEPS = 6, 14
_CHAIN_MOVEMENTS = 21.75
"""Movements for each chain, about: two a step, the last cash-out of every second, the mules above it."""
_CASHIERS = 20
"""Services, the busiest, that cash-outs go to: even without labels a trace of a million rows ends there."""
_TO_SERVICE, _LAST_TO_SERVICE = 0.7, 0.5
"""Shares of peels and of chains' remainders that cash out; the others rest."""
_PAUSE, _LAYER_PAUSE, _STEP_PAUSE, _FORWARD_PAUSE = 60, 10 * 3600, 16 * 3600, 1800
"""Seconds before a pool pays: at least; at most in the tree, in a chain, and after it peeled."""
_UNITS = (2 * 10**10, 6 * 10**10)
"""What a chain launders on average."""


class Heist(NamedTuple):
    """Movements of a heist in time order, in numbers of its own."""

    second: Array
    """Seconds since its first payment, ascending: int64."""
    source: Array
    target: Array
    """Own pools from 0, the thief, on; -s is service s: int64."""
    amount: Array
    """Units: uint64."""
    pools: int
    """Number of its own pools."""
    rest: Array
    """Those of them that keep what they get."""


class _Story:
    """Movements as they are thought of, in any order, and numbers of pools not yet used."""

    def __init__(self, rng: np.random.Generator, services: int) -> None:
        self.rng, self.services = rng, min(services, _CASHIERS)
        self.told: list[tuple[Array, Array, Array, Array]] = []
        self.rest: list[Array] = []
        self.pools = 1

    def fresh(self, count: int) -> Array:
        """Numbers of new pools."""
        self.pools += count
        return np.arange(self.pools - count, self.pools, dtype=np.int64)

    def sinks(self, count: int, share: float) -> Array:
        """Where money ends: services for a share of the payments, the busiest most often; else new pools."""
        drawn = 1 + (self.rng.random(count) ** 2 * self.services).astype(np.int64)
        parks = self.rng.random(count) >= share
        sinks = -drawn
        sinks[parks] = self.fresh(int(parks.sum()))
        self.rest.append(sinks[parks])
        return sinks

    def later(self, second: Array, most: int) -> Array:
        """Moments after these."""
        moments: Array = second + self.rng.integers(_PAUSE, most, len(second))
        return moments

    def pay(self, second: Array, source: Array, target: Array, amount: Array) -> None:
        """Nothing; these movements are told."""
        self.told.append((second, source, target, amount))

    def heist(self) -> Heist:
        """All that was told, in time order; nobody pays in the second in which it is paid."""
        columns = [np.concatenate(column) for column in zip(*self.told, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        second, source, target, amount = (column[order] for column in columns)
        return Heist(second, source, target, amount, self.pools, np.sort(np.concatenate(self.rest)))


def draw_heist(rng: np.random.Generator, *, movements: int, services: int) -> Heist:
    """A heist of about so many movements, at most 10**7, which cashes out at services 1 to `services`."""
    story = _Story(rng, services)
    chains = max(1, round((movements - LOOTS) / _CHAIN_MOVEMENTS))
    stolen = np.array([chains * int(rng.integers(*_UNITS))], dtype=np.uint64)
    loot = _split(rng, stolen, np.zeros(LOOTS, dtype=np.int64))
    second = 200 * np.arange(LOOTS, dtype=np.int64)
    thief = np.zeros(LOOTS, dtype=np.int64)
    story.pay(second, np.full(LOOTS, -VICTIM, dtype=np.int64), thief, loot)
    pools = np.zeros(1, dtype=np.int64)
    held, second = stolen, second[-1:]
    for width in _widths(chains):
        parent = np.arange(width) * len(pools) // width
        second = story.later(second[parent], _LAYER_PAUSE)
        held, mules = _split(rng, held, parent), story.fresh(width)
        story.pay(second, pools[parent], mules, held)
        pools = mules
    _peel(story, second, pools, held)
    return story.heist()


def _widths(chains: int) -> list[int]:
    """Mules of each layer, the thief's first."""
    widths = [chains]
    while widths[0] > _WIDEST:
        widths.insert(0, -(-widths[0] // _FAN))
    return widths


def _split(rng: np.random.Generator, whole: Array, parent: Array) -> Array:
    """Parts of amounts below 2**55, one for each entry of `parent`, which ascends; no unit is lost."""
    weight = rng.integers(8, 33, len(parent), dtype=np.uint64)
    total = np.bincount(parent, weight).astype(np.uint64)
    before = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(total)[:-1]])
    upper = np.cumsum(weight) - before[parent]
    above, share = whole[parent], total[parent]
    parts: Array = above * upper // share - above * (upper - weight) // share
    return parts


def _peel(story: _Story, moments: Array, heads: Array, amounts: Array) -> None:
    """Nothing; the chains that begin at these pools are told to their ends."""
    pools, held, second, rng = heads.copy(), amounts.copy(), moments.copy(), story.rng
    steps = rng.integers(_LEAST_STEPS, _MOST_STEPS + 1, len(pools))
    for step in range(_MOST_STEPS):
        live = np.flatnonzero(steps > step)
        part = held[live] * rng.integers(3, 13, len(live), dtype=np.uint64) // np.uint64(100)
        second[live] = story.later(second[live], _STEP_PAUSE)
        story.pay(second[live], pools[live], story.sinks(len(live), _TO_SERVICE), part)
        held[live] -= part
        second[live] = story.later(second[live], _FORWARD_PAUSE)
        heirs = story.fresh(len(live))
        story.pay(second[live], pools[live], heirs, held[live])
        pools[live] = heirs
    cashes = rng.random(len(pools)) < _LAST_TO_SERVICE
    last = story.later(second[cashes], _STEP_PAUSE)
    story.pay(last, pools[cashes], story.sinks(len(last), 1), held[cashes])
    story.rest.append(pools[~cashes])


def place_heist(heist: Heist, site: Site, *, window: int) -> PlantedTheft:
    """The heist at a site, in the order of its moments.

    Args:
        heist: What happens.
        site: Where; with at least as many rows as the heist has movements.
        window: Rows of HEIST_DAYS days.
    """
    count, rows = len(heist.second), min(window, site.rows)
    place = np.arange(count, dtype=np.int64)
    wanted = heist.second * rows // _SECONDS
    row = np.maximum.accumulate(wanted - place) + place  # where the ledger is too slow, as soon as it can
    row = np.minimum(row, rows - count + place)
    own = heist.target >= 0
    got = np.zeros(heist.pools, dtype=np.uint64)
    np.add.at(got, heist.target[own], heist.amount[own])
    return PlantedTheft(
        row=site.row + row,
        source=_pools(heist.source, site),
        target=_pools(heist.target, site),
        amount=heist.amount,
        thief=site.pool,
        stolen=int(heist.amount[:LOOTS].sum()),
        rest=dict(zip((site.pool + heist.rest).tolist(), got[heist.rest].tolist(), strict=True)),
        cast=heist.pools,
    )


def _pools(numbers: Array, site: Site) -> Array:
    return np.where(numbers < 0, -numbers, site.pool + numbers).astype(np.int32)
