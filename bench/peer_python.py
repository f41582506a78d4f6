"""What a careful person writes in plain Python: exact integers, lists, deques."""

from collections import deque

from bench.scene import Scene
from bongsu.rehearse.moves import NULL

CLEAN, UNKNOWN, STOLEN = 0, 1, 2
Columns = tuple[list[int], list[int], list[int]]
"""Source, target, amount."""


def columns_of(scene: Scene) -> Columns:
    """Movements as lists; making them is not timed."""
    moves = scene.case.moves
    return moves.source.tolist(), moves.target.tolist(), moves.amount.tolist()


def deque_fifo(columns: Columns, loot: frozenset[int], pools: int) -> dict[int, int]:
    """What each pool holds of the loot at the end, first in, first out: a deque of lots a pool."""
    queues: list[deque[list[int]]] = [deque() for _ in range(pools)]
    held = [0] * pools
    for m, (source, target, need) in enumerate(zip(*columns, strict=True)):
        if source == target:
            continue
        if source == NULL:
            taken = [[CLEAN, need]]
        else:
            taken = _take(queues[source], need, held[source])
            held[source] = max(0, held[source] - need)
        held[target] += need
        queue = queues[target]
        for tag, value in [[STOLEN, need]] if m in loot else taken:
            if queue and queue[-1][0] == tag:
                queue[-1][1] += value
            else:
                queue.append([tag, value])
    return {
        pool: total
        for pool, queue in enumerate(queues)
        if (total := sum(value for tag, value in queue if tag == STOLEN))
    }


def _take(queue: deque[list[int]], need: int, held: int) -> list[list[int]]:
    """Oldest lots of a queue that make up the need; what it lacks is its oldest lot, of unknown origin."""
    taken: list[list[int]] = []
    if need > held:
        queue.appendleft([UNKNOWN, need - held])
    while need:
        lot = queue[0]
        if lot[1] > need:
            lot[1] -= need
            taken.append([lot[0], need])
            return taken
        need -= lot[1]
        taken.append(queue.popleft())
    return taken


def integer_haircut(columns: Columns, loot: frozenset[int], pools: int) -> dict[int, int]:
    """What each pool holds of the loot, pro rata, rounded to the nearest unit, exact sums.

    Of funds it knows stolen and other ones; missing history counts as other funds.
    """
    balance, taint = [0] * pools, [0] * pools
    for m, (source, target, need) in enumerate(zip(*columns, strict=True)):
        if source == target:
            continue
        part = 0
        if source != NULL:
            have = max(balance[source], need)
            if taint[source]:
                part, rest = divmod(need * taint[source], have)
                part += rest and 2 * rest >= have
                taint[source] -= part
            balance[source] = have - need
        balance[target] += need
        taint[target] += need if m in loot else part
    return {pool: value for pool, value in enumerate(taint) if value}


def timed_reach(columns: Columns, loot: frozenset[int], pools: int) -> set[int]:
    """Pools that the loot can touch, in time order: one pass with a flag a pool."""
    touched = bytearray(pools)
    for m, (source, target, _) in enumerate(zip(*columns, strict=True)):
        if touched[source] or m in loot:
            touched[target] = 1
    return {pool for pool, flag in enumerate(touched) if flag}
