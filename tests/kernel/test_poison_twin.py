"""The slow twin of poison on a vector small enough to check by hand."""

import numpy as np
from tests.data.haircut_case import build, exchanged

from bongsu.kernel.amount import to_wide
from bongsu.kernel.case import CARRIED, CONVERTED, CREDITED, FIRST_STOLEN, make_case
from bongsu.kernel.poison import OVERLAP
from bongsu.kernel.poison_twin import poison_twin


def test_twin_taints_all_that_leaves_and_keeps_the_first_claim():
    case = make_case(np.array([0, 0, 1]), np.array([1, 1, 2]), to_wide([3, 7, 4]))
    case.ends[0] = 1
    case.moves.credit[:2] = FIRST_STOLEN, FIRST_STOLEN + 1
    fragments, held = poison_twin(case)
    assert fragments == [
        (0, FIRST_STOLEN, CREDITED, 3),
        (1, FIRST_STOLEN + 1, CREDITED, 7),
        (1, FIRST_STOLEN + 1, OVERLAP, 7),
        (2, FIRST_STOLEN, CARRIED, 4),
    ]
    assert held == [(1, FIRST_STOLEN, 10), (2, FIRST_STOLEN, 4)]


def test_twin_taints_all_that_an_exchange_brings():
    fragments, held = poison_twin(exchanged(build([(0, 1, 3), (0, 1, 7), (1, 2, 4)], credit=[0]), {2: 90}))
    assert fragments[1:] == [(2, FIRST_STOLEN, CARRIED, 4), (2, FIRST_STOLEN, CONVERTED, 90)]
    assert held == [(1, FIRST_STOLEN, 10), (2, FIRST_STOLEN, 90)]
