"""The measured error rate of conversions that no event shows, on real blocks and on shuffled ones."""

from bench import heuristic_label
from bench.heuristic_conversion import measure


def test_inferred_conversions_are_mostly_right_and_not_by_chance(onchain):
    rates = measure()
    assert [(rate.true_positive, rate.false_positive, rate.false_negative) for rate in rates] == [
        (41, 1, 11),
        (82, 5, 39),
    ]
    for rate in rates:
        assert rate.decoys > 1_000
        assert rate.decoy_rate.high < 0.02
        assert rate.precision.low > 0.85
        assert rate.recall.low > rate.decoy_rate.high


def test_labeled_exchanges_are_right_once_only_the_sender_counts(onchain):
    rates = heuristic_label.measure()
    assert [(rate.true_positive, rate.false_positive) for rate in rates] == [(29, 0), (44, 0)]
    for rate in rates:
        assert rate.decoys > 100
        assert rate.decoy_rate.high < 0.02
        assert rate.precision.low > 0.85
