"""A hint changes nothing, also where it names a place that does not exist."""

import numba
import numpy as np
import pytest

from bongsu.kernel.prefetch import prefetch


@numba.njit
def hinted(array, index):
    prefetch(array, index)
    return index


@pytest.mark.parametrize("shape", [(4,), (4, 2)])
@pytest.mark.parametrize("index", [0, 3, -1, 2**40])
def test_hint_changes_nothing(shape, index):
    array = np.arange(8, dtype=np.uint64)[: np.prod(shape)].reshape(shape)
    before = array.copy()
    assert hinted(array, index) == index
    assert (array == before).all()
    assert "prefetch" in next(iter(hinted.inspect_asm().values()))
