"""Reach: time order decides, ties do not; scan and seek agree."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.reach import CLOSED, START, Route, index_payments, reach_scan, reach_seek


def route_of(moves, *, marks=None, ties=()):
    source, target = (np.array([m[side] for m in moves], dtype=np.uint32) for side in (0, 1))
    mark = np.zeros(len(moves), dtype=np.uint8)
    for row, value in (marks or {}).items():
        mark[row] = value
    return Route(source, target, mark, np.array(ties, dtype=np.int64).reshape(-1, 2))


def both(route, sources, ends):
    sources, ends = np.array(sources, dtype=np.int64), np.array(ends, dtype=np.uint8)
    seen = reach_scan(route, sources, ends)
    index = index_payments(route.source, len(ends))
    assert reach_seek(route, index, sources, ends).tolist() == seen.tolist()
    return np.flatnonzero(seen).tolist()


def test_what_was_paid_before_is_not_touched():  # T11
    assert both(route_of([(1, 2), (0, 1)]), [0], [0] * 3) == [0, 1]


def test_within_a_tie_any_order_may_be_true():  # T11b
    assert both(route_of([(1, 2), (0, 1)], ties=[(0, 2)]), [0], [0] * 3) == [0, 1, 2]


def test_ends_and_closed_movements_are_not_followed():
    assert both(route_of([(0, 1), (1, 2)]), [0], [0, 1, 0]) == [0, 1]
    assert both(route_of([(0, 1), (1, 2)], marks={1: CLOSED}), [0], [0] * 3) == [0, 1]


def test_a_later_start_does_not_hide_an_earlier_touch():
    moves = [(0, 1), (1, 2), (3, 1), (1, 4)]
    assert both(route_of(moves, marks={2: START}), [0], [0] * 5) == [0, 1, 2, 4]


@settings(max_examples=500)
@given(st.data())
def test_scan_and_seek_agree_with_a_search_over_all_paths(data):
    pools, count = 7, data.draw(st.integers(0, 25))
    moves = [tuple(data.draw(st.integers(0, pools - 1)) for _ in range(2)) for _ in range(count)]
    marks = {
        row: data.draw(st.sampled_from([0, 0, 0, START, CLOSED, START | CLOSED])) for row in range(count)
    }
    cuts = sorted(data.draw(st.sets(st.integers(0, count), max_size=6)))
    ties = [(a, b) for a, b in itertools.pairwise(cuts) if data.draw(st.booleans())]
    ends = [data.draw(st.sampled_from([0, 0, 1])) for _ in range(pools)]
    route = route_of(moves, marks=marks, ties=ties)
    assert both(route, [0], ends) == closure(moves, marks, ties, ends)


def closure(moves, marks, ties, ends):
    """Pools touched, by a fixpoint over (pool, time group) pairs: slow and plain."""
    group = [next((a for a, b in ties if a <= row < b), row) for row in range(len(moves))]
    since = {0: -1}
    changed = True
    while changed:
        changed = False
        for row, (source, target) in enumerate(moves):
            carried = source in since and since[source] <= group[row] and not ends[source]
            open_here = (carried and marks[row] != CLOSED) or marks[row] & START
            if open_here and since.get(target, 10**9) > group[row]:
                since[target], changed = group[row], True
    return sorted(since)
