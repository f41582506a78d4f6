"""FIFO and LIFO: lots leave a pool oldest or newest first; exact and conserving.

FIFO is Clayton's Case (Devaynes v Noble, 1816). For outputs of a transaction: inputs queue in
order, outputs are paid in order, the fee last (Anderson, Shumailov, Ahmed, TaintChain, 2018).
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, below, get, is_zero, minus, plus, put, zero
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    NO_CREDIT,
    OTHER,
    Case,
    Fragments,
    Holdings,
    Moves,
    Part,
)
from bongsu.kernel.conversion import Parts, exchange, room_for, told
from bongsu.kernel.jit import compiled
from bongsu.kernel.log import Log, fragments, grow_log, new_log, room, write
from bongsu.kernel.lots import END, Lots, grow_lots, holdings, new_lots, pull, push
from bongsu.kernel.record import link, load, save

SPARE_LOTS, SPARE_ROWS = 4, 2
"""Free lots and log rows that one step of a movement may need."""


class Queues(NamedTuple):
    """State of a run: queues, log, what the movement in progress still needs, the policy."""

    lots: Lots
    log: Log
    need: Amounts
    newest_first: bool
    unknown_newest: bool


@compiled
def _cover(run: Queues, case: Case, m: int, value: Amount) -> None:
    """Nothing; adds what the source pool lacks to pay a value as a lot."""
    pool = case.moves.source[m]
    held = load(run.lots.pool, pool, value)
    if link(run.lots.pool, pool, value) == END or not below(held, value):
        return
    part = np.int64(case.moves.overdraft[m]), minus(value, held)
    if part[0] != OTHER:
        write(run.log, m, ASSUMED, part)
    push(run.lots, pool, part, run.newest_first == run.unknown_newest)


@compiled
def _deliver(run: Queues, case: Case, m: int, part: Part) -> None:
    """Nothing; brings a part (tag, amount) of movement m to its target pool and logs it."""
    tag, value = part
    if tag < FIRST_STOLEN and case.moves.credit[m] >= FIRST_STOLEN:
        tag = np.int64(case.moves.credit[m])
        write(run.log, m, CREDITED, (tag, value))
    elif tag != OTHER:
        write(run.log, m, CARRIED, part)
    pool = case.moves.target[m]
    if link(run.lots.pool, pool, value) == END:
        return
    if case.moves.stopped[m] and tag >= FIRST_STOLEN:
        tag = np.int64(OTHER)
    push(run.lots, pool, (tag, value), run.newest_first)


@compiled
def _pass_clean(lots: Lots, moves: Moves, m: int, value: Amount) -> bool:
    """Whether movement m is other funds between pools of other funds; if so it is done."""
    source, target = moves.source[m], moves.target[m]
    words = link(lots.pool, source, value) | link(lots.pool, target, value)
    if words != np.uint64(OTHER) or moves.credit[m] != NO_CREDIT:
        return False
    held = load(lots.pool, source, value)
    if not below(held, value):
        save(lots.pool, source, minus(held, value))
    elif moves.overdraft[m] == OTHER:
        save(lots.pool, source, zero(moves.amount))
    else:
        return False
    save(lots.pool, target, plus(load(lots.pool, target, value), value))
    return True


@compiled
def _run(run: Queues, case: Case, m: int) -> int:
    """First movement that is not done: their number, or one that needs more room or that converts."""
    source, target, amount = case.moves.source, case.moves.target, case.moves.amount
    need = get(run.need, 0)
    while m < len(source):
        pool = source[m]
        if run.lots.free[1] < SPARE_LOTS or room(run.log) < SPARE_ROWS:
            break
        if is_zero(need):
            need = get(amount, m)
            if pool == target[m] or is_zero(need) or _pass_clean(run.lots, case.moves, m, need):
                need = zero(amount)
                m += 1
                continue
            if case.moves.credit[m] == CONVERTS:
                need = zero(amount)
                break
            _cover(run, case, m, need)
        part = np.int64(OTHER), need
        if link(run.lots.pool, pool, need) != END:
            part = pull(run.lots, pool, need)
        need = minus(need, part[1])
        _deliver(run, case, m, part)
        m += is_zero(need)
    put(run.need, 0, need)
    return m


@compiled
def _take(run: Queues, case: Case, m: int, out: Holdings) -> int:
    """Number of parts that movement m took from its pool, at most the rows of `out`; need is what is left."""
    need, row = get(run.need, 0), 0
    while row < len(out.tag) and not is_zero(need):
        part = pull(run.lots, case.moves.source[m], need)
        out.tag[row] = part[0]
        put(out.amount, row, part[1])
        need = minus(need, part[1])
        row += 1
    put(run.need, 0, need)
    return row


@compiled
def _begin(run: Queues, case: Case, m: int) -> None:
    """Nothing; makes movement m the one in progress and covers what its pool lacks."""
    put(run.need, 0, get(case.moves.amount, m))
    _cover(run, case, m, get(case.moves.amount, m))


def _exchange(run: Queues, case: Case, m: int) -> Queues:
    """Run after a movement that converts: its parts leave in queue order and arrive in that order."""
    if case.ends[case.moves.source[m]]:
        raise ValueError("an end pays a movement that converts, and keeps no funds")
    parts: Parts = []
    out = room_for(case.moves.amount)
    _begin(run, case, m)
    while rows := _take(run, case, m, out):
        parts += told(out, rows)
    log, brought = exchange(run.log, case, m, parts)
    return run._replace(log=log, lots=_opened(run.lots, brought, oldest=run.newest_first))


@compiled
def _open(lots: Lots, opening: Holdings, row: int, oldest: bool) -> int:
    """First row of the opening that is not brought in: their number, or one that needs more lots."""
    while row < len(opening.pool) and lots.free[1] >= SPARE_LOTS:
        pool, value = opening.pool[row], get(opening.amount, row)
        if link(lots.pool, pool, value) != END:
            push(lots, pool, (np.int64(opening.tag[row]), value), oldest)
        row += 1
    return row


def _opened(lots: Lots, opening: Holdings, *, oldest: bool = False) -> Lots:
    if opening.pool.max(initial=0) >= len(lots.pool):
        raise ValueError("the opening names a pool that the case does not have")
    done = 0
    while (done := _open(lots, opening, done, oldest)) < len(opening.pool):
        lots = grow_lots(lots)
    return lots


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
        ValueError: When the opening names a pool that the case does not have, or an end pays a movement
            that converts.

    Cost: O(movements + lots moved) time, and some 0.1 ms of Python for a movement that converts;
    16 (narrow) or 32 (wide) bytes a pool and a live lot.
    """
    count, amounts = len(case.moves.source), case.moves.amount
    lots = new_lots(amounts, case.ends, 1024)
    if opening is not None:
        lots = _opened(lots, opening)
    need = np.zeros((1, *amounts.shape[1:]), dtype=np.uint64)
    run = Queues(lots, new_log(amounts, 1024), need, newest_first, unknown_newest)
    done = 0
    while (done := _run(run, case, done)) < count:
        if run.lots.free[1] < SPARE_LOTS:
            run = run._replace(lots=grow_lots(run.lots))
        elif len(run.log.tag) - int(run.log.used[0]) < SPARE_ROWS:
            run = run._replace(log=grow_log(run.log, SPARE_ROWS))
        else:
            run = _exchange(run, case, done)
            done += 1
    return fragments(run.log), holdings(run.lots)
