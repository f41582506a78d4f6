"""Arrays of amounts keep their values in both widths."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel import amount

VALUES = st.lists(st.integers(min_value=0, max_value=2**127 - 1), min_size=1, max_size=30)


@given(VALUES)
def test_integers_survive_the_wide_layout(values):
    assert amount.to_integers(amount.to_wide(values)) == values


@given(VALUES)
def test_total_is_exact(values):
    assert amount.total(amount.to_wide(values)) == sum(values)


def test_width_is_proven_not_guessed():
    assert amount.fits_narrow(amount.to_wide([2**62, 2**62 - 1]))
    assert not amount.fits_narrow(amount.to_wide([2**62, 2**62]))
    assert not amount.fits_wide(amount.to_wide([2**126, 2**126]))
    assert amount.to_integers(amount.to_narrow(amount.to_wide([7, 9]))) == [7, 9]
    assert amount.total(np.array([2**64 - 1, 1], dtype=np.uint64)) == 2**64


def test_wide_is_what_both_widths_become():
    assert amount.to_integers(amount.widened(np.array([5, 2**63], dtype=np.uint64))) == [5, 2**63]
    assert amount.to_integers(amount.widened(amount.to_wide([2**100, 3])[::-1])) == [3, 2**100]
