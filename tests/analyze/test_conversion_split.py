"""Shares of what was given and got where there are several assets."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.conversion_case import A, B, M, event, traded
from tests.data.ledger_rows import START

from bongsu.analyze.conversion_split import Split, SplitRule, largest_remainder
from bongsu.analyze.price import Price, Prices


def parts(gave, got, events=(), rule=None):
    found = (rule or SplitRule()).parts(gave, got, list(events))
    return [(one.given_asset, one.given, one.received_asset, one.received) for one in found]


def priced(**worth):
    rows = tuple(
        Price(asset=asset, time=START, currency="USD", price=Fraction(price), source="test")
        for asset, price in worth.items()
    )
    return Prices(currency="USD", rows=rows, decimals=dict.fromkeys(worth, 0))


def test_one_for_one_needs_no_rule():
    assert parts({A: 5}, {B: 7}) == [(A, 5, B, 7)]
    assert SplitRule().parts({}, {B: 7}, []) == []
    assert SplitRule().parts({A: 5}, {B: 7}, []) == [
        Split(given_asset=A, given=5, received_asset=B, received=7)
    ]


def test_prices_come_first():
    rule = SplitRule(prices=priced(**{B: 3, M: 1}), time=START)
    assert parts({A: 100}, {B: 10, M: 10}, rule=rule) == [(A, 75, B, 10), (A, 25, M, 10)]
    assert parts({B: 10, M: 10}, {A: 100}, rule=rule) == [(B, 10, A, 75), (M, 10, A, 25)]
    early = SplitRule(prices=priced(**{B: 3, M: 1}), time=START - timedelta(seconds=1))
    assert parts({A: 100}, {B: 10, M: 10}, rule=early) == []
    half = SplitRule(prices=priced(**{B: 3}), time=START)
    assert parts({A: 100}, {B: 10, M: 10}, rule=half) == []


def test_the_route_says_what_was_spent_on_each():
    events = [traded((A, 60), (B, 10)), traded((A, 40), (M, 10), position=12)]
    assert parts({A: 100}, {B: 10, M: 10}, events) == [(A, 60, B, 10), (A, 40, M, 10)]


def test_through_an_asset_in_between():
    events = [
        traded((A, 100), (M, 50)),
        traded((M, 20), (B, 9), position=12),
        traded((M, 30), ("x", 9), position=15),
    ]
    assert parts({A: 100}, {B: 9, "x": 9}, events) == [(A, 40, B, 9), (A, 60, "x", 9)]


@pytest.mark.parametrize(
    "events",
    [
        [],
        [traded((A, 60), (B, 10)), traded((B, 3), (A, 40), position=12), traded((A, 9), (M, 1), position=15)],
        [traded((A, 60), (B, 10))],
        [event(kind="remove_liquidity", protocol="curve", received_asset=B, received=10)],
    ],
)
def test_what_no_rule_tells_is_not_split(events):
    assert parts({A: 100}, {B: 10, M: 10}, events) == []


def test_many_for_many_is_not_split():
    assert parts({A: 1, B: 1}, {M: 1, "x": 1}, rule=SplitRule(prices=priced(**{A: 1, B: 1}))) == []


def test_two_tokens_of_one_even_pool_are_halves():
    legs = [event(kind="remove_liquidity", received_asset=one, received=9) for one in (B, M)]
    assert parts({A: 7}, {B: 9, M: 9}, legs) == [(A, 4, B, 9), (A, 3, M, 9)]
    other = [event(kind="remove_liquidity", venue="other", received_asset=B, received=9), legs[1]]
    assert parts({A: 7}, {B: 9, M: 9}, other) == []


@given(st.integers(0, 10**30), st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
def test_parts_add_up_and_are_less_than_a_unit_off(amount, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    found = largest_remainder(amount, shares)
    assert sum(found) == amount
    assert all(abs(part - amount * share) < 1 for part, share in zip(found, shares, strict=True))
