"""Small cases for the policies that share in proportion: by hand, from hypothesis, from a seed."""

import numpy as np
from hypothesis import strategies as st

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    OTHER,
    UNKNOWN,
    Holdings,
    make_case,
)

S = FIRST_STOLEN
VICTIMS = 3


def build(moves, *, credit=(), outside=True, wide=True, ends=(), pools=6):
    """Case of (source, target, amount); pool 0 stands for the outside, whose funds are other funds."""
    amounts = to_wide([a for _, _, a in moves])
    columns = [np.array([move[side] for move in moves], dtype=np.int32) for side in (0, 1)]
    case = make_case(*columns, amounts if wide else to_narrow(amounts), pools=pools, tags=S + VICTIMS)
    for m in credit:
        case.moves.credit[m] = credit[m] if isinstance(credit, dict) else S
    case.ends[[0, *ends] if outside else list(ends)] = 1
    return case


def exchanged(case, received):
    """The case in which some movements convert, by number, into what was received."""
    values = to_wide([received.get(m, 0) for m in range(len(case.moves.source))])
    case.moves.credit[list(received)] = CONVERTS
    got = values if case.moves.amount.ndim == 2 else to_narrow(values)
    return case._replace(moves=case.moves._replace(received=got))


def rows(columns):
    """Rows of fragments or holdings, the amount last."""
    *keys, amounts = columns
    return list(zip(*(key.tolist() for key in keys), to_integers(amounts), strict=True))


def stolen_on(parts):
    """Stolen value by movement."""
    found = {}
    for m, tag, kind, value in rows(parts):
        if tag >= S and kind in (CARRIED, CREDITED):
            found[m] = found.get(m, 0) + value
    return found


def balances(case, parts, held):
    """Per tag what came in less what left (to ends, stopped, exchanged) or is held; what was credited."""
    left = dict.fromkeys(range(UNKNOWN, case.tags), 0)
    credited = 0
    for m, tag, kind, value in rows(parts):
        is_end, is_stopped = case.ends[case.moves.target[m]], case.moves.stopped[m] and tag >= S
        is_spent = kind == CARRIED and case.moves.credit[m] == CONVERTS
        left[tag] += value * (kind in (CREDITED, ASSUMED, CONVERTED))
        left[tag] -= value * bool(is_spent or (kind != ASSUMED and (is_end or is_stopped)))
        credited += value * (kind == CREDITED)
    for _, tag, value in rows(held):
        left[tag] -= value
    return left, credited


@st.composite
def ledgers(draw):
    """Any small case: ends, joint pools, credits, overdrafts, stops, self transfers, zero amounts."""
    pools = draw(st.integers(2, 6))
    pool = st.integers(0, pools - 1)
    size = draw(st.sampled_from([1, 5, 100, 2**57, 2**121]))
    moves = draw(st.lists(st.tuples(pool, pool, st.integers(0, size)), min_size=1, max_size=40))

    def column(*values):
        return draw(st.lists(st.sampled_from(values), min_size=len(moves), max_size=len(moves)))

    case = build(moves, outside=False, wide=size > 2**57 or draw(st.booleans()), pools=pools)
    case.moves.credit[:] = column(-1, -1, -1, OTHER, UNKNOWN, S, S + 1, S + 2)
    case.moves.overdraft[:] = column(OTHER, UNKNOWN, S, S + 1)
    case.moves.stopped[:] = column(0, 0, 0, 1)
    case.moves.batch[:] = np.cumsum(column(0, 0, 1))
    case.ends[draw(pool)] = draw(st.integers(0, 1))
    case.joint[draw(pool)] = draw(st.integers(0, 1))
    return case


def _amounts(chance, count, wide):
    top = int(chance.choice([1, 6, 2**20, 2**58]))
    low = chance.integers(0, top, count, endpoint=True).astype(np.uint64)
    if not wide:
        return low
    high = chance.integers(0, chance.choice([0, 3, 2**56]), count, endpoint=True).astype(np.uint64)
    return np.stack([low, high], axis=1)


def seeded(seed):
    """Case number `seed` and an opening: larger than hypothesis draws, with runs of joint payments."""
    chance = np.random.default_rng(seed)
    count, pools = int(chance.integers(1, 50)), int(chance.integers(2, 9))
    wide = bool(seed % 2)
    source = np.repeat(chance.integers(0, pools, count), chance.integers(1, 5, count))[:count]
    case = make_case(
        source, chance.integers(0, pools, count), _amounts(chance, count, wide), pools=pools, tags=S + VICTIMS
    )
    victims = np.arange(S, case.tags)
    case.moves.credit[:] = chance.choice([*victims, OTHER, UNKNOWN, *[-1] * 15], count)
    case.moves.overdraft[:] = chance.choice([OTHER, UNKNOWN, *victims], count)
    case.moves.stopped[:] = chance.random(count) < 0.05
    case.moves.batch[:] = np.cumsum(chance.random(count) < 0.3)
    case.ends[:] = chance.random(pools) < 0.2
    case.joint[:] = chance.random(pools) < 0.4
    held = int(chance.integers(0, 8))
    opening = Holdings(
        chance.integers(0, pools, held).astype(np.int32),
        chance.integers(OTHER, case.tags, held).astype(np.int16),
        _amounts(chance, held, wide),
    )
    return case, opening
