import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.rehearse.theft import CAST, LOOTS, ROWS, plant_theft


@given(seed=st.integers(0, 2**32), transfers=st.integers(200, 10**9), pools=st.integers(100, 2**31 - 1))
def test_the_thief_and_the_mules_keep_nothing(seed, transfers, pools):
    theft = plant_theft(np.random.default_rng(seed), transfers=transfers, pools=pools, services=20)
    held = {}
    for source, target, amount in zip(theft.source, theft.target, theft.amount.tolist(), strict=True):
        held[int(source)] = held.get(int(source), 0) - amount
        held[int(target)] = held.get(int(target), 0) + amount
    own = {pool: held[pool] for pool in range(pools - CAST, pools)}
    assert {pool: value for pool, value in own.items() if value} == theft.rest
    cashed = sum(theft.amount[-8:].tolist())
    assert cashed + sum(theft.rest.values()) == theft.stolen
    assert sum(held.values()) == 0


@given(transfers=st.integers(200, 10**9), services=st.integers(1, 100))
def test_rows_ascend_inside_the_ledger_after_the_services(transfers, services):
    theft = plant_theft(np.random.default_rng(0), transfers=transfers, pools=1000, services=services)
    assert len(theft.row) == len(theft.amount) == ROWS
    assert (np.diff(theft.row) > 0).all()
    assert services <= theft.row[0] <= theft.row[-1] < transfers


def test_the_first_rows_are_all_that_the_thief_gets():
    theft = plant_theft(np.random.default_rng(5), transfers=10**6, pools=10**5, services=20)
    to_thief = theft.target == theft.thief
    assert to_thief.tolist() == [True] * LOOTS + [False] * (ROWS - LOOTS)
    assert int(theft.amount[to_thief].sum()) == theft.stolen
    assert 0 < sum(theft.rest.values()) < theft.stolen
