"""Sums by key are exact in both widths."""

import numpy as np
import pytest

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.sums import sums_by_key


@pytest.mark.parametrize("wide", [True, False])
def test_sums_by_key_are_exact(wide):
    big = 2**100 if wide else 2**60
    amounts = to_wide([big, 1, big, 5])
    found = sums_by_key(amounts if wide else to_narrow(amounts), np.array([2, 0, 2, 1]), 4)
    assert to_integers(found) == [1, 5, 2 * big, 0]
