"""A case without theft marks."""

import numpy as np

from bongsu.kernel.amount import to_wide
from bongsu.kernel.case import UNKNOWN, make_case


def test_case_follows_everything_and_knows_nothing():
    case = make_case(np.array([0, 4]), np.array([1, 2]), to_wide([1, 2]))
    assert len(case.ends) == 5
    assert case.moves.credit.tolist() == [-1, -1]
    assert case.moves.overdraft.tolist() == [UNKNOWN, UNKNOWN]
    assert not case.moves.stopped.any()
