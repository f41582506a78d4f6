"""What scores are taken for: never more than was measured."""

import numpy as np
import pytest
from bench.heuristic_bridge import calibration_of, chosen_for
from hypothesis import given
from hypothesis import strategies as st

from bongsu.analyze.bridge_calibration import (
    FLOORS,
    MEASURED,
    Calibration,
    Sample,
    calibrate,
    class_counts,
    lower_bounds,
)


def sample(*pairs):
    """(Score, right, count) each."""
    score = np.concatenate([np.full(count, score) for score, _right, count in pairs])
    right = np.concatenate([np.arange(count) < right for _score, right, count in pairs])
    return Sample(score, right)


def test_score_stands_for_what_its_class_claims():
    made = Calibration(floors=(0.0, 0.5, 0.9), percents=(10, 60, 95))
    assert made.percent_of(np.array([0.0, 0.49, 0.5, 0.89, 0.9, 1.0])).tolist() == [10, 10, 60, 60, 95, 95]


def test_claim_is_the_bound_below_the_measured_share():
    made = calibrate([sample((0.99, 100, 100), (0.2, 20, 100))])
    assert made.percents[-1] == 96
    assert 12 <= made.percents[FLOORS.index(0.1)] < 20


def test_of_two_bridges_the_worse_counts():
    made = calibrate([sample((0.99, 1_000, 1_000)), sample((0.99, 60, 100))])
    assert made.percents[-1] == 50


def test_class_that_is_worse_than_the_one_below_is_pooled_with_it():
    right, count = class_counts(sample((0.4, 90, 100), (0.6, 10, 100)))
    low = lower_bounds(right, count)
    assert low[FLOORS.index(0.3)] == low[FLOORS.index(0.5)] < 0.5


def test_class_that_was_never_seen_claims_no_more_than_the_one_below():
    made = calibrate([sample((0.4, 50, 100))])
    assert made.percents[:2] == (0, 0)
    assert len(set(made.percents[2:])) == 1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_claims_rise_with_the_score_and_stay_under_the_share_of_all_above(pairs):
    score, right = np.array([one for one, _right in pairs]), np.array([right for _one, right in pairs])
    made = calibrate([Sample(score, right)])
    assert list(made.percents) == sorted(made.percents)
    claimed = made.percent_of(score)
    for percent in set(claimed.tolist()):
        assert 100 * right[claimed >= percent].mean() >= percent


@pytest.mark.usefixtures("onchain")
@pytest.mark.parametrize("deducted", [False, True])
@pytest.mark.parametrize("beneficiary", [False, True])
def test_shipped_probabilities_are_those_measured_and_hold_on_the_other_half(deducted, beneficiary):
    chosen = chosen_for(deducted=deducted, beneficiary=beneficiary)
    assert calibration_of(chosen).percents == MEASURED[deducted, beneficiary].percents
    for half in (0, 1):
        learned = calibration_of(chosen, half)
        for one in chosen:
            other = one.half != half
            claimed, right = learned.percent_of(one.score[other]), one.right[other]
            for percent in np.unique(claimed).tolist():
                assert 100 * right[claimed == percent].mean() >= percent
