"""Fewest payments in time order; equal to a search over (pool, time) by waves."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.test_reach import route_of

from bongsu.kernel.hop import fewest_hops
from bongsu.kernel.reach import CLOSED, START, reach_scan


def hops_of(route, pools, *, sources=(0,), ends=(), joint=()):
    flags = [np.isin(np.arange(pools), list(chosen)).astype(np.uint8) for chosen in (ends, joint)]
    return fewest_hops(route, np.array(sources, dtype=np.int64), *flags).tolist()


def test_the_shorter_way_counts_only_if_it_comes_in_time():
    late = [(0, 1), (1, 2), (2, 3), (0, 3)]
    assert hops_of(route_of(late), 4) == [0, 1, 2, 1]
    assert hops_of(route_of([(0, 1), (1, 2), (2, 3), (0, 2)]), 4) == [0, 1, 1, 3]


def test_an_output_is_one_payment_from_the_output_it_came_from():
    moves = [(0, 1), (1, 2), (1, 3), (2, 4), (4, 5)]
    assert hops_of(route_of(moves), 6, joint=(1, 4)) == [0, 0, 1, 1, 1, 2]


def test_ends_and_closed_movements_lead_no_further():
    assert hops_of(route_of([(0, 1), (1, 2)]), 3, ends=(1,)) == [0, 1, -1]
    assert hops_of(route_of([(0, 1), (1, 2)], marks={1: CLOSED}), 3) == [0, 1, -1]


def test_a_start_counts_from_its_own_row():
    assert hops_of(route_of([(1, 2), (3, 1), (1, 4)], marks={1: START}), 5, sources=()) == [-1, 0, -1, -1, 1]


def waves(moves, marks, ties, ends, joint):
    """Fewest payments by a shortest-path search over pools and the group since when they are reached."""
    group = [next((a for a, b in ties if a <= row < b), row) for row in range(len(moves))]
    best = {(0, -1): 0}
    for row, (_, target) in enumerate(moves):
        if marks[row] & START:
            best[target, group[row]] = 0
    changed = True
    while changed:
        changed = False
        for (pool, since), hops in list(best.items()):
            for row, (source, target) in enumerate(moves):
                if source != pool or since > group[row] or pool in ends or marks[row] == CLOSED:
                    continue
                far = hops + (target not in joint)
                if best.get((target, group[row]), 10**9) > far:
                    best[target, group[row]], changed = far, True
    return [min((h for (p, _), h in best.items() if p == pool), default=-1) for pool in range(6)]


@settings(max_examples=300)
@given(st.data())
def test_one_pass_agrees_with_waves_and_with_reach(data):
    count = data.draw(st.integers(0, 14))
    moves = [tuple(data.draw(st.integers(0, 5)) for _ in range(2)) for _ in range(count)]
    marks = {m: data.draw(st.sampled_from([0, 0, 0, START, CLOSED, START | CLOSED])) for m in range(count)}
    cuts = sorted(data.draw(st.sets(st.integers(0, count), max_size=5)))
    ties = [(a, b) for a, b in itertools.pairwise(cuts) if data.draw(st.booleans())]
    ends, joint = (data.draw(st.sets(st.integers(1, 5), max_size=2)) for _ in range(2))
    route = route_of(moves, marks=marks, ties=ties)
    found = hops_of(route, 6, ends=ends, joint=joint)
    assert found == waves(moves, marks, ties, ends, joint)
    flags = np.isin(np.arange(6), list(ends)).astype(np.uint8)
    touched = reach_scan(route, np.array([0]), flags)
    assert [hop >= 0 for hop in found] == touched.astype(bool).tolist()
