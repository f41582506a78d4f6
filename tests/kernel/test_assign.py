"""One-to-one choice: the twin in plain Python, and what must hold of any choice."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.assign import choose_pairs


def twin(order, left, right):
    one, other, kept = set(), set(), [False] * len(left)
    for pair in order:
        if left[pair] not in one and right[pair] not in other:
            kept[pair] = True
            one.add(left[pair])
            other.add(right[pair])
    return kept


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30), st.randoms())
def test_choice_is_the_twin_s_and_one_to_one(pairs, random):
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    order = list(range(len(pairs)))
    random.shuffle(order)
    found = choose_pairs(*(np.array(x, dtype=np.int64) for x in (order, left, right)))
    assert found.tolist() == twin(order, left, right)
    kept = [pair for pair, yes in zip(pairs, found, strict=True) if yes]
    assert len({a for a, _ in kept}) == len({b for _, b in kept}) == len(kept)


def test_the_best_comes_first():
    left, right = np.array([0, 0, 1]), np.array([0, 1, 0])
    assert choose_pairs(np.array([0, 1, 2]), left, right).tolist() == [True, False, False]
    assert choose_pairs(np.array([2, 0, 1]), left, right).tolist() == [False, True, True]
