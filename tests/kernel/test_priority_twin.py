"""The slow twin of the seniority policies on a vector small enough to check by hand."""

import numpy as np
import pytest
from tests.data.queue_case import swapped

from bongsu.kernel.amount import to_wide
from bongsu.kernel.case import CARRIED, CONVERTED, CREDITED, FIRST_STOLEN, make_case
from bongsu.kernel.priority_twin import merged, priority_twin


@pytest.mark.parametrize(
    ("how", "carried"),
    [
        ({"stolen_first": True}, [(2, 3)]),
        ({"stolen_first": False}, [(3, 2), (4, 1)]),
        ({"stolen_first": True, "highest_out": True}, [(3, 3)]),
    ],
)
def test_twin_pays_by_seniority(how, carried):  # T1
    case = make_case(np.array([0, 0, 1, 1, 1]), np.array([1, 1, 2, 3, 4]), to_wide([3, 7, 4, 5, 1]))
    case.ends[0] = 1
    case.joint[1] = 1
    case.moves.credit[0] = FIRST_STOLEN
    fragments, held = priority_twin(case, **how)
    expected = [(m, FIRST_STOLEN, CARRIED, value) for m, value in carried]
    assert fragments == [(0, FIRST_STOLEN, CREDITED, 3), *expected]
    assert held == [(case.moves.target[m], FIRST_STOLEN, value) for m, value in carried]


@pytest.mark.parametrize(
    ("stolen_first", "paid", "became", "left"), [(True, 3, 2, (2, 2)), (False, 1, 1, (1, 2))]
)
def test_twin_exchanges_by_seniority(stolen_first, paid, became, left):
    """8 of 3 stolen and 7 others become 5: 3 of 8 are 1.875, so 2; by LIBR 1 of 8 is 0.625, so 1."""
    case = make_case(np.array([0, 0, 1]), np.array([1, 1, 2]), to_wide([3, 7, 8]))
    case.ends[0] = 1
    case.moves.credit[0] = FIRST_STOLEN
    fragments, held = priority_twin(swapped(case, {2: 5}), stolen_first=stolen_first)
    told = [(2, FIRST_STOLEN, CARRIED, paid), (2, FIRST_STOLEN, CONVERTED, became)]
    assert fragments == [(0, FIRST_STOLEN, CREDITED, 3), *told]
    assert held[0] == (left[0], FIRST_STOLEN, left[1])


def test_only_neighbors_are_merged():
    assert merged([(1, 2, 5), (1, 2, 6), (1, 3, 1), (1, 2, 9)]) == [(1, 2, 11), (1, 3, 1), (1, 2, 9)]
