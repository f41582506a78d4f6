"""Both sides of a bridge as arrays that compare."""

import numpy as np
from tests.data.bridge_case import ALICE, BOB, OTHER, TOKEN, deposit, events, split, withdrawal

from bongsu.analyze.bridge_side import DIGITS, compare_sides
from bongsu.kernel.amount import to_integers


def sides(*rows, pairs=None):
    return compare_sides(*split(events(*rows)), pairs or {})


def test_codes_are_shared_by_both_sides():
    found = sides(
        deposit("a"),
        deposit("b", beneficiary=BOB, other_asset=TOKEN),
        withdrawal("c", beneficiary=BOB),
        withdrawal("d", beneficiary=None, other_chain=None),
    )
    assert found.deposits.asset[0] == found.withdrawals.asset[0] != found.deposits.asset[1]
    assert found.deposits.account[1] == found.withdrawals.account[0] != found.deposits.account[0]
    assert found.withdrawals.account[1] == -1
    assert found.withdrawals.origin[0] == found.deposits.origin[0] >= 0
    assert found.withdrawals.origin[1] == -1
    assert found.deposits.time[0] + 100_000_000 == found.withdrawals.time[0]


def test_what_does_not_state_enough_is_left_out_and_counted():
    found = sides(
        deposit("a", amount=None),
        deposit("b", other_asset=None),
        deposit("c"),
        withdrawal("d", time=None),
        withdrawal("e", asset=None, amount=None),
    )
    assert found.deposits.row.tolist() == [2]
    assert len(found.withdrawals) == 0
    assert found.left_out == {
        "deposit_without_amount": 1,
        "deposit_without_asset": 1,
        "withdrawal_without_time": 1,
        "withdrawal_without_asset": 1,
    }


def test_asset_that_arrives_may_be_told():
    found = sides(deposit("a", other_asset=None), withdrawal("b"), pairs={TOKEN: OTHER})
    assert found.deposits.asset.tolist() == found.withdrawals.asset.tolist()


def test_amounts_are_in_the_decimals_of_the_coarser_side():
    found = sides(
        deposit("a", amount=1_234_567_891, decimals=9),
        deposit("b", amount=10**38 - 1, decimals=None),
        withdrawal("c", amount=1_234_567, decimals=6),
    )
    assert to_integers(found.deposits.amount) == [1_234_567, 10**38 - 1]
    assert to_integers(found.withdrawals.amount) == [1_234_567]


def test_digits_are_those_that_tell_an_amount_from_others():
    amounts = [0, 5, 1_000, 1_230, 10**37 + 1]
    found = sides(*(deposit(f"t{n}", amount=n) for n in amounts))
    assert found.deposits.digits.tolist() == [0, 1, 1, 3, DIGITS]


def test_ids_are_noted():
    found = sides(deposit("a", transfer_id="1"), deposit("b"), withdrawal("c", beneficiary=ALICE))
    assert found.deposits.identified.tolist() == [True, False]
    assert found.withdrawals.identified.dtype == np.bool_
