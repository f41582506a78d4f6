import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from bongsu.kernel.chain import chain_lengths, longest_chains


def test_chains_by_hand():
    after = np.array([2, 3, 4, -1, -1, 1])
    assert chain_lengths(after).tolist() == [3, 2, 2, 1, 1, 1]
    assert longest_chains(after, 2) == [[0, 2, 4], [1, 3]]
    assert longest_chains(after, 3) == [[0, 2, 4]]


def test_two_ways_into_one_chain_are_two_chains():
    assert longest_chains(np.array([2, 2, 3, -1]), 2) == [[0, 2, 3], [1, 2, 3]]


def test_nothing_has_no_chains():
    assert longest_chains(np.zeros(0, dtype=np.int64), 1) == []


@given(st.lists(st.integers(-1, 20), max_size=20))
def test_lengths_are_those_of_walking(after):
    def walk(item):
        further = after[item]
        return 1 + (walk(further) if item < further < len(after) else 0)

    kept = [one if one < len(after) else -1 for one in after]
    assert chain_lengths(np.array(kept, dtype=np.int64)).tolist() == [
        walk(item) for item in range(len(after))
    ]
