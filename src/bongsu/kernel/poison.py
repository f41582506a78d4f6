"""Poison: whatever leaves a pool that stolen value has touched is wholly tainted; it does not conserve.

An upper bound for all other policies (Möser, Böhme, Breuker, FC 2014). A pool's amount is what it
received since its first touch, clean value too: touched, not owned.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts, get, is_zero, least, minus, plus, put
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    OTHER,
    Array,
    Case,
    Fragments,
    Holdings,
)
from bongsu.kernel.claim import integer
from bongsu.kernel.jit import compiled
from bongsu.kernel.log import Log, fragments, grow_log, new_log, room, write
from bongsu.kernel.prefetch import AHEAD, prefetch

OVERLAP = 3
"""Fragment kind of poison: a later victim's claim on value or on a pool that an earlier claim keeps."""
SPARE = 8
"""Log rows that one movement may need."""


class Run(NamedTuple):
    """State of a run: what touched each pool first, what it received since, what it can pay."""

    claim: Array
    """Tag of the first touch, or OTHER: int16, shape (pools,)."""
    gross: Amounts
    """Received since the first touch, that included: shape of (pools,) amounts."""
    balance: Amounts
    """Known balance; of no length where no lack is a victim's, because then nobody asks."""
    log: Log


@compiled
def _touch(run: Run, m: int, pool: int, part: tuple[int, Amount]) -> None:
    """Nothing; claims a pool for a tag, or logs that an earlier claim keeps it."""
    if run.claim[pool] == OTHER:
        run.claim[pool] = part[0]
    elif run.claim[pool] != part[0]:
        write(run.log, m, OVERLAP, part)


@compiled
def _spend(run: Run, m: int, pool: int, part: tuple[int, Amount]) -> None:
    """Nothing; takes a value from a pool's balance; what it lacks is of the tag and touches it."""
    tag, value = part
    have = get(run.balance, pool)
    paid = least(have, value)
    put(run.balance, pool, minus(have, paid))
    lack = minus(value, paid)
    if tag < FIRST_STOLEN or is_zero(lack):
        return
    write(run.log, m, ASSUMED, (tag, lack))
    _touch(run, m, pool, (tag, lack))
    put(run.gross, pool, plus(get(run.gross, pool), lack))


@compiled
def _carry(run: Run, case: Case, m: int, tag: int) -> None:
    """Nothing; logs movement m as tainted by its source's tag or its credit, and touches its target."""
    value, credit, kind = get(case.moves.amount, m), integer(case.moves.credit[m]), CARRIED
    if tag == OTHER:
        tag, kind = credit, CREDITED
    write(run.log, m, kind, (tag, value))
    if credit >= FIRST_STOLEN and credit != tag:
        write(run.log, m, OVERLAP, (credit, value))
    if not case.moves.stopped[m]:
        _touch(run, m, integer(case.moves.target[m]), (tag, value))


@compiled
def _run(run: Run, case: Case, m: int) -> int:
    """First movement that is not done: their number, or one that needs more room or that converts."""
    source, target, amount, credit, overdraft, _, _, _ = case.moves
    claim, gross, ends = run.claim, run.gross, case.ends
    balanced = len(run.balance) > 0
    while m < len(source) and room(run.log) >= SPARE:
        if m + AHEAD < len(source):
            prefetch(claim, integer(source[m + AHEAD]))
            prefetch(claim, integer(target[m + AHEAD]))
            prefetch(gross, integer(target[m + AHEAD]))
        payer, payee, value = integer(source[m]), integer(target[m]), get(amount, m)
        if credit[m] == CONVERTS:
            break
        if payer == payee or is_zero(value):
            m += 1
            continue
        if balanced:
            if not ends[payer]:
                _spend(run, m, payer, (integer(overdraft[m]), value))
            put(run.balance, payee, plus(get(run.balance, payee), value))
        tag = integer(claim[payer])
        if tag != OTHER and ends[payer]:
            tag = integer(OTHER)
        if tag != OTHER or credit[m] >= FIRST_STOLEN:
            _carry(run, case, m, tag)
        if claim[payee] != OTHER:
            put(gross, payee, plus(get(gross, payee), value))
        m += 1
    return m


@compiled
def _exchange(run: Run, case: Case, m: int) -> None:
    """Nothing; does movement m, which converts: where its source is touched, all that is received is."""
    source, target = integer(case.moves.source[m]), integer(case.moves.target[m])
    value, received = get(case.moves.amount, m), get(case.moves.received, m)
    if len(run.balance):
        _spend(run, m, source, (integer(case.moves.overdraft[m]), value))
        put(run.balance, target, plus(get(run.balance, target), received))
    tag = integer(run.claim[source])
    if tag != OTHER:
        if not is_zero(value):
            write(run.log, m, CARRIED, (tag, value))
        write(run.log, m, CONVERTED, (tag, received))
        _touch(run, m, target, (tag, received))
    if run.claim[target] != OTHER:
        put(run.gross, target, plus(get(run.gross, target), received))


@compiled
def _open(run: Run, ends: Array, opening: Holdings) -> None:
    """Nothing; brings in what pools hold before the first movement; stolen value touches them."""
    for row in range(len(opening.pool)):
        pool, tag, value = integer(opening.pool[row]), opening.tag[row], get(opening.amount, row)
        if ends[pool] or is_zero(value):
            continue
        if len(run.balance):
            put(run.balance, pool, plus(get(run.balance, pool), value))
        if run.claim[pool] == OTHER and tag >= FIRST_STOLEN:
            run.claim[pool] = tag
        if run.claim[pool] != OTHER:
            put(run.gross, pool, plus(get(run.gross, pool), value))


def poison(case: Case, *, opening: Holdings | None = None) -> tuple[Fragments, Holdings]:
    """Fragments, and for each touched pool what it received since its first touch.

    A movement from a touched pool is one CARRIED fragment of its whole amount, with the tag of the
    pool's first touch. A later victim's claim on the same value or pool is a fragment of kind
    OVERLAP, which says whose claim came late and is no further taint. Unknown funds are not logged.
    All that a touched pool's exchange received is touched: a fragment of kind CONVERTED.

    Args:
        case: Movements in time order, narrow or wide amounts; twice their sum fits the width.
        opening: What pools hold before the first movement, in order of arrival.

    Raises:
        ValueError: When the opening names a pool that the case does not have.

    Cost: O(movements) time; 10 (narrow) or 18 (wide) bytes a pool, and 8 or 16 more where a lack
    may be a victim's.
    """
    width = case.moves.amount.shape[1:]
    pools = len(case.ends)
    asked = bool((case.moves.overdraft >= FIRST_STOLEN).any())
    run = Run(
        np.zeros(pools, dtype=np.int16),
        np.zeros((pools, *width), dtype=np.uint64),
        np.zeros((pools if asked else 0, *width), dtype=np.uint64),
        new_log(case.moves.amount, len(case.moves.amount) + 2048),
    )
    if opening is not None:
        if opening.pool.max(initial=0) >= pools:
            raise ValueError("the opening names a pool that the case does not have")
        _open(run, case.ends, opening)
    done = 0
    while (done := _run(run, case, done)) < len(case.moves.source):
        if len(run.log.tag) - int(run.log.used[0]) < SPARE:
            run = run._replace(log=grow_log(run.log, SPARE))
        else:
            _exchange(run, case, done)
            done += 1
    touched = np.flatnonzero(run.claim)
    held = Holdings(touched.astype(np.int32), run.claim[touched], run.gross[touched])
    return fragments(run.log), held
