"""Wilson's lower bound: a hand-computed value, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.interval import wilson_low


def test_half_of_ten_and_none_of_none():
    low = wilson_low(np.array([5, 0, 10, 0]), np.array([10, 10, 10, 0]))
    assert low == pytest.approx([0.236593, 0.0, 0.722467, 0.0], abs=1e-6)


@given(st.integers(1, 10**6), st.data())
def test_the_bound_is_below_the_share_and_rises_with_it(n, data):
    hits = data.draw(st.integers(0, n - 1))
    one, more = wilson_low(np.array([hits, hits + 1]), np.array([n, n]))
    assert 0 <= one <= hits / n + 1e-12
    assert one < more
