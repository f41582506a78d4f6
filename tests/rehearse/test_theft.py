import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.rehearse.theft import CAST, LOOTS, ROWS, Site, plant_theft


def site(*, transfers=10**6, pools=1000, services=20):
    """All of a ledger after its first fifth."""
    first = services + (transfers - services) // 5
    return Site(first, transfers - first, pools - CAST, pools - CAST, services)


@given(seed=st.integers(0, 2**32), transfers=st.integers(200, 10**9), pools=st.integers(100, 2**31 - 1))
def test_the_thief_and_the_mules_keep_nothing(seed, transfers, pools):
    theft = plant_theft(np.random.default_rng(seed), site(transfers=transfers, pools=pools))
    held = {}
    for source, target, amount in zip(theft.source, theft.target, theft.amount.tolist(), strict=True):
        held[int(source)] = held.get(int(source), 0) - amount
        held[int(target)] = held.get(int(target), 0) + amount
    own = {pool: held[pool] for pool in range(pools - CAST, pools)}
    assert {pool: value for pool, value in own.items() if value} == theft.rest
    assert sum(theft.cashed().values()) == sum(theft.amount[-8:].tolist())
    assert sum(theft.cashed().values()) + sum(theft.rest.values()) == theft.stolen
    assert sum(held.values()) == 0


@given(transfers=st.integers(200, 10**9), services=st.integers(1, 100))
def test_rows_ascend_inside_the_ledger_after_the_services(transfers, services):
    theft = plant_theft(np.random.default_rng(0), site(transfers=transfers, services=services))
    assert len(theft.row) == len(theft.amount) == ROWS
    assert (np.diff(theft.row) > 0).all()
    assert services <= theft.row[0] <= theft.row[-1] < transfers


def test_the_first_rows_are_all_that_the_thief_gets():
    theft = plant_theft(np.random.default_rng(5), site())
    to_thief = theft.target == theft.thief
    assert to_thief.tolist() == [True] * LOOTS + [False] * (ROWS - LOOTS)
    assert int(theft.amount[to_thief].sum()) == theft.stolen
    assert 0 < sum(theft.rest.values()) < theft.stolen


def test_half_of_the_mules_cash_out_at_services_and_half_at_anyone():
    theft = plant_theft(np.random.default_rng(5), site())
    assert sorted(pool <= 20 for pool in theft.target[-8:].tolist()) == [False] * 4 + [True] * 4
    assert set(theft.cashed()) == set(theft.target[-8:].tolist())
    assert max(theft.cashed()) < theft.thief
