import pytest

from bongsu.analyze.cluster import METHODS
from bongsu.analyze.heuristic import HEURISTICS, ON, VERDICTS, is_on, verdict_text
from bongsu.analyze.pattern import PATTERNS


def test_every_pattern_and_method_has_a_verdict():
    assert set(PATTERNS) <= set(HEURISTICS)
    assert set(METHODS) <= set(HEURISTICS)
    assert set(HEURISTICS.values()) <= set(VERDICTS)


def test_what_is_no_better_than_chance_is_off_and_said_so():
    assert not is_on("fan_out")
    assert verdict_text(HEURISTICS["fan_out"]).startswith("off")
    assert {word for word in VERDICTS if verdict_text(word).startswith("on")} == ON


def test_an_unknown_heuristic_is_a_mistake():
    with pytest.raises(KeyError):
        is_on("astrology")
