"""The slow twin on a vector small enough to check by hand."""

import numpy as np

from bongsu.kernel.amount import to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    UNKNOWN,
    make_case,
)
from bongsu.kernel.twin import queue_twin


def test_twin_pays_the_stolen_input_first():
    case = make_case(np.array([0, 0, 1]), np.array([1, 1, 2]), to_wide([3, 7, 4]))
    case.ends[0] = 1
    case.moves.credit[0] = FIRST_STOLEN
    fragments, queues = queue_twin(case)
    assert fragments == [(0, FIRST_STOLEN, CREDITED, 3), (2, FIRST_STOLEN, CARRIED, 3)]
    assert queues[2] == [(FIRST_STOLEN, 3), (0, 1)]


def test_twin_exchanges_in_the_order_of_the_queue():
    """3 stolen, 7 of others and 2 unknown become 7 in all: 1.75, 4.08 and 1.17 by share, so 2, 4 and 1."""
    case = make_case(np.array([0, 0, 1, 2]), np.array([1, 1, 2, 3]), to_wide([3, 7, 12, 3]))
    case.ends[0] = 1
    case.moves.credit[[0, 2]] = FIRST_STOLEN, CONVERTS
    case.moves.received[2] = 7, 0
    fragments, queues = queue_twin(case, unknown_newest=True)
    assert fragments == [
        (0, FIRST_STOLEN, CREDITED, 3),
        (2, UNKNOWN, ASSUMED, 2),
        (2, FIRST_STOLEN, CARRIED, 3),
        (2, UNKNOWN, CARRIED, 2),
        (2, FIRST_STOLEN, CONVERTED, 2),
        (2, UNKNOWN, CONVERTED, 1),
        (3, FIRST_STOLEN, CARRIED, 2),
    ]
    assert (queues[2], queues[3]) == ([(0, 3), (UNKNOWN, 1)], [(FIRST_STOLEN, 2), (0, 1)])
