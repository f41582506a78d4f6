"""Batches are the payments of one pool in one transaction, ranked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.queue_case import swapped

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.batch import batches
from bongsu.kernel.case import make_case
from bongsu.kernel.priority_twin import PriorityTwin


def found(case, last=None):
    """Batches as (movements in list order, movements by rank), by their first movement."""
    plan, members = batches(case, last)
    result = {}
    for m in np.flatnonzero(plan).tolist():
        row = -1 - int(plan[m])
        size = int(members[row])
        block = members[row + 1 : row + 2 * size + 1].tolist()
        result[m] = block[:size], block[size:]
    return result


def test_largest_first_then_ties_by_index_then_fees():
    case = make_case(np.full(5, 1), np.arange(2, 7), to_wide([4, 9 << 64, 9, 9, 50]))
    case.moves.batch[:] = 0
    assert found(case, np.array([0, 0, 0, 0, 1], dtype=np.uint8)) == {0: ([0, 1, 2, 3, 4], [1, 2, 3, 0, 4])}


def test_single_payments_are_no_batch():
    case = make_case(np.array([1, 1, 2]), np.array([2, 3, 3]), to_wide([1, 1, 1]))
    assert found(case) == {}


def test_exchange_is_in_no_batch_and_ends_those_of_both_its_pools():
    case = make_case(np.array([1, 1, 2, 2, 1, 2, 1, 2]), np.full(8, 3), to_wide([1] * 8), pools=4)
    case.moves.batch[:] = 0
    assert [order for order, _ in found(case).values()] == [[0, 1, 4, 6], [2, 3, 5, 7]]
    case.moves.target[4] = 2
    assert [order for order, _ in found(case).values()] == [[0, 1, 4, 6], [2, 3], [5, 7]]
    case = swapped(case, {4: 1})
    assert [order for order, _ in found(case).values()] == [[0, 1], [2, 3], [5, 7]]


@st.composite
def ledgers(draw):
    pool = st.integers(0, 3)
    moves = draw(st.lists(st.tuples(pool, pool, st.integers(0, 4)), min_size=1, max_size=60))
    source, target, amounts = (list(column) for column in zip(*moves, strict=True))
    wide = to_wide(amounts)
    case = make_case(
        np.array(source), np.array(target), wide if draw(st.booleans()) else to_narrow(wide), pools=4
    )
    jumps = draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=len(moves), max_size=len(moves)))
    case.moves.batch[:] = np.cumsum(jumps)
    case.ends[draw(pool)] = draw(st.integers(0, 1))
    case.joint[draw(pool)] = draw(st.integers(0, 1))
    return exchanging(case, draw(st.integers(0, 2**32)), draw(st.sampled_from([0, 0.1, 0.5])))


@settings(max_examples=500, deadline=None)
@given(ledgers(), st.integers(1, 5))
def test_batches_are_those_of_the_twin(case, fee):
    last = (np.arange(len(case.moves.source)) % fee == 0).astype(np.uint8)
    twin, seen, expected = PriorityTwin(case, stolen_first=True, last=last), set(), {}
    values = to_integers(case.moves.amount)
    for m, pool in enumerate(twin.source):
        if m in seen or twin.is_nothing(m) or case.ends[pool]:
            continue
        members = twin.batch(m)
        seen |= set(members)
        if len(members) > 1:
            expected[m] = members, sorted(members, key=lambda i: (last[i], -values[i], i))
    assert found(case, last) == expected
