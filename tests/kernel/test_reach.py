"""Reach: time order decides, ties do not; scan and seek agree."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.adjacency import index_by
from bongsu.kernel.reach import CLOSED, START, Route, Seed, Turned, reach_scan, reach_seek


def route_of(moves, *, marks=None, ties=()):
    source, target = (np.array([m[side] for m in moves], dtype=np.uint32) for side in (0, 1))
    mark = np.zeros(len(moves), dtype=np.uint8)
    for row, value in (marks or {}).items():
        mark[row] = value
    return Route(source, target, mark, np.array(ties, dtype=np.int64).reshape(-1, 2))


def index_of(source, pools):
    return index_by(source, np.zeros(pools + 1, dtype=np.uint32), np.zeros(len(source), dtype=np.uint32))


def both(route, sources, ends):
    sources, ends = np.array(sources, dtype=np.int64), np.array(ends, dtype=np.uint8)
    seen = reach_scan(route, sources, ends)
    seed = Seed(sources, np.flatnonzero(route.mark & START))
    assert reach_seek(route, index_of(route.source, len(ends)), seed, ends).tolist() == seen.tolist()
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


def test_a_turned_movement_reaches_another_pool_and_its_target_no_more():
    route = route_of([(0, 1), (1, 2), (3, 4)])
    index, ends = index_of(route.source, 5), np.zeros(5, dtype=np.uint8)
    seed = Seed(np.array([0]), np.empty(0, dtype=np.int64))
    turned = Turned(np.array([0]), np.array([3]))
    assert np.flatnonzero(reach_seek(route, index, seed, ends, turned=turned)).tolist() == [0, 3, 4]


def test_seek_gives_up_where_too_much_would_be_looked_at():
    route = route_of([(pool, pool + 1) for pool in range(3000)])
    index, ends = index_of(route.source, 3001), np.zeros(3001, dtype=np.uint8)
    seed = Seed(np.array([0]), np.empty(0, dtype=np.int64))
    assert reach_seek(route, index, seed, ends, most=2999) is None
    assert reach_seek(route, index, seed, ends, most=3000).all()


def test_the_heap_grows():
    starts = np.arange(5000)
    route = route_of(
        [(pool, 5000 + pool) for pool in range(5000)] * 2, marks=dict.fromkeys(range(5000), START)
    )
    index, ends = index_of(route.source, 10_000), np.zeros(10_000, dtype=np.uint8)
    assert reach_seek(route, index, Seed(starts, starts), ends).all()
