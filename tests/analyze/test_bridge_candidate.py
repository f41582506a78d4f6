"""Deposits that a withdrawal may continue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.bridge_case import ALICE, BOB, TOKEN, deposit, events, split, withdrawal

from bongsu.analyze.bridge_candidate import BASIS, find_candidates
from bongsu.analyze.bridge_side import compare_sides


def candidates(*rows, basis_points=0, most=100):
    return find_candidates(compare_sides(*split(events(*rows)), {}), basis_points, most)


def pairs(found):
    return sorted(zip(found.withdrawal.tolist(), found.deposit.tolist(), strict=True))


@pytest.mark.parametrize("basis_points", [0, 50])
def test_asset_account_chain_amount_and_order_must_fit(basis_points):
    found = candidates(
        deposit("fits"),
        deposit("later", 101),
        deposit("asset", other_asset=TOKEN),
        deposit("account", beneficiary=BOB),
        deposit("amount", amount=2_000),
        deposit("chain", chain="eip155:10"),
        withdrawal("w"),
        basis_points=basis_points,
    )
    assert pairs(found) == [(0, 0)]
    assert found.known.tolist() == [True]
    assert found.later.tolist() == [[1, 0]]


def test_account_that_one_side_does_not_state_is_no_contradiction():
    found = candidates(
        deposit("a", beneficiary=None), deposit("b"), withdrawal("c"), withdrawal("d", beneficiary=None)
    )
    assert pairs(found) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert sorted(found.known.tolist()) == [False, False, False, True]


def test_the_latest_come_first_and_the_rest_are_counted():
    found = candidates(*(deposit(f"d{n}", n) for n in range(10)), withdrawal("w"), most=3)
    assert pairs(found) == [(0, 7), (0, 8), (0, 9)]
    assert set(found.unseen.tolist()) == {7}


def test_with_a_fee_the_nearest_amounts_come_first():
    rows = [deposit(f"d{n}", amount=1_000 + n) for n in range(10)]
    found = candidates(*rows, withdrawal("w"), basis_points=60, most=2)
    assert pairs(found) == [(0, 0), (0, 1)]
    assert set(found.unseen.tolist()) == {5}


def test_two_identified_events_are_no_candidates():
    found = candidates(deposit("a", transfer_id="1"), withdrawal("b", transfer_id="2"), withdrawal("c"))
    assert pairs(found) == [(1, 0)]


def test_huge_amounts_are_compared_to_the_unit():
    amount = 10**38 - 1
    rows = [deposit("a", amount=amount), withdrawal("b", amount=amount)]
    assert len(candidates(*rows)) == len(candidates(*rows, basis_points=1)) == 1
    rows[0]["amount"] = amount - 1
    assert len(candidates(*rows)) == len(candidates(*rows, basis_points=1)) == 0


event = st.tuples(st.integers(0, 9), st.integers(900, 1_000), st.sampled_from([ALICE, BOB, None]))


@given(st.lists(event, max_size=8), st.lists(event, max_size=8), st.sampled_from([0, 500]))
def test_they_are_all_that_fit_and_no_others(left, arrived, basis_points):
    rows = [deposit(f"d{n}", t, amount=a, beneficiary=b) for n, (t, a, b) in enumerate(left)]
    rows += [withdrawal(f"w{n}", t, amount=a, beneficiary=b) for n, (t, a, b) in enumerate(arrived)]
    expected = [
        (w, d)
        for w, (paid_at, got, to) in enumerate(arrived)
        for d, (left_at, paid, wanted) in enumerate(left)
        if left_at <= paid_at
        and got <= paid
        and BASIS * got >= (BASIS - basis_points) * paid
        and (to == wanted or None in (to, wanted))
    ]
    assert pairs(candidates(*rows, basis_points=basis_points)) == sorted(expected)
