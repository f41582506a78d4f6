"""The rising fit: by hand, and its invariants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.isotonic import rising

VALUES = st.lists(st.tuples(st.floats(-100, 100), st.integers(1, 50)), max_size=30)


def test_neighbors_that_fall_become_their_mean():
    found = rising(np.array([1.0, 3.0, 2.0, 0.0, 5.0]), np.array([1, 1, 1, 2, 1]))
    assert found.tolist() == pytest.approx([1.0, 1.25, 1.25, 1.25, 5.0])
    assert rising(np.array([3.0, 1.0]), np.array([0, 0])).tolist() == [1.0, 1.0]
    assert len(rising(np.array([]), np.array([]))) == 0


@given(VALUES)
def test_the_fit_rises_keeps_the_mean_and_stays(pairs):
    values, weights = np.array([v for v, _ in pairs]), np.array([w for _, w in pairs])
    found = rising(values, weights)
    assert (np.diff(found) >= -1e-9).all()
    assert float((found * weights).sum()) == pytest.approx(float((values * weights).sum()), abs=1e-6)
    assert rising(found, weights) == pytest.approx(found, abs=1e-9)


@given(VALUES, VALUES)
def test_no_other_rising_values_are_nearer(pairs, others):
    values, weights = np.array([v for v, _ in pairs]), np.array([w for _, w in pairs])
    other = np.sort(np.resize(np.array([v for v, _ in others] or [0.0]), len(pairs)))
    found = rising(values, weights)
    assert (weights * (found - values) ** 2).sum() <= (weights * (other - values) ** 2).sum() + 1e-6
