import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from bongsu.kernel.adjacency import index_of
from bongsu.kernel.window import busiest_windows

EVENTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 30)), max_size=30)


def run(events, span):
    group, partner, time = np.array(sorted(events, key=lambda e: e[2]), dtype=np.int64).reshape(-1, 3).T
    return busiest_windows(index_of(group, 4), partner, time, span=span), (group, partner, time)


def test_window_by_hand():
    events = [(0, 1, 0), (0, 2, 5), (0, 2, 6), (0, 3, 9), (0, 4, 20), (1, 1, 3)]
    found, _columns = run(events, 10)
    assert found.partners.tolist() == [3, 1, 0, 0]
    assert (found.first[0], found.last[0]) == (0, 4)


@given(EVENTS, st.integers(0, 12))
def test_the_kernel_is_the_slow_one(events, span):
    found, (group, partner, time) = run(events, span)
    for one in range(4):
        own = [(t, p) for g, p, t in zip(group, partner, time, strict=True) if g == one]
        slow = max((len({p for t, p in own if 0 <= t - begin <= span}) for begin, _p in own), default=0)
        assert found.partners[one] == slow
