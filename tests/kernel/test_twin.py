"""The slow twin on a vector small enough to check by hand."""

import numpy as np

from bongsu.kernel.amount import to_wide
from bongsu.kernel.case import CARRIED, CREDITED, FIRST_STOLEN, make_case
from bongsu.kernel.twin import queue_twin


def test_twin_pays_the_stolen_input_first():
    case = make_case(np.array([0, 0, 1]), np.array([1, 1, 2]), to_wide([3, 7, 4]))
    case.ends[0] = 1
    case.moves.credit[0] = FIRST_STOLEN
    fragments, queues = queue_twin(case)
    assert fragments == [(0, FIRST_STOLEN, CREDITED, 3), (2, FIRST_STOLEN, CARRIED, 3)]
    assert queues[2] == [(FIRST_STOLEN, 3), (0, 1)]
