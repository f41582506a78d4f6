"""Techniques count beyond what chance gives a set of its size; what everybody does counts nothing."""

import random

from bongsu.analyze.attribution_technique import MOST, fit_of, fits_of, published_sets, weight_of
from bongsu.facts.technique import load_techniques

GENERIC = ("T1059.001", "T1105", "T1059.003", "T1566.001", "T1204.002", "T1071.001", "T1082")


def test_what_everybody_does_weighs_nothing():
    assert [weight_of(one) for one in GENERIC if weight_of(one) > 0] == []
    assert weight_of("T9999") == 0
    assert 0 < weight_of("T1005") < weight_of("T1542.003") <= 1


def test_generic_techniques_fit_nobody():
    assert {fit.points for fit in fits_of(GENERIC).values()} == {0}


def test_the_whole_set_of_a_cluster_fits_it_best_and_is_capped():
    sets = published_sets()
    for cluster in ("kimsuky", "diamond-sleet", "apt37", "contagious-interview"):
        fits = fits_of(sets[cluster])
        assert fits[cluster].points == MOST == max(fit.points for fit in fits.values())
        assert len(fits[cluster].matched) == fits[cluster].seen


def test_the_size_of_a_set_gives_it_no_lead():
    """Draws from everything anybody does: the largest set must not win them."""
    luck = random.Random(3)
    everything = sorted(one for one, known in load_techniques().items() if known.groups)
    points = [fits_of(luck.sample(everything, 10))["kimsuky"].points for _one in range(300)]
    assert sum(points) / len(points) < 4
    assert fit_of(("T1542.003",), frozenset({"T1542.003"})).points == 0, "one technique is too few"
