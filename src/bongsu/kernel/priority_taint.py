"""Seniority policies: stolen value leaves first (PIFO, TIHO) or last (LIBR); exact and conserving.

PIFO, proceeds in, first out, pays stolen lots before all other funds. TIHO, taint in, highest out
(Tironsakkul, Maarek, Eross, Just, 2019), does so for the largest payment of a transaction first.
LIBR, the lowest intermediate balance, lets a thief spend other funds first and never lets later
deposits replenish the claim (US v. Banco Cafetero, 1986). Unknown funds stand between in both.
What an exchange pays leaves by the same order, and what it receives arrives in that order.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, below, get, is_zero, least, minus, plus, put
from bongsu.kernel.batch import Batches, batches
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    NO_CREDIT,
    OTHER,
    UNKNOWN,
    Array,
    Case,
    Fragments,
    Holdings,
    Moves,
    Part,
)
from bongsu.kernel.claim import (
    END,
    LOW,
    SHIFT,
    STOLEN,
    Claims,
    balance,
    free_lot,
    grow_claims,
    holdings,
    integer,
    new_claims,
    new_lot,
    pull,
    push,
)
from bongsu.kernel.conversion import Parts, exchange, room_for, told
from bongsu.kernel.jit import compiled
from bongsu.kernel.log import Log, fragments, grow_log, new_log, room, write
from bongsu.kernel.prefetch import AHEAD, prefetch

SPARE = 8
"""Free lots and log rows that one movement may need beyond the lots that exist."""
LACK = 1 << 16
"""Mark of a waiting lot that is what the source pool lacked, not what is paid."""
EXCHANGE = -1
"""What stands for the free lots that are needed where a movement converts."""
NONE, MIXED = -1, -2
"""What stands for the tag where a pool holds nothing, or value of several tags."""


class Run(NamedTuple):
    """State of a run: what pools hold, the log, the policy."""

    claims: Claims
    log: Log
    stolen_first: bool


class Payment(NamedTuple):
    """One movement, as the numbers that its parts need."""

    movement: int
    source: int
    target: int
    credit: int
    overdraft: int
    stopped: bool


@compiled
def _deliver(run: Run, payment: Payment, part: Part) -> None:
    """Nothing; brings a part (tag, amount) of a payment to its target pool and logs it."""
    log, tag, value, kind = run.log, part[0], part[1], CARRIED
    if tag < FIRST_STOLEN and payment.credit >= FIRST_STOLEN:
        tag, kind = payment.credit, CREDITED
    last = log.used[0] - 1
    is_same = last >= 0 and log.movement[last] == payment.movement and log.kind[last] == kind
    if is_same and log.tag[last] == tag:
        put(log.amount, last, plus(get(log.amount, last), value))
    elif tag != OTHER:
        write(log, payment.movement, kind, (tag, value))
    if run.claims.queue[payment.target] == END:
        return
    if tag >= FIRST_STOLEN and payment.stopped:
        tag = integer(OTHER)
    push(run.claims, payment.target, (tag, value), False)


@compiled
def _supply(run: Run, payment: Payment, need: Amount) -> None:
    """Nothing; adds what the source pool lacks as its oldest lot."""
    pool, claims = payment.source, run.claims
    have = balance(claims.held, 4 * pool)
    if below(have, need):
        tag, lack = OTHER if claims.queue[pool] == END else payment.overdraft, minus(need, have)
        push(claims, pool, (tag, lack), True)
        if tag != OTHER:
            write(run.log, payment.movement, ASSUMED, (tag, lack))


@compiled
def _pay(run: Run, payment: Payment, need: Amount) -> None:
    """Nothing; pays class by class, whatever the pool holds. An end pays other funds."""
    pool, claims = payment.source, run.claims
    _supply(run, payment, need)
    for turn in range(STOLEN + 1):
        kind = STOLEN - turn if run.stolen_first else turn
        while not is_zero(need) and not is_zero(get(claims.held, 4 * pool + kind)):
            part = pull(claims, pool, kind, need)
            need = minus(need, part[1])
            _deliver(run, payment, part)


@compiled
def _release(run: Run, payment: Payment, lot: int) -> None:
    """Nothing; delivers the lots that wait for a payment."""
    while lot:
        what, value = run.claims.word[lot] & LOW, get(run.claims.value, 2 * lot)
        lot = free_lot(run.claims, lot)
        if what == LACK:
            continue
        if what & LACK:
            write(run.log, payment.movement, ASSUMED, (what ^ LACK, value))
        else:
            _deliver(run, payment, (what, value))


@compiled
def _only(claims: Claims, pool: int) -> int:
    """Tag of all that a pool holds, NONE where it holds nothing, MIXED where it holds several."""
    queue, slot = claims.queue[pool], 4 * pool
    classes = (not is_zero(get(claims.held, slot))) + (not is_zero(get(claims.held, slot + UNKNOWN)))
    if queue:
        alone = classes == 0 and queue & LOW == queue >> SHIFT
        return claims.word[queue & LOW] & LOW if alone else MIXED
    if classes == 1:
        return OTHER if is_zero(get(claims.held, slot + UNKNOWN)) else UNKNOWN
    return MIXED if classes else NONE


@compiled
def _cover(claims: Claims, moves: Moves, plan: Array, members: Array) -> bool:
    """Whether a batch pays value of several tags; if so, what a payment will lack waits for it as a lot."""
    pool = integer(moves.source[members[0]])
    before, only = balance(claims.held, 4 * pool), _only(claims, pool)
    for trial in range(2):
        have = before
        for m in members:
            need, tag = get(moves.amount, m), integer(moves.overdraft[m])
            lack = minus(need, least(have, need))
            have = minus(plus(have, lack), need)
            plan[m] = 0
            if is_zero(lack):
                continue
            only = tag if only in (NONE, tag) else MIXED
            if trial:
                plan[m] = new_lot(claims, LACK | tag, lack)
        if only != MIXED:
            break
    return only == MIXED


@compiled
def _append(claims: Claims, tail: int, part: Part) -> int:
    """Lot that holds a part and follows the lot `tail`, if there is one."""
    lot = new_lot(claims, part[0], part[1])
    if tail:
        claims.word[tail] |= lot << SHIFT
    return lot


@compiled
def _assign(claims: Claims, moves: Moves, order: Batches, row: int) -> None:
    """Nothing; takes from their pool what a batch's payments will bring, by rank, stolen value first.

    What a payment lacks, it pays itself; so nothing is paid before it is known to exist.
    """
    size, kind = order.members[row], STOLEN
    if not _cover(claims, moves, order.plan, order.members[row + 1 : row + size + 1]):
        return
    pool = integer(moves.source[order.members[row + 1]])
    for m in order.members[row + size + 1 : row + 2 * size + 1]:
        need, mark = get(moves.amount, m), integer(order.plan[m])
        tail, lack = mark, (claims.word[mark] & ~LACK & LOW, get(claims.value, 2 * mark))
        if mark:
            need = minus(need, lack[1])
        if mark and lack[0] >= FIRST_STOLEN:
            tail = _append(claims, tail, lack)
        while not is_zero(need):
            while is_zero(get(claims.held, 4 * pool + kind)):
                kind -= 1
            part = pull(claims, pool, kind, need)
            need = minus(need, part[1])
            tail = _append(claims, tail, part)
            if not order.plan[m]:
                order.plan[m] = tail
        if mark and lack[0] < FIRST_STOLEN:
            _append(claims, tail, lack)


@compiled
def _shortage(run: Run, moves: Moves, order: Batches, m: int) -> int:
    """Free lots that movement m may need, if they or log rows are missing, else 0; four a batched payment.

    EXCHANGE where it converts.
    """
    if moves.credit[m] == CONVERTS:
        return integer(EXCHANGE)  # type: ignore[no-any-return]
    lots = SPARE
    if len(order.plan) and order.plan[m] < 0:
        lots += 4 * integer(order.members[-1 - order.plan[m]])
    free = run.claims.free[1]
    return lots if free < lots or room(run.log) + free < len(run.claims.word) + SPARE else 0


@compiled
def _run(run: Run, moves: Moves, order: Batches, start: int) -> tuple[int, int]:
    """First movement that is not done and the free lots it needs: (number of movements, 0) at the end.

    EXCHANGE in place of the lots means that the movement converts.
    Movements that leave stolen lots alone are done here, all others by functions.
    """
    source, target, amount, credit, overdraft, stopped = moves[:6]
    claims, log, stolen_first = run
    held, queue, plan = claims.held, claims.queue, order.plan
    for m in range(start, len(source)):
        if m + AHEAD < len(source):
            prefetch(queue, integer(source[m + AHEAD]))
            prefetch(queue, integer(target[m + AHEAD]))
            prefetch(claims.word, queue[source[m + AHEAD // 2]] & LOW)
            prefetch(claims.word, queue[target[m + AHEAD // 2]] >> SHIFT)
        payer, payee, value = integer(source[m]), integer(target[m]), get(amount, m)
        if payer == payee or is_zero(value):
            continue
        other, unknown = get(held, 4 * payer), get(held, 4 * payer + UNKNOWN)
        lack = minus(value, least(plus(other, unknown), value))
        if is_zero(lack):
            simple = queue[payer] == 0 or (queue[payer] != END and not stolen_first)
        else:
            simple = queue[payer] == 0 and overdraft[m] < FIRST_STOLEN
        planned = len(plan) > 0 and plan[m] != 0
        if planned or not simple or credit[m] != NO_CREDIT or room(log) < SPARE:
            short = _shortage(run, moves, order, m)
            if short:
                return m, short
        if planned and plan[m] < 0:
            _assign(claims, moves, order, integer(-1 - plan[m]))
            planned = plan[m] > 0
        if planned or not simple or credit[m] >= FIRST_STOLEN:
            tags = integer(credit[m]), integer(overdraft[m])
            payment = Payment(m, payer, payee, tags[0], tags[1], stopped[m] != 0)
            if planned:
                _release(run, payment, integer(plan[m]))
            else:
                _pay(run, payment, value)
            continue
        if overdraft[m] == OTHER:
            other = plus(other, lack)
        elif not is_zero(lack):
            unknown = plus(unknown, lack)
            write(log, m, ASSUMED, (integer(UNKNOWN), lack))
        part = least(unknown, value) if stolen_first else minus(value, least(other, value))
        rest = minus(value, part)
        put(held, 4 * payer, minus(other, rest))
        put(held, 4 * payer + UNKNOWN, minus(unknown, part))
        if not is_zero(part):
            write(log, m, CARRIED, (integer(UNKNOWN), part))
        if queue[payee] != END:
            put(held, 4 * payee, plus(get(held, 4 * payee), rest))
            put(held, 4 * payee + UNKNOWN, plus(get(held, 4 * payee + UNKNOWN), part))
    return len(source), 0


@compiled
def _begin(run: Run, moves: Moves, m: int, need: Amounts) -> None:
    """Nothing; covers what a movement that converts lacks, and sets what it needs."""
    payer, payee = integer(moves.source[m]), integer(moves.target[m])
    put(need, 0, get(moves.amount, m))
    _supply(run, Payment(m, payer, payee, integer(OTHER), integer(moves.overdraft[m]), False), get(need, 0))


@compiled
def _take(run: Run, pool: int, need: Amounts, out: Holdings) -> int:
    """Number of parts taken from a pool by seniority, at most the rows of `out`; need is what is left."""
    rest, row = get(need, 0), 0
    for turn in range(STOLEN + 1):
        kind = STOLEN - turn if run.stolen_first else turn
        while row < len(out.tag) and not is_zero(rest) and not is_zero(get(run.claims.held, 4 * pool + kind)):
            part = pull(run.claims, pool, kind, rest)
            rest = minus(rest, part[1])
            out.tag[row] = part[0]
            put(out.amount, row, part[1])
            row += 1
    put(need, 0, rest)
    return row


def _exchange(run: Run, case: Case, m: int) -> Run:
    """Run after a movement that converts: its parts leave by seniority and arrive in that order."""
    if case.ends[case.moves.source[m]]:
        raise ValueError("an end pays a movement that converts, and keeps no funds")
    run = _grown(run, SPARE)
    parts: Parts = []
    out, need = room_for(case.moves.amount), np.zeros_like(case.moves.amount[:1])
    _begin(run, case.moves, m, need)
    while rows := _take(run, int(case.moves.source[m]), need, out):
        parts += told(out, rows)
    log, brought = exchange(run.log, case, m, parts)
    return run._replace(log=log, claims=_opened(run.claims, brought))


@compiled
def _open(claims: Claims, opening: Holdings, row: int) -> int:
    """First row of the opening that is not brought in: their number, or one that needs more lots."""
    while row < len(opening.pool) and claims.free[1] >= SPARE:
        pool = integer(opening.pool[row])
        value = get(opening.amount, row)
        if not is_zero(value) and claims.queue[pool] != END:
            push(claims, pool, (integer(opening.tag[row]), value), False)
        row += 1
    return row


def _opened(claims: Claims, opening: Holdings) -> Claims:
    if opening.pool.max(initial=0) >= len(claims.queue):
        raise ValueError("the opening names a pool that the case does not have")
    done = 0
    while (done := _open(claims, opening, done)) < len(opening.pool):
        claims = grow_claims(claims, SPARE)
    return claims


def _grown(run: Run, lots: int) -> Run:
    """Run with at least some free lots, and log rows for all lots that exist."""
    claims, log = run.claims, run.log
    if claims.free[1] < lots:
        claims = grow_claims(claims, lots)
    rows = len(claims.word) - int(claims.free[1]) + SPARE
    if len(log.tag) - int(log.used[0]) < rows:
        log = grow_log(log, rows)
    return run._replace(claims=claims, log=log)


def priority_taint(
    case: Case,
    *,
    stolen_first: bool,
    highest_out: bool = False,
    last: Array | None = None,
    opening: Holdings | None = None,
) -> tuple[Fragments, Holdings]:
    """Fragments and final holdings under PIFO, under LIBR where not `stolen_first`, or under TIHO.

    For TIHO a movement that converts is not part of a batch: it ends the batch of its pool and is paid
    at its place by the PIFO rule.

    Args:
        case: Movements in time order, narrow or wide amounts; sums, with the opening, fit the width.
        stolen_first: Stolen value leaves before all other funds; else after all of them.
        highest_out: TIHO: of the payments of one batch the largest takes stolen value first.
        last: For TIHO, 1 for fees, which rank after the other payments of a batch: uint8, shape (n,).
        opening: What pools hold before the first movement, stolen lots in arrival order.

    Raises:
        ValueError: When the opening names a pool that the case does not have, an end pays a movement that
            converts, or TIHO is asked for without `stolen_first`.

    Cost: O(movements + lots moved) time, and some 0.03 ms of Python for a movement that converts;
        40 (narrow) or 72 (wide) bytes a pool, 16 or 24 a live lot.
    """
    if highest_out and not stolen_first:
        raise ValueError("highest_out needs stolen_first")
    amounts, none = case.moves.amount, np.empty(0, dtype=np.int32)
    claims = new_claims(amounts, case.ends, 1024)
    if opening is not None:
        claims = _opened(claims, opening)
    order = batches(case, last) if highest_out else Batches(none, none)
    run = Run(claims, new_log(amounts, len(amounts) + 2048), stolen_first)
    done, short = _run(run, case.moves, order, 0)
    while short:
        if short == EXCHANGE:
            run, done = _exchange(run, case, done), done + 1
        else:
            run = _grown(run, short)
        done, short = _run(run, case.moves, order, done)
    return fragments(run.log), holdings(run.claims)
