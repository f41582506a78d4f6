"""Bongsu's own kernels by name; one that is not built yet is said to be so."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from bench.scene import Scene
from bongsu.kernel.adjacency import index_of
from bongsu.kernel.amount import to_integers
from bongsu.kernel.case import FIRST_STOLEN, Case, Holdings
from bongsu.kernel.index import Index
from bongsu.kernel.reach import START, Route, Seed, reach_scan, reach_seek

Run = Callable[[Case], Any]


class Kernel(NamedTuple):
    """Where a policy's kernel is and how it is called."""

    module: str
    function: str
    options: dict[str, Any]


KERNELS = {
    "fifo": Kernel("queue_taint", "queue_taint", {}),
    "lifo": Kernel("queue_taint", "queue_taint", {"newest_first": True}),
    "haircut": Kernel("haircut", "haircut", {}),
    "poison": Kernel("poison", "poison", {}),
    "pifo": Kernel("priority_taint", "priority_taint", {"stolen_first": True}),
    "libr": Kernel("priority_taint", "priority_taint", {"stolen_first": False}),
    "tiho": Kernel("priority_taint", "priority_taint", {"stolen_first": True, "highest_out": True}),
    "pari passu": Kernel("pari_passu", "pari_passu", {}),
}


def find_kernel(name: str) -> Run | None:
    """The kernel as a function of a case, or null where it is not built."""
    kernel = KERNELS[name]
    try:
        module = import_module(f"bongsu.kernel.{kernel.module}")
    except ModuleNotFoundError:
        return None
    function = getattr(module, kernel.function, None)
    return function and (lambda case: function(case, **kernel.options))


def stolen_by_pool(holdings: Holdings) -> dict[int, int]:
    """What each pool holds of stolen funds, exact."""
    found: dict[int, int] = {}
    stolen = holdings.tag >= FIRST_STOLEN
    for pool, value in zip(holdings.pool[stolen].tolist(), to_integers(holdings.amount[stolen]), strict=True):
        found[pool] = found.get(pool, 0) + value
    return found


def route_of(scene: Scene) -> Route:
    """Movements of the scene as reach sees them."""
    moves = scene.case.moves
    mark = np.zeros(len(moves.source), dtype=np.uint8)
    mark[scene.loot] = START
    none = np.empty((0, 2), dtype=np.int64)
    return Route(moves.source.astype(np.uint32), moves.target.astype(np.uint32), mark, none)


def scan(scene: Scene, route: Route) -> np.ndarray[Any, Any]:
    """1 for pools that the loot can touch, by one pass."""
    return reach_scan(route, np.empty(0, dtype=np.int64), scene.case.ends)


def seek(scene: Scene, route: Route, index: Index) -> np.ndarray[Any, Any]:
    """1 for pools that the loot can touch, by an index of payments."""
    seed = Seed(np.empty(0, dtype=np.int64), np.flatnonzero(route.mark & START))
    found = reach_seek(route, index, seed, scene.case.ends)
    assert found is not None
    return found


def index_scene(scene: Scene, route: Route) -> Index:
    """Index of payments of the scene."""
    return index_of(route.source, scene.pools)
