"""Indexes equal a dict of lists, partners a dict of sets."""

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.adjacency import Trade, count_partners, degrees, index_by, rows_of

MOVES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=60)
"""More of them than are asked for ahead."""


def indexed(ends, pools):
    first, row = np.zeros(pools + 1, dtype=np.uint32), np.empty(len(ends), dtype=np.uint32)
    return index_by(np.array(ends, dtype=np.uint32), first, row)


def trade(moves, pools):
    source, target = (np.array([move[side] for move in moves], dtype=np.uint32) for side in (0, 1))
    return Trade(indexed(source, pools), indexed(target, pools), source, target)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 6), max_size=60), st.integers(7, 9))
def test_each_pool_has_its_rows_in_their_order(ends, pools):
    expected = defaultdict(list)
    for row, pool in enumerate(ends):
        expected[pool].append(row)
    found = indexed(ends, pools)
    assert found.first.dtype == found.row.dtype == np.uint32
    assert len(found.first) == pools + 1
    rows = [found.row[found.first[p] : found.first[p + 1]].tolist() for p in range(pools)]
    assert rows == [expected[p] for p in range(pools)]


@settings(max_examples=60)
@given(MOVES, st.lists(st.integers(0, 7), max_size=10))
def test_partners_are_the_others_and_degrees_are_all_ends(moves, asked):
    """Also of pools that are asked for twice."""
    partners, ends = defaultdict(set), defaultdict(int)
    for source, target in moves:
        partners[source] |= {target} - {source}
        partners[target] |= {source} - {target}
        ends[source] += 1
        ends[target] += 1
    whole = trade(moves, 8)
    found = count_partners(whole, np.array(asked, dtype=np.uint32))
    assert found.dtype == np.int64
    assert found.tolist() == [len(partners[pool]) for pool in asked]
    assert degrees(whole.out, whole.into).tolist() == [ends[pool] for pool in range(8)]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 6), max_size=60), st.permutations(range(7)), st.integers(0, 7))
def test_rows_of_some_pools_are_ascending(ends, order, count):
    asked = set(order[:count])
    found = rows_of(indexed(ends, 7), np.array(order[:count], dtype=np.uint32))
    assert found.tolist() == [row for row, pool in enumerate(ends) if pool in asked]
