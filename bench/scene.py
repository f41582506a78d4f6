"""The made ledger that every contestant works on, as arrays, lists and kernel cases."""

from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.case import FIRST_STOLEN, OTHER, Case, make_case
from bongsu.rehearse.ledger import WEI_PER_UNIT
from bongsu.rehearse.moves import NULL, generate_moves
from bongsu.rehearse.theft import LOOTS, PlantedTheft

Array = np.ndarray[Any, Any]

SEED, SERVICES, VICTIMS = 7, 20, 4
POOL_TRANSFERS = 5
"""Transfers for each pool, about."""


class Scene(NamedTuple):
    """A ledger with one theft; the null pool is an end, services are followed through."""

    case: Case
    """One victim, amounts in units (narrow)."""
    theft: PlantedTheft
    pools: int

    @property
    def loot(self) -> Array:
        """Rows of the theft."""
        return self.theft.row[:LOOTS]


def make_scene(transfers: int, *, overdrafts: float = 0.01) -> Scene:
    """Scene of a ledger with this many transfers."""
    pools = max(200, transfers // POOL_TRANSFERS)
    moves, theft = generate_moves(
        transfers=transfers, pools=pools, seed=SEED, services=SERVICES, overdrafts=overdrafts
    )
    case = make_case(*moves, pools=pools)
    case.ends[NULL] = 1
    case.moves.credit[theft.row[:LOOTS]] = FIRST_STOLEN
    return Scene(case, theft, pools)


def widened(case: Case) -> Case:
    """The case in wei, 128 bits wide: every amount WEI_PER_UNIT times as large."""
    units = case.moves.amount
    bottom = (units & np.uint64(0xFFFFFFFF)) * np.uint64(WEI_PER_UNIT)
    top = (units >> np.uint64(32)) * np.uint64(WEI_PER_UNIT) + (bottom >> np.uint64(32))
    wei = np.empty((len(units), 2), dtype=np.uint64)
    wei[:, 0] = (top << np.uint64(32)) | (bottom & np.uint64(0xFFFFFFFF))
    wei[:, 1] = top >> np.uint64(32)
    return case._replace(moves=case.moves._replace(amount=wei, received=np.zeros_like(wei)))


def all_tainted(scene: Scene) -> Case:
    """The worst case: all coins that services begin with are stolen, from several victims in turn."""
    credit = np.full(len(scene.case.moves.source), -1, dtype=np.int16)
    credit[:SERVICES] = FIRST_STOLEN + np.arange(SERVICES) % VICTIMS
    moves = scene.case.moves._replace(credit=credit)
    return scene.case._replace(moves=moves, tags=FIRST_STOLEN + VICTIMS)


def forgiving(case: Case) -> Case:
    """The case with missing history taken as other funds, for peers that know two kinds of funds only."""
    overdraft = np.full(len(case.moves.source), OTHER, dtype=np.int16)
    return case._replace(moves=case.moves._replace(overdraft=overdraft))
