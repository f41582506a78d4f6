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


class PlantedTheft(NamedTuple):
    """Movements of a theft in a ledger of pool numbers and the truth about it; amounts in units.

    Nobody else pays the thief, the mules or the resting places, so every conserving policy gives
    the same: the whole loot is stolen, and what rests is stolen to the last unit.
    """

    row: Array
    """Rows of the movements, ascending: int64, shape (ROWS,)."""
    source: Array
    target: Array
    amount: Array
    thief: int
    """Source pool of the lead; the first LOOTS movements pay it."""
    stolen: int
    """Sum of those movements."""
    rest: dict[int, int]
    """Pool to what it holds of the loot at the end of the ledger."""


def plant_theft(rng: np.random.Generator, *, transfers: int, pools: int, services: int) -> PlantedTheft:
    """A theft that starts after a fifth of the ledger: service 1 pays, the thief splits, mules cash out.

    Args:
        rng: Source of amounts and of where mules cash out: a service, or anyone.
        transfers: Rows of the ledger; the first `services` of them are not the theft's.
        pools: Pools of the ledger; the last CAST of them are the theft's alone.
        services: Pools 1 to `services` are services.
    """
    thief = pools - CAST
    mules, rests = thief + 1 + np.arange(MULES), thief + 1 + MULES + np.arange(MULES)
    cashiers = np.where(
        np.arange(MULES) % 2 == 0,
        rng.integers(1, services + 1, MULES),
        rng.integers(services + 1, thief, MULES),
    )
    loot = rng.integers(10**9, 10**11, MULES, dtype=np.uint64) * np.uint64(LOOTS)
    parked = loot // np.uint64(3)
    stolen = int(loot.sum())
    start = services + (transfers - services) // 5
    step = max(1, (transfers - start) // (2 * ROWS))
    victims, thieves = np.ones(LOOTS, dtype=np.int64), np.full(MULES, thief)
    quarter = np.full(LOOTS, stolen // LOOTS, dtype=np.uint64)
    return PlantedTheft(
        row=start + step * np.arange(ROWS, dtype=np.int64),
        source=np.concatenate([victims, thieves, mules, mules]).astype(np.int32),
        target=np.concatenate([np.full(LOOTS, thief), mules, rests, cashiers]).astype(np.int32),
        amount=np.concatenate([quarter, loot, parked, loot - parked]),
        thief=thief,
        stolen=stolen,
        rest=dict(zip(rests.tolist(), parked.tolist(), strict=True)),
    )
