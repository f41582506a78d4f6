"""Which guesses a person allows."""

import pytest

from bongsu.analyze.heuristic import DEFAULT, HEURISTICS, PROVEN
from bongsu.app.jobs.heuristic_choice import chosen_heuristics, heuristics_used
from bongsu.errors import InputError


def test_on_off_and_names():
    assert chosen_heuristics("on") == DEFAULT
    assert chosen_heuristics("off") == PROVEN
    assert chosen_heuristics("bridge_score") == PROVEN | {"bridge_score"}
    assert chosen_heuristics("on, cospend") == DEFAULT | {"cospend"}


def test_what_is_at_chance_level_is_off_by_default_and_can_be_asked_for():
    assert "fan_out" not in chosen_heuristics("on")
    assert "fan_out" in chosen_heuristics("fan_out")


def test_an_unknown_name_is_said():
    with pytest.raises(InputError, match="astrology"):
        chosen_heuristics("astrology")


def test_each_is_told_with_its_measurements():
    told = heuristics_used(frozenset(HEURISTICS))
    assert [one["name"] for one in told] == list(HEURISTICS)
    (score,) = [one for one in told if one["name"] == "bridge_score"]
    assert score["verdict"] == "above_chance"
    assert score["measured"][0] == {
        **{"cases": 2694, "right": 2626, "wrong": 22, "missed": 68, "decoys_found": 3, "decoys": 3408},
        "data": score["measured"][0]["data"],
    }
    assert heuristics_used(frozenset({"mixer_pool"}))[0]["measured"] == []
