from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from bongsu.kernel import cycle
from bongsu.kernel.adjacency import index_of
from bongsu.kernel.cycle import ways_back

POOLS = 5
PAYMENTS = st.lists(st.tuples(st.integers(0, POOLS - 1), st.integers(0, POOLS - 1)), max_size=12)


def run(payments, longest=4):
    source, target = np.array(payments, dtype=np.int64).reshape(-1, 2).T
    ways, given_up = ways_back(index_of(source, POOLS), source, target, longest=longest)
    return [[step for step in way if step >= 0] for way in ways.tolist()], given_up


def test_ways_by_hand():
    # 0 pays 1, who pays back; 1 pays 2, 2 pays 0: the shortest way of the first payment has two steps.
    ways, given_up = run([(0, 1), (1, 2), (1, 0), (2, 0)])
    assert (ways, given_up) == ([[0, 2], [], [], []], 0)
    assert run([(0, 1), (1, 2), (2, 0)])[0] == [[0, 1, 2], [], []]


def test_value_does_not_come_back_before_it_left():
    assert run([(2, 0), (1, 2), (0, 1)])[0] == [[], [], []]
    assert run([(1, 0), (0, 1)])[0] == [[0, 1], []]


def test_a_way_that_is_too_long_is_none():
    circle = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    assert run(circle, longest=4)[0][0] == []
    assert run(circle, longest=5)[0][0] == [0, 1, 2, 3, 4]


def test_a_search_that_is_given_up_is_counted():
    busy = [(0, 1)] + [(1, 2)] * (cycle.MOST_STEPS + 1)
    assert run(busy)[1] >= 1


def shortest(payments, start, longest):
    """Length of the shortest way back, by trying all."""
    ends = {(start,)}
    for _step in range(longest - 1):
        further = {
            (*way, n)
            for way in ends
            for n, (payer, _payee) in enumerate(payments)
            if n > way[-1] and payer == payments[way[-1]][1]
        }
        if any(payments[way[-1]][1] == payments[start][0] for way in further):
            return len(next(iter(further)))
        ends = further
    return 0


@given(PAYMENTS)
def test_the_shortest_way_is_found_and_is_one(payments):
    payments = [pair for pair in payments if pair[0] != pair[1]]
    for start, way in enumerate(run(payments)[0]):
        assert len(way) == shortest(payments, start, 4)
        assert way == sorted(way)
        for one, other in pairwise(way):
            assert payments[one][1] == payments[other][0]
        assert not way or payments[way[-1]][1] == payments[start][0]
