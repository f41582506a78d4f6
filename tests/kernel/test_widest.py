"""Widest ways: hand-made, and equal to a slow twin over dictionaries."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.amount import to_wide
from bongsu.kernel.widest import NONE, Steps, unrolled, widest

POOLS = 5


def steps_of(rows):
    """Steps of (source, target, small, carried, paid, fresh)."""
    column = list(zip(*rows, strict=True)) or [()] * 6
    slot = 2 * np.array(column[1], dtype=np.int64) + np.array(column[2], dtype=np.int64)
    return Steps(
        np.array(column[0], dtype=np.int32),
        slot,
        to_wide(list(column[3])),
        to_wide(list(column[4])),
        np.array(column[5], dtype=np.uint8),
    )


def twin(rows):
    """As `widest`, with dictionaries and integers."""
    best, before, width = {}, {}, {}
    for m, (source, target, small, carried, paid, fresh) in enumerate(rows):
        if not carried:
            continue
        last = NONE if fresh else best.get((source, 0), NONE)
        before[m], width[m] = last, carried
        if last != NONE:
            width[m] = min(carried, width[last] * carried // paid if paid else width[last])
        if (target, small) not in best or width[m] > width[best[target, small]]:
            best[target, small] = m
    slots = [best.get((slot // 2, slot % 2), NONE) for slot in range(2 * POOLS)]
    return slots, [before.get(m, NONE) for m in range(len(rows))]


def found(rows):
    best, before = widest(steps_of(rows), POOLS)
    return best.tolist(), before.tolist()


def test_the_widest_way_comes_over_the_widest_narrowest_movement():
    rows = [
        (0, 1, 0, 9, 0, 1),
        (1, 2, 0, 3, 0, 0),
        (1, 3, 0, 6, 0, 0),
        (2, 4, 0, 9, 0, 0),
        (3, 4, 0, 5, 0, 0),
    ]
    best, before = found(rows)
    assert (best[2 * 4], before) == (4, [-1, 0, 0, 1, 2])


def test_of_ways_as_wide_the_earlier_stands_and_small_ones_lead_nowhere():
    rows = [(0, 1, 0, 3, 0, 1), (0, 1, 0, 3, 0, 1), (0, 2, 1, 9, 0, 1), (2, 3, 0, 4, 0, 0)]
    best, before = found(rows)
    assert (best[2], best[4], best[5], best[6], before[3]) == (0, -1, 2, 3, -1)


def test_an_exchange_gives_its_own_units():
    rows = [(0, 1, 0, 8, 0, 1), (1, 2, 0, 2000, 10, 0), (1, 3, 0, 2000, 4, 0)]
    best, _before = found([*rows, (2, 4, 0, 1601, 0, 0), (3, 4, 0, 1700, 0, 0)])
    assert best[8] == 4  # 8 of 10 became 1,600; of 4 all 2,000
    assert found([*rows, (2, 4, 0, 1600, 0, 0), (3, 4, 0, 1600, 0, 0)])[0][8] == 3


def test_ways_are_unrolled_oldest_first():
    before = np.array([NONE, 0, NONE, 1, 2])
    ways = unrolled(before, np.array([3, NONE, 4, 0]))
    assert (ways.first.tolist(), ways.movement.tolist()) == ([0, 3, 3, 5, 6], [0, 1, 3, 2, 4, 0])
    assert unrolled(before, before[:0]).first.tolist() == [0]


AMOUNT = st.integers(0, 9) | st.integers(0, 2**126)
ROW = st.tuples(
    st.integers(0, POOLS - 1),
    st.integers(0, POOLS - 1),
    st.integers(0, 1),
    AMOUNT,
    st.just(0) | AMOUNT,
    st.integers(0, 1),
)


@given(st.lists(ROW, max_size=25))
def test_ways_equal_the_twin(rows):
    assert found(rows) == twin(rows)
