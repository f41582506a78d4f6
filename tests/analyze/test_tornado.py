from fractions import Fraction

import numpy as np
from tests.data.pattern_case import flow_book
from tests.data.trace_case import label

from bongsu.analyze.tornado import dealt, find_visits, mixer_pools, shifted
from bongsu.facts.load import load_labels

ONE, TEN, ROUTER = "pool-one", "pool-ten", "router"
ETH = 10**18


def pools():
    named = [
        (ONE, "Tornado Cash pool: 1 ETH"),
        (TEN, "Tornado Cash pool: 10 ETH"),
        (ROUTER, "Tornado Cash: router"),
    ]
    return mixer_pools([label(one, "mixer", name=name, entity="tornado-cash") for one, name in named])


def visits(*given):
    mixer = find_visits(flow_book(*given), pools(), [ROUTER])
    names = mixer.accounts.to_pylist()
    sides = (mixer.deposits, mixer.withdrawals)
    return [
        [
            (mixer.pools[p].address, names[a], names[h] if h >= 0 else None)
            for p, a, h in zip(side.pool, side.account, side.helper, strict=True)
        ]
        for side in sides
    ]


def test_pools_of_the_facts():
    found = {(pool.amount, pool.symbol) for pool in mixer_pools(load_labels())}
    assert {
        (Fraction(1, 10), "ETH"),
        (Fraction(1), "ETH"),
        (Fraction(10), "ETH"),
        (Fraction(100), "ETH"),
    } <= found
    assert {(Fraction(1_000), "USDC"), (Fraction(100_000), "DAI")} <= found
    assert len(mixer_pools(load_labels())) == 27


def test_custodial_mixers_are_labeled_ends():
    named = {one.entity for one in load_labels() if one.category == "mixer"}
    assert {"sinbad", "blender", "chipmixer", "tornado-cash"} <= named


def test_deposits_and_withdrawals():
    inside = {"tx_hash": "w", "kind": "internal"}
    deposits, withdrawals = visits(
        ("a", ONE, ETH),
        ("b", ONE, ETH - 1),  # no pool takes this
        ("c", ROUTER, 10 * ETH, 3, {"tx_hash": "r"}),
        (ROUTER, TEN, 10 * ETH, 3, {"tx_hash": "r", "kind": "internal", "block": 3}),
        (ONE, "d", 97 * ETH // 100, 9, inside),
        (ONE, "relayer", 3 * ETH // 100, 9, inside | {"block": 5}),
        (TEN, "e", 10 * ETH, 10, {"kind": "internal"}),
        (TEN, "f", ETH, 11, {"kind": "internal"}),  # too little for a withdrawal
    )
    assert deposits == [(ONE, "a", None), (TEN, "c", None)]
    assert withdrawals == [(ONE, "d", "relayer"), (TEN, "e", None)]


def test_another_asset_is_no_visit():
    token = {"asset": "eip155:1/erc20:0x" + "cd" * 20, "kind": "token"}
    assert visits(("a", ONE, ETH, 1, token)) == [[], []]


def test_decoys_keep_what_they_should():
    mixer = find_visits(
        flow_book(
            *[(ONE if n % 2 else TEN, f"t{n}", (1 if n % 2 else 10) * ETH, n * 100) for n in range(20)]
        ),
        pools(),
    )
    real = mixer.withdrawals
    moved = shifted(real, 350 * 10**6)
    assert sorted(moved.time.tolist()) != real.time.tolist()
    assert (moved.time.min() >= real.time.min()) & (moved.time.max() <= real.time.max())
    assert np.array_equal(moved.account, real.account)
    mixed = dealt(real, seed=3)
    assert np.array_equal(mixed.time, real.time)
    assert not np.array_equal(mixed.account, real.account)
    for pool in (0, 1):
        assert set(mixed.account[real.pool == pool]) == set(real.account[real.pool == pool])
    assert len(shifted(find_visits(flow_book(("a", "b", 1)), pools()).withdrawals, 5)) == 0
