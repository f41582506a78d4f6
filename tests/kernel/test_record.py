"""Records keep amount and link word apart, in both widths."""

import numpy as np
import pytest

from bongsu.kernel.jit import compiled
from bongsu.kernel.record import amounts_of, link, load, new_records, relink, save

ONE, TWO = np.uint64(1), np.uint64(2)


@compiled
def written(records, value, word):
    save(records, 1, value)
    relink(records, 1, value, word)
    return load(records, 1, value), link(records, 1, value)


@pytest.mark.parametrize(("shape", "value"), [((0,), TWO), ((0, 2), (ONE, TWO))])
def test_a_record_holds_an_amount_and_a_word(shape, value):
    records = new_records(np.empty(shape, dtype=np.uint64), 3)
    assert written(records, value, np.uint64(9)) == (value, 9)
    kept = amounts_of(records)[1]
    assert tuple(np.atleast_1d(kept)) == (value if isinstance(value, tuple) else (value,))
    assert not records[[0, 2]].any()
