"""A label is shared out among all clusters that sources mean by it."""

import pytest

from bongsu.analyze.attribution_label import shares_of, split_label


def test_a_label_is_a_source_and_a_name():
    assert split_label("eset: Lazarus: part") == ("eset", "Lazarus: part")
    assert split_label("Kimsuky") == ("", "Kimsuky")


def test_a_name_of_one_cluster_is_all_its_own():
    found = shares_of(("a: Moonstone Sleet", "b: Storm-1789"))
    assert found.shares["moonstone-sleet"] == pytest.approx((2 / 3 + 1) / 2)
    assert found.sources["moonstone-sleet"] == {"a", "b"}
    assert shares_of(("a: Contagious Interview",)).shares == {"contagious-interview": 1.0}


def test_a_contested_name_is_shared_by_what_the_sources_say():
    found = shares_of(("a: Andariel",)).shares
    assert found == {"andariel": 0.75, "lazarus": 0.25}
    chollima = shares_of(("a: Labyrinth Chollima",)).shares
    assert sum(chollima.values()) == pytest.approx(1)
    assert max(chollima.values()) < 0.5


def test_an_umbrella_says_the_country_and_hardly_the_crew():
    found = shares_of(("a: Lazarus",))
    assert found.shares == {"lazarus": 1.0, "diamond-sleet": 0.5}
    assert found.umbrella_only == {"diamond-sleet"}
    assert shares_of(("a: Lazarus", "b: Diamond Sleet")).umbrella_only == frozenset()


def test_two_labels_that_contradict_each_other_halve():
    found = shares_of(("a: WASSONITE", "b: OnionDog", "c: DPRK (unspecified)"))
    assert found.shares == {"wassonite": 0.5, "oniondog": 0.5}
    assert found.unknown == ("c: DPRK (unspecified)",)
