"""FIFO and LIFO: lots leave a pool oldest or newest first; exact and conserving.

FIFO is Clayton's Case (Devaynes v Noble, 1816). For outputs of a transaction: inputs queue in
order, outputs are paid in order, the fee last (Anderson, Shumailov, Ahmed, TaintChain, 2018).
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, below, get, is_zero, least, minus, plus, put, zero
from bongsu.kernel.case import ASSUMED, CARRIED, CREDITED, FIRST_STOLEN, OTHER, Case, Fragments, Holdings
from bongsu.kernel.jit import compiled
from bongsu.kernel.log import Log, fragments, grow_log, new_log, room, write
from bongsu.kernel.lots import (
    COUNT,
    HEAD,
    Lots,
    drop_oldest,
    grow_lots,
    holdings,
    new_lots,
    push_oldest,
    push_youngest,
)

SPARE_LOTS = 4
"""Free lots that one movement may need: cover, split, delivery."""


class Queues(NamedTuple):
    """State of a run: queues, balances, log, and which end of a queue pays and is paid."""

    lots: Lots
    balance: Amounts
    log: Log
    newest_first: bool
    unknown_newest: bool


@compiled
def _cover(run: Queues, case: Case, m: int, value: Amount) -> None:
    """Nothing; adds what the source pool lacks as a lot, and takes the payment off its balance."""
    pool = case.moves.source[m]
    balance = get(run.balance, pool)
    if not below(balance, value):
        put(run.balance, pool, minus(balance, value))
        return
    tag, lack = case.moves.overdraft[m], minus(value, balance)
    put(run.balance, pool, zero(run.balance))
    if tag != OTHER:
        write(run.log, m, ASSUMED, (tag, lack))
    if run.newest_first == run.unknown_newest:
        push_oldest(run.lots, pool, tag, lack)
    else:
        push_youngest(run.lots, pool, tag, lack)


@compiled
def _deliver(run: Queues, case: Case, m: int, part: tuple[int, Amount]) -> None:
    """Nothing; brings a part (tag, amount) of movement m to its target pool and logs it."""
    tag, value = part
    if tag < FIRST_STOLEN and case.moves.credit[m] >= FIRST_STOLEN:
        tag = case.moves.credit[m]
        write(run.log, m, CREDITED, (tag, value))
    elif tag != OTHER:
        write(run.log, m, CARRIED, (tag, value))
    pool = case.moves.target[m]
    if case.ends[pool]:
        return
    if case.moves.stopped[m] and tag >= FIRST_STOLEN:
        tag = OTHER
    if run.newest_first:
        push_oldest(run.lots, pool, tag, value)
    else:
        push_youngest(run.lots, pool, tag, value)


@compiled
def _draw(run: Queues, case: Case, m: int, value: Amount) -> None:
    """Nothing; pays a movement from the paying end of its source pool's queue."""
    pool, need = case.moves.source[m], value
    while not is_zero(need):
        lot = run.lots.queue[pool, HEAD]
        tag, held = run.lots.tag[lot], get(run.lots.amount, lot)
        part = least(held, need)
        if below(part, held):
            put(run.lots.amount, lot, minus(held, part))
        else:
            drop_oldest(run.lots, pool)
        need = minus(need, part)
        _deliver(run, case, m, (tag, part))


@compiled
def _run(run: Queues, case: Case, start: int, stop: int) -> int:
    """First movement that was not processed: `stop`, or one that needs more room."""
    moves = case.moves
    for m in range(start, stop):
        source, target, value = moves.source[m], moves.target[m], get(moves.amount, m)
        if source == target or is_zero(value):
            continue
        if run.lots.free[1] < SPARE_LOTS or room(run.log) < run.lots.queue[source, COUNT] + SPARE_LOTS:
            return m
        if case.ends[source]:
            _deliver(run, case, m, (OTHER, value))
        else:
            _cover(run, case, m, value)
            _draw(run, case, m, value)
        if not case.ends[target]:
            put(run.balance, target, plus(get(run.balance, target), value))
    return stop


def _open(run: Queues, opening: Holdings | None) -> None:
    if opening is None:
        return
    if opening.pool.max(initial=0) >= len(run.balance):
        raise ValueError("the opening names a pool that the case does not have")
    wide = run.balance.ndim == 2
    for row in range(len(opening.pool)):
        raw = opening.amount[row]
        value = (raw[0], raw[1]) if wide else raw
        pool = int(opening.pool[row])
        _open_one(run, pool, int(opening.tag[row]), value)


@compiled
def _open_one(run: Queues, pool: int, tag: int, value: Amount) -> None:
    push_youngest(run.lots, pool, tag, value)
    put(run.balance, pool, plus(get(run.balance, pool), value))


def queue_taint(
    case: Case, *, newest_first: bool = False, unknown_newest: bool = False, opening: Holdings | None = None
) -> tuple[Fragments, Holdings]:
    """Fragments and final holdings under FIFO, or LIFO where `newest_first`.

    Args:
        case: Movements in time order, narrow or wide amounts.
        newest_first: LIFO instead of FIFO.
        unknown_newest: Queue what a pool lacks as its newest lot; by rule it is the oldest.
        opening: Lots that pools hold before the first movement, in queue order.

    Raises:
        ValueError: When the opening names a pool that the case does not have.

    Cost: O(movements + lots moved) time; 24 (narrow) or 32 (wide) bytes a live lot.
    """
    count, amounts = len(case.moves.source), case.moves.amount
    size = 1024 + (0 if opening is None else 2 * len(opening.pool))
    run = Queues(
        new_lots(amounts, len(case.ends), size),
        np.zeros((len(case.ends), *amounts.shape[1:]), dtype=np.uint64),
        new_log(amounts, 1024),
        newest_first,
        unknown_newest,
    )
    _open(run, opening)
    done = 0
    while (done := _run(run, case, done, count)) < count:
        if run.lots.free[1] < SPARE_LOTS:
            run = run._replace(lots=grow_lots(run.lots))
        else:
            rows = int(run.lots.queue[case.moves.source[done], COUNT]) + SPARE_LOTS
            run = run._replace(log=grow_log(run.log, rows))
    return fragments(run.log), holdings(run.lots)
