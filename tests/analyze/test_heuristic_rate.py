"""Counts of the measurements that a document cites."""

from bongsu.analyze.heuristic import HEURISTICS
from bongsu.analyze.heuristic_rate import load_rates


def test_rates_are_of_heuristics_that_are_built_in():
    assert set(load_rates()) <= set(HEURISTICS)
    assert {name for name, verdict in HEURISTICS.items() if verdict != "fact"} == set(load_rates())


def test_what_nobody_knows_is_null():
    (one, *_rest) = load_rates()["fan_out"]
    assert (one.wrong, one.missed) == (None, None)
    assert one.cases >= one.right
    assert one.decoys >= one.decoys_found > 0


def test_a_heuristic_may_be_measured_several_times():
    assert len(load_rates()["bridge_score"]) == 8
    assert {one.wrong for one in load_rates()["conversion_label"]} == {0}
