import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from bongsu.kernel.union_find import CONFLICT, JOINED, TOO_LARGE, joined_sets

NODES = 12
PAIRS = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=40)
OWNERS = st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=NODES, max_size=NODES)


def run(pairs, owner=(0,) * NODES, most=NODES):
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    sets, refused = joined_sets(left, right, np.array(owner), most=most)
    return sets.tolist(), refused.tolist()


def slow(pairs, owner, most):
    """Sets as sets."""
    sets, refused = [{node} for node in range(NODES)], []
    for a, b in pairs:
        one, other = (next(s for s in sets if node in s) for node in (a, b))
        owners = {owner[node] for node in one | other} - {0}
        if one is other:
            refused.append(JOINED)
        elif len(owners) > 1:
            refused.append(CONFLICT)
        elif len(one | other) > most:
            refused.append(TOO_LARGE)
        else:
            sets = [s for s in sets if s is not one and s is not other] + [one | other]
            refused.append(JOINED)
    return [min(next(s for s in sets if node in s)) for node in range(NODES)], refused


def test_sets_by_hand():
    assert run([(1, 2), (3, 4), (2, 3), (5, 5)]) == ([0, 1, 1, 1, 1, 5, 6, 7, 8, 9, 10, 11], [0] * 4)


def test_two_owners_are_never_joined():
    sets, refused = run([(0, 1), (1, 2), (2, 3)], owner=[1, 0, 0, 2] + [0] * 8)
    assert (sets[:4], refused) == ([0, 0, 0, 3], [JOINED, JOINED, CONFLICT])


def test_a_set_stays_small():
    sets, refused = run([(0, 1), (2, 3), (1, 2), (4, 5), (1, 4)], most=3)
    assert (sets[:6], refused) == ([0, 0, 2, 2, 4, 4], [0, 0, TOO_LARGE, 0, TOO_LARGE])


@given(PAIRS, OWNERS, st.integers(1, NODES))
def test_the_kernel_is_the_slow_one(pairs, owner, most):
    assert run(pairs, owner, most) == slow(pairs, owner, most)


@given(PAIRS, st.randoms())
def test_without_a_guard_the_order_does_not_matter(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert run(pairs)[0] == run(shuffled)[0]
