"""Haircut: what leaves a pool takes with it the pool's mix of funds, in exact whole units.

A payment of a from a pool with balance B and tagged value T takes a * T / B of it (256-bit product),
rounded by the largest remainder over the payment and the residue, ties to the payment. A UTXO
transaction pays all outputs and the fee at once: largest remainder over the outputs in order, the
fee, the residue, ties to the earlier. What a payment takes is divided among tags in proportion to
what is left of each, by largest remainder, ties to the earlier victim, unknown funds last.
With one tag a victim this is the rolling charge (Barlow Clowes v Vaughan, 1992). What an exchange
paid leaves by the same division: victims ascending, unknown funds, other funds.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.amount import (
    Amount,
    Amounts,
    below,
    get,
    is_zero,
    minus,
    one,
    plus,
    put,
    share,
    to_integers,
    zero,
)
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
)
from bongsu.kernel.claim import integer
from bongsu.kernel.conversion import exchange
from bongsu.kernel.jit import compiled
from bongsu.kernel.log import Log, fragments, grow_log, new_log, room, write
from bongsu.kernel.prefetch import AHEAD, prefetch


class Mixes(NamedTuple):
    """State of a run."""

    mix: Amounts
    """Value of tag t in pool p at p * tags + t; at OTHER the whole balance, tagged value included."""
    planned: Amounts
    """What each payment of a UTXO transaction takes; set when the first that moves value is met."""
    rest: Amounts
    """Remainders of those payments while they are planned."""
    until: Array
    """Row after the last UTXO transaction that is planned: int64, shape (1,)."""
    log: Log


@compiled
def _gain(mix: Amounts, place: int, value: Amount) -> None:
    """Nothing; adds a value at a place."""
    put(mix, place, plus(get(mix, place), value))


@compiled
def _lose(mix: Amounts, place: int, value: Amount) -> None:
    """Nothing; takes a value from a place."""
    put(mix, place, minus(get(mix, place), value))


@compiled
def _tagged(mix: Amounts, base: int, tags: int) -> Amount:
    """Tagged part of the balance of the pool whose values begin at `base`."""
    total = get(mix, base + UNKNOWN)
    for tag in range(FIRST_STOLEN, tags):
        total = plus(total, get(mix, base + tag))
    return total


@compiled
def _cover(mixes: Mixes, case: Case, m: int, value: Amount) -> None:
    """Nothing; adds what the source pool of movement m lacks to pay a value."""
    base = integer(case.moves.source[m]) * case.tags
    held = get(mixes.mix, base)
    if not below(held, value):
        return
    tag, lack = integer(case.moves.overdraft[m]), minus(value, held)
    put(mixes.mix, base, value)
    if tag != OTHER:
        _gain(mixes.mix, base + tag, lack)
        write(mixes.log, m, ASSUMED, (tag, lack))


@compiled
def _rounded(value: Amount, part: Amount, whole: Amount) -> Amount:
    """Value * part / whole by largest remainder over it and what is left, ties to it."""
    quotient, remainder = share(value, part, whole)
    if is_zero(remainder) or below(remainder, minus(whole, remainder)):
        return quotient
    return plus(quotient, one(value))


@compiled
def _end_of_batch(case: Case, m: int) -> int:
    """Row after the last payment of the UTXO transaction that pays movement m."""
    last = m + 1
    source, batch = case.moves.source, case.moves.batch
    while last < len(source) and source[last] == source[m] and batch[last] == batch[m]:
        last += 1
    return last


@compiled
def _largest(rest: Amounts, first: int, last: int) -> int:
    """Row of the largest remainder, the earliest of equals."""
    best = first
    for m in range(first + 1, last):
        if below(get(rest, best), get(rest, m)):
            best = m
    return best


@compiled
def _moved(case: Case, m: int) -> Amount:
    """Amount of movement m, zero where a pool pays itself."""
    moves = case.moves
    return zero(moves.amount) if moves.source[m] == moves.target[m] else get(moves.amount, m)


@compiled
def _plan(mixes: Mixes, case: Case, first: int, last: int) -> None:
    """Nothing; sets what each payment of a UTXO transaction takes, by joint largest remainder."""
    base, amount = integer(case.moves.source[first]) * case.tags, case.moves.amount
    paid = zero(amount)
    for m in range(first, last):
        paid = plus(paid, _moved(case, m))
    _cover(mixes, case, first, paid)
    whole, part = get(mixes.mix, base), _tagged(mixes.mix, base, case.tags)
    left = part
    for m in range(first, last):
        quotient, remainder = zero(amount), zero(amount)
        if not is_zero(part):
            quotient, remainder = share(_moved(case, m), part, whole)
        put(mixes.planned, m, quotient)
        put(mixes.rest, m, remainder)
        left = minus(left, quotient)
    residue, remainder = zero(amount), zero(amount)
    if not is_zero(part):
        residue, remainder = share(minus(whole, paid), part, whole)
    left = minus(left, residue)
    while not is_zero(left):
        best = _largest(mixes.rest, first, last)
        left = minus(left, one(left))
        if below(get(mixes.rest, best), remainder):
            remainder = zero(amount)
        else:
            put(mixes.planned, best, plus(get(mixes.planned, best), one(left)))
            put(mixes.rest, best, zero(amount))


@compiled
def _taken(mixes: Mixes, case: Case, m: int, value: Amount) -> Amount:
    """Tagged value that movement m takes from its source pool, which is not an end."""
    pool = case.moves.source[m]
    if case.joint[pool]:
        if m >= mixes.until[0]:
            mixes.until[0] = _end_of_batch(case, m)
            _plan(mixes, case, m, mixes.until[0])
        return get(mixes.planned, m)
    _cover(mixes, case, m, value)
    base = integer(pool) * case.tags
    part, whole = _tagged(mixes.mix, base, case.tags), get(mixes.mix, base)
    if is_zero(part) or not below(value, whole):
        return part
    return value if not below(part, whole) else _rounded(value, part, whole)


@compiled
def _deliver(mixes: Mixes, case: Case, m: int, part: tuple[int, int, Amount]) -> None:
    """Nothing; brings a part (tag, kind, amount) of movement m to its target pool and logs it."""
    tag, kind, value = part
    if tag == OTHER or is_zero(value):
        return
    write(mixes.log, m, kind, (tag, value))
    pool = case.moves.target[m]
    if not case.ends[pool] and not (case.moves.stopped[m] and tag >= FIRST_STOLEN):
        _gain(mixes.mix, integer(pool) * case.tags + tag, value)


@compiled
def _order(case: Case, place: int) -> int:
    """Tag at a place of the order in which parts are rounded: victims ascending, unknown last."""
    return FIRST_STOLEN + place if FIRST_STOLEN + place < case.tags else UNKNOWN


@compiled
def _divide(mixes: Mixes, case: Case, m: int, taken: Amount) -> None:
    """Nothing; takes `taken` from the source pool's tags by largest remainder; the parts wait in rest."""
    base, count = integer(case.moves.source[m]) * case.tags, case.tags - 1
    whole, left = _tagged(mixes.mix, base, case.tags), taken
    rest, part = len(mixes.rest) - 2 * count, len(mixes.rest) - count
    for place in range(count):
        held = get(mixes.mix, base + _order(case, place))
        quotient, remainder = held, zero(taken)
        if below(taken, whole):
            quotient, remainder = share(taken, held, whole)
        put(mixes.rest, part + place, quotient)
        put(mixes.rest, rest + place, remainder)
        left = minus(left, quotient)
    while not is_zero(left):
        best = _largest(mixes.rest, rest, rest + count)
        put(mixes.rest, best, zero(taken))
        _gain(mixes.rest, best + count, one(taken))
        left = minus(left, one(taken))
    for place in range(count):
        _lose(mixes.mix, base + _order(case, place), get(mixes.rest, part + place))


@compiled
def _only_tag(mix: Amounts, base: int, tags: int) -> int:
    """Tag of all tagged value of a pool, or OTHER where there is none or more than one."""
    found = OTHER
    for tag in range(UNKNOWN, tags):
        if not is_zero(get(mix, base + tag)):
            if found != OTHER:
                return OTHER
            found = tag
    return found


@compiled
def _pay(mixes: Mixes, case: Case, m: int, value: Amount) -> None:
    """Nothing; pays movement m of a value from its source pool's mix, or of other funds from an end."""
    source, target, credit = case.moves.source[m], case.moves.target[m], case.moves.credit[m]
    plain, taken, unknown = value, zero(value), len(mixes.rest) - 1
    if not case.ends[source]:
        taken = _taken(mixes, case, m, value)
        _lose(mixes.mix, integer(source) * case.tags, value)
    if not case.ends[target]:
        _gain(mixes.mix, integer(target) * case.tags, value)
    alone = _only_tag(mixes.mix, integer(source) * case.tags, case.tags)
    if is_zero(taken):
        pass
    elif alone >= FIRST_STOLEN:
        _lose(mixes.mix, integer(source) * case.tags + alone, taken)
        _deliver(mixes, case, m, (alone, CARRIED, taken))
        plain = minus(value, taken)
    else:
        _divide(mixes, case, m, taken)
        plain = minus(value, taken)
        if credit >= FIRST_STOLEN:
            plain = plus(plain, get(mixes.rest, unknown))
            put(mixes.rest, unknown, zero(value))
        _deliver(mixes, case, m, (UNKNOWN, CARRIED, get(mixes.rest, unknown)))
        for tag in range(FIRST_STOLEN, case.tags):
            _deliver(mixes, case, m, (tag, CARRIED, get(mixes.rest, unknown + tag - case.tags)))
    if credit >= FIRST_STOLEN:
        _deliver(mixes, case, m, (integer(credit), CREDITED, plain))


@compiled
def _pass_clean(mix: Amounts, case: Case, m: int, value: Amount) -> bool:
    """Whether movement m is other funds out of a pool that has what it pays; if so it is done."""
    source, target = integer(case.moves.source[m]), case.moves.target[m]
    base = source * case.tags
    if case.joint[source] or case.ends[source] or case.moves.credit[m] != NO_CREDIT:
        return False
    if below(get(mix, base), value) or not is_zero(_tagged(mix, base, case.tags)):
        return False
    _lose(mix, base, value)
    if not case.ends[target]:
        _gain(mix, integer(target) * case.tags, value)
    return True


@compiled
def _ask(mixes: Mixes, case: Case, m: int) -> None:
    """Nothing; hints at the values of the pools of movement m, which may lie across two cache lines."""
    for pool in (case.moves.source[m], case.moves.target[m]):
        base = integer(pool) * case.tags
        prefetch(mixes.mix, base)
        prefetch(mixes.mix, base + case.tags - 1)


@compiled
def _run(mixes: Mixes, case: Case, m: int) -> int:
    """First movement that is not done: their number, or one that needs more room in the log or converts."""
    source, target, amount = case.moves.source, case.moves.target, case.moves.amount
    while m < len(source) and room(mixes.log) > case.tags + 2:
        if m + AHEAD < len(source):
            _ask(mixes, case, m + AHEAD)
        value = get(amount, m)
        moves = source[m] != target[m] and not is_zero(value)
        if moves and not _pass_clean(mixes.mix, case, m, value):
            if case.moves.credit[m] == CONVERTS:
                break
            _pay(mixes, case, m, value)
        m += 1
    return m


@compiled
def _give(mixes: Mixes, case: Case, m: int) -> None:
    """Nothing; takes movement m, which converts, from its source pool; its tagged parts wait in rest."""
    value = get(case.moves.amount, m)
    taken = _taken(mixes, case, m, value)
    _lose(mixes.mix, integer(case.moves.source[m]) * case.tags, value)
    _divide(mixes, case, m, taken)


@compiled
def _walk(mix: Amounts, out: Holdings, tags: int) -> int:
    """Number of tagged values in pools; written where there is room."""
    row = 0
    for pool in range(len(mix) // tags):
        for tag in range(UNKNOWN, tags):
            value = get(mix, pool * tags + tag)
            if is_zero(value):
                continue
            if row < len(out.pool):
                out.pool[row], out.tag[row] = pool, tag
                put(out.amount, row, value)
            row += 1
    return row


def _holdings(mix: Amounts, tags: int) -> Holdings:
    size = 0
    for _pass in range(2):
        out = Holdings(
            np.empty(size, dtype=np.int32),
            np.empty(size, dtype=np.int16),
            np.empty((size, *mix.shape[1:]), dtype=np.uint64),
        )
        size = _walk(mix, out, tags)
    return out


@compiled
def _open(mix: Amounts, case: Case, opening: Holdings) -> None:
    """Nothing; brings in what pools hold before the first movement. An end holds nothing."""
    for row in range(len(opening.pool)):
        pool, tag = integer(opening.pool[row]), integer(opening.tag[row])
        if case.ends[pool]:
            continue
        _gain(mix, pool * case.tags, get(opening.amount, row))
        if tag != OTHER:
            _gain(mix, pool * case.tags + tag, get(opening.amount, row))


def _exchange(mixes: Mixes, case: Case, m: int) -> Mixes:
    """Run after movement m, which converts: victims ascending, unknown, other funds."""
    _give(mixes, case, m)
    tags = [*range(FIRST_STOLEN, case.tags), UNKNOWN]
    shares = to_integers(mixes.rest[-len(tags) :])
    plain = to_integers(case.moves.amount[m : m + 1])[0] - sum(shares)
    log, brought = exchange(mixes.log, case, m, [*zip(tags, shares, strict=True), (OTHER, plain)])
    _open(mixes.mix, case, brought)
    return mixes._replace(log=log)


def _check_tags(case: Case, opening: Holdings | None) -> None:
    """Nothing; compiled code does not look whether a tag has a place."""
    columns = [case.moves.overdraft, np.maximum(case.moves.credit, OTHER)]
    columns += [opening.tag] if opening is not None else []
    if any(len(tags) and not 0 <= tags.min() <= tags.max() < case.tags for tags in columns):
        raise ValueError("a movement or the opening names a tag that the case does not have")


def haircut(case: Case, *, opening: Holdings | None = None) -> tuple[Fragments, Holdings]:
    """Fragments and final holdings under the haircut; parts of one movement ascend by tag.

    Where a movement converts, unknown funds come after the victims.

    Args:
        case: Movements in time order, narrow or wide amounts.
        opening: Tagged and other value that pools hold before the first movement; ends hold none.

    Raises:
        ValueError: When the opening names a pool, or anything a tag, that the case does not have.

    Cost: O(movements + tagged payments * tags); 8 (narrow) or 16 (wide) bytes a pool and tag.
    """
    _check_tags(case, opening)
    width, count = case.moves.amount.shape[1:], len(case.moves.source)
    pools, planned = len(case.ends), count if case.joint.any() else 0
    mixes = Mixes(
        np.zeros((pools * case.tags, *width), dtype=np.uint64),
        np.zeros((planned, *width), dtype=np.uint64),
        np.zeros((planned + 2 * case.tags, *width), dtype=np.uint64),
        np.zeros(1, dtype=np.int64),
        new_log(case.moves.amount, 1024),
    )
    if opening is not None:
        if opening.pool.max(initial=0) >= pools:
            raise ValueError("the opening names a pool that the case does not have")
        _open(mixes.mix, case, opening)
    done = 0
    while (done := _run(mixes, case, done)) < count:
        if len(mixes.log.tag) - int(mixes.log.used[0]) < case.tags + 3:
            mixes = mixes._replace(log=grow_log(mixes.log, case.tags + 3))
        else:
            mixes = _exchange(mixes, case, done)
            done += 1
    return fragments(mixes.log), _holdings(mixes.mix, case.tags)
