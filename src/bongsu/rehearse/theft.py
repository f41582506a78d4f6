"""A theft planted in a made ledger: who takes what when, and where part of it must rest."""

from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]

LOOTS, MULES = 4, 8
"""Payments that the victim loses; pools that the thief splits the money to."""
CAST = 1 + 2 * MULES
"""Pools that only the theft uses: the thief, the mules, a resting place for each mule."""
ROWS = LOOTS + MULES + 2 * MULES
"""Movements of the theft."""
VICTIM = 1
"""Pool that is robbed: the busiest service."""


class Site(NamedTuple):
    """Where in a ledger a theft is planted."""

    row: int
    """First row that it may take."""
    rows: int
    """Rows that it may take or leave to others."""
    pool: int
    """Its first own pool; it has as many as its cast."""
    others: int
    """Pools 1 to `others` - 1 are of no theft."""
    services: int
    """Pools 1 to `services` are services."""


class PlantedTheft(NamedTuple):
    """Movements of a theft in a ledger of pool numbers and the truth about it; amounts in units.

    Nobody else pays the thief, the mules or the resting places, so every conserving policy gives
    the same: the whole loot is stolen, and what rests is stolen to the last unit.
    """

    row: Array
    """Rows of the movements, ascending: int64, shape (movements,)."""
    source: Array
    target: Array
    amount: Array
    thief: int
    """Source pool of the lead; the first LOOTS movements pay it."""
    stolen: int
    """Sum of those movements."""
    rest: dict[int, int]
    """Pool to what it holds of the loot at the end of the ledger."""

    cast: int
    """Number of its own pools, from the thief on."""

    def cashed(self) -> dict[int, int]:
        """Pool of others to the stolen units that the theft's own pools pay it."""
        out = (self.target < self.thief) | (self.target >= self.thief + self.cast)
        pools, places = np.unique(self.target[out], return_inverse=True)
        sums = np.zeros(len(pools), dtype=np.uint64)
        np.add.at(sums, places, self.amount[out])
        return dict(zip(pools.tolist(), sums.tolist(), strict=True))


def plant_theft(rng: np.random.Generator, site: Site) -> PlantedTheft:
    """A small theft over half of the site's rows: service 1 pays, the thief splits, mules cash out.

    Args:
        rng: Source of amounts and of where mules cash out: a service, or anyone.
        site: Rows and pools.
    """
    thief = site.pool
    mules, rests = thief + 1 + np.arange(MULES), thief + 1 + MULES + np.arange(MULES)
    cashiers = np.where(
        np.arange(MULES) % 2 == 0,
        rng.integers(1, site.services + 1, MULES),
        rng.integers(site.services + 1, site.others, MULES),
    )
    loot = rng.integers(10**9, 10**11, MULES, dtype=np.uint64) * np.uint64(LOOTS)
    parked = loot // np.uint64(3)
    stolen = int(loot.sum())
    step = max(1, site.rows // (2 * ROWS))
    victims, thieves = np.full(LOOTS, VICTIM), np.full(MULES, thief)
    quarter = np.full(LOOTS, stolen // LOOTS, dtype=np.uint64)
    return PlantedTheft(
        row=site.row + step * np.arange(ROWS, dtype=np.int64),
        source=np.concatenate([victims, thieves, mules, mules]).astype(np.int32),
        target=np.concatenate([np.full(LOOTS, thief), mules, rests, cashiers]).astype(np.int32),
        amount=np.concatenate([quarter, loot, parked, loot - parked]),
        thief=thief,
        stolen=stolen,
        rest=dict(zip(rests.tolist(), parked.tolist(), strict=True)),
        cast=CAST,
    )
