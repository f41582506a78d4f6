import numpy as np

from bongsu.rehearse.company_habit import CIRCLES, HABITS, draw_habits, draw_ways
from bongsu.rehearse.company_luck import draw_cast


def test_habits_are_of_the_innocent_and_change_nothing_else():
    cast = draw_cast(10_000, 40, np.random.default_rng(1))
    known = draw_habits(cast, np.random.default_rng(2))
    workers = {*cast.workers.tolist()}
    assert set(known.lone) == set(cast.lone) | set(HABITS)
    assert set(known.groups) == set(cast.groups) | set(CIRCLES)
    for habit in HABITS:
        assert not workers & {*known.lone[habit].tolist()}
        assert len(known.lone[habit])
    for habit, (count, size) in CIRCLES.items():
        assert [len(group) for group in known.groups[habit]] == [size] * count
        assert not any(workers & {*group.tolist()} for group in known.groups[habit])
    assert all(known.lone[trait] is cast.lone[trait] for trait in cast.lone)


def test_networks_differ_in_what_they_do():
    cast = draw_cast(10_000, 40, np.random.default_rng(1))
    ways = [way for seed in range(20) for way in draw_ways(cast, np.random.default_rng(seed))]
    assert len(ways) == 120
    assert all(0 < sum(done) < 120 for done in zip(*ways, strict=True))
