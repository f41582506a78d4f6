"""The pages that say how good each heuristic is are what the measurements write; defaults follow them."""

import pytest
from bench.heuristic_rate import Rate, verdict
from bench.heuristics import measure, pages

from bongsu.analyze.heuristic import HEURISTICS


def rate(n, right, wrong=None, *, chance=(0, 1000)):
    return Rate("x", "data", n, right, wrong, None, *chance, "")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (rate(100, 90, 10, chance=(500, 1000)), "above_chance"),
        (rate(100, 40, 60), "imprecise"),
        (rate(100, 6, 4), "unproven"),
        (rate(100, 50, chance=(490, 1000)), "chance"),
        (rate(5, 3, 2, chance=(500, 1000)), "unproven"),
        (rate(1000, 200, chance=(150, 1000)), "imprecise"),
        (rate(1000, 200, chance=(10, 1000)), "above_chance"),
        (rate(0, 0), "unmeasured"),
        (rate(100, 50, chance=(0, 0)), "unmeasured"),
    ],
)
def test_a_verdict_follows_from_the_figures(one, said):
    assert verdict(one) == said


@pytest.fixture(scope="module")
def rates(onchain):
    return measure()


def test_defaults_are_what_the_measurements_say(rates):
    measured = {one.name: verdict(one) for one in rates if one.name in HEURISTICS}
    # Of one that is measured in several ways or on several sets the first says what it is worth.
    for one in rates:
        measured.setdefault(one.name.partition(" ")[0], verdict(one))
    measured = {name: said for name, said in measured.items() if name in HEURISTICS and name != "mixer_lead"}
    assert measured == {name: said for name, said in HEURISTICS.items() if name in measured}
    assert {said for name, said in HEURISTICS.items() if name not in measured} == {"fact", "self_tested"}


def test_rates_that_beat_chance_and_rates_that_do_not(rates):
    said = {one.name: verdict(one) for one in rates}
    assert {"above_chance", "chance", "imprecise", "unproven", "unmeasured"} == set(said.values())
    null = [one for one in rates if one.data.startswith("made: 400 independent")]
    assert [verdict(one) for one in null] == ["chance"] * 4


def test_pages_are_what_the_measurements_write(onchain):
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, f"run `python -m bench heuristics`: {path.name}"
