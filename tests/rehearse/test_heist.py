import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.rehearse.heist import HEIST_DAYS, draw_heist, place_heist
from bongsu.rehearse.theft import LOOTS, VICTIM, Site

DAY = 24 * 3600


def drawn(*, seed=1, movements=5000, services=20):
    return draw_heist(np.random.default_rng(seed), movements=movements, services=services)


def balances(heist):
    """What each own pool got and paid, as Python's integers; nobody pays before it has the money."""
    held, got = dict.fromkeys(range(heist.pools), 0), dict.fromkeys(range(heist.pools), 0)
    columns = (heist.second, heist.source, heist.target, heist.amount)
    paid_at = {}
    for second, source, target, amount in zip(*(column.tolist() for column in columns), strict=True):
        if source >= 0:
            held[source] -= amount
            assert held[source] >= 0
            assert source not in paid_at or paid_at[source] < second
        if target >= 0:
            held[target] += amount
            got[target] += amount
            paid_at[target] = second
    return held, got


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32), movements=st.integers(29, 20_000), services=st.integers(1, 50))
def test_all_that_is_stolen_rests_or_is_cashed_out(seed, movements, services):
    heist = drawn(seed=seed, movements=movements, services=services)
    held, got = balances(heist)
    rest = {pool: value for pool, value in held.items() if value}
    assert sorted(rest) == heist.rest.tolist()
    assert all(value == got[pool] for pool, value in rest.items())
    stolen = sum(heist.amount[:LOOTS].tolist())
    cashed = sum(heist.amount[heist.target < 0].tolist())
    assert sum(rest.values()) + cashed == stolen == got[0]
    assert heist.amount.min() > 0
    assert (np.diff(heist.second) >= 0).all()
    assert heist.second[-1] < HEIST_DAYS * DAY
    assert -services <= heist.target.min()


@pytest.mark.parametrize("movements", [1000, 10**5, 10**6])
def test_it_has_about_as_many_movements_as_asked(movements):
    assert len(drawn(movements=movements).second) == pytest.approx(movements, rel=0.1)


def test_the_first_movements_are_all_that_the_thief_gets():
    heist = drawn()
    to_thief = heist.target == 0
    assert np.flatnonzero(to_thief).tolist() == list(range(LOOTS))
    assert (heist.source[:LOOTS] == -VICTIM).all()
    assert (heist.source[LOOTS:] >= 0).all()


def test_it_is_a_tree_of_layers_and_chains():
    heist = drawn(movements=10**5)
    paid_by = np.bincount(heist.source[LOOTS:], minlength=heist.pools)
    arrivals = np.bincount(heist.target[heist.target > 0], minlength=heist.pools)
    assert (arrivals[1:] == 1).all()
    assert 2 <= paid_by[0] <= 10
    assert np.bincount(paid_by)[2] > 0.5 * heist.pools  # a peel and the remainder
    assert paid_by.max() <= 10
    depth = np.zeros(heist.pools, dtype=int)
    for source, target in zip(heist.source[LOOTS:].tolist(), heist.target[LOOTS:].tolist(), strict=True):
        if target > 0:
            depth[target] = depth[source] + 1
    assert 15 < depth.max() < 25
    held, cashed = heist.rest, int(heist.amount[heist.target < 0].sum())
    assert 0.3 < cashed / int(heist.amount[:LOOTS].sum()) < 0.8
    assert len(held) > 0.05 * heist.pools


def test_the_busiest_services_are_used_most_and_no_more_than_twenty():
    heist = drawn(movements=10**5, services=1000)
    counts = np.bincount(-heist.target[heist.target < 0])
    assert len(counts) == 21
    assert counts[1] == counts.max()
    assert counts[1:].min() > 100


SITE = Site(row=1000, rows=10**6, pool=500, others=500, services=20)


def test_a_place_changes_neither_order_nor_amounts():
    heist = drawn()
    placed = place_heist(heist, SITE, window=10**5)
    assert placed.row[0] == 1000
    assert (np.diff(placed.row) > 0).all()
    assert placed.row[-1] < 1000 + 10**5
    assert np.array_equal(placed.amount, heist.amount)
    assert placed.thief == 500
    assert placed.cast == heist.pools
    assert placed.source[LOOTS:].min() >= 500
    assert sum(placed.rest.values()) + sum(placed.cashed().values()) == placed.stolen
    assert set(placed.cashed()) <= set(range(1, 21))


@given(window=st.integers(0, 300))
def test_a_crowded_window_is_filled_in_order(window):
    heist = drawn(movements=1000)
    count = len(heist.second)
    placed = place_heist(heist, SITE, window=count + window)
    assert (np.diff(placed.row) > 0).all()
    assert 1000 <= placed.row[0] <= placed.row[-1] < 1000 + count + window


def test_moments_keep_their_distance_in_a_wide_window():
    heist = drawn()
    placed = place_heist(heist, Site(0, 10**9, 500, 500, 20), window=HEIST_DAYS * DAY * 10)
    assert np.abs(placed.row - 10 * heist.second).max() <= 100
