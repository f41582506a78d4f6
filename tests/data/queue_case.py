"""Cases for the queue policies: small ones by hand, and random ones."""

import numpy as np
from hypothesis import strategies as st

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.case import CONVERTS, FIRST_STOLEN, make_case

OUTSIDE = 0


def build(moves, *, credit=(), outside=True, wide=True, ends=()):
    """Case of (source, target, amount); pool 0 stands for the outside, whose funds are other funds."""
    amounts = to_wide([a for _, _, a in moves])
    columns = [np.array([move[side] for move in moves], dtype=np.int32) for side in (0, 1)]
    case = make_case(*columns, amounts if wide else to_narrow(amounts), pools=6)
    case.moves.credit[list(credit)] = FIRST_STOLEN
    if outside:
        case.ends[OUTSIDE] = 1
    case.ends[list(ends)] = 1
    return case


def swapped(case, received):
    """The case with movements that convert: movement to what it receives."""
    case.moves.credit[list(received)] = CONVERTS
    got = to_wide([received.get(m, 0) for m in range(len(case.moves.source))])
    got = got if case.moves.amount.ndim == 2 else to_narrow(got)
    return case._replace(moves=case.moves._replace(received=got))


def rows(table):
    """Rows of fragments or holdings as tuples of integers."""
    return list(zip(*(column.tolist() for column in table[:-1]), to_integers(table.amount), strict=True))


@st.composite
def ledgers(draw):
    """A ledger of up to 40 movements, narrow or wide, with thefts, gaps, stops and an end."""
    pools = draw(st.integers(2, 6))
    pool = st.integers(0, pools - 1)
    wide = draw(st.booleans())
    size = draw(st.sampled_from([5, 2**70 if wide else 2**55]))
    moves = draw(st.lists(st.tuples(pool, pool, st.integers(0, size)), min_size=1, max_size=40))
    case = build(moves, credit=draw(st.sets(st.integers(0, len(moves) - 1))), outside=False, wide=wide)
    case.moves.overdraft[:] = draw(
        st.lists(st.sampled_from([0, 1, 2]), min_size=len(moves), max_size=len(moves))
    )
    case.moves.stopped[:] = draw(st.lists(st.integers(0, 1), min_size=len(moves), max_size=len(moves)))
    case.ends[draw(pool)] = draw(st.integers(0, 1))
    return case
