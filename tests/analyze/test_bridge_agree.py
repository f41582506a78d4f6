"""Why two events of one id cannot be one transfer."""

import pytest
from tests.data.bridge_case import ALICE, BOB, OTHER, TOKEN, deposit, events, split, withdrawal

from bongsu.analyze.bridge_agree import disagreements
from bongsu.facts.load import load_bridges

BRIDGES = load_bridges()


def reasons(left, arrived):
    found = disagreements(*split(events(left, arrived)), BRIDGES)
    return [reason for column in found for reason in column.to_pylist() if reason]


def test_nothing_disagrees():
    assert reasons(deposit("a"), withdrawal("b", other_asset=TOKEN)) == []


@pytest.mark.parametrize(
    ("left", "arrived", "reason"),
    [
        ({}, {"seconds": -1}, "It arrived before it left."),
        ({"other_chain": "eip155:10"}, {}, "It left for another chain."),
        ({}, {"other_chain": "eip155:10"}, "It came from another chain."),
        ({"other_asset": TOKEN}, {}, "Another asset arrived."),
        ({}, {"other_asset": OTHER}, "Another asset had left."),
        ({}, {"beneficiary": BOB}, "Another account was paid than was to be."),
        ({}, {"amount": 999}, "The amounts cannot be one transfer's."),
        ({}, {"amount": 1_001}, "The amounts cannot be one transfer's."),
    ],
)
def test_each_disagreement_has_its_reason(left, arrived, reason):
    assert reasons(deposit("a", **left), withdrawal("b", **arrived)) == [reason]


@pytest.mark.parametrize(
    "name", ["time", "other_chain", "other_asset", "beneficiary", "amount", "asset", "decimals"]
)
def test_what_one_side_does_not_state_is_no_disagreement(name):
    assert reasons(deposit("a", **{name: None}), withdrawal("b")) == []
    assert reasons(deposit("a"), withdrawal("b", **{name: None})) == []


def test_form_of_an_address_is_no_disagreement():
    assert reasons(deposit("a", beneficiary=ALICE.upper()), withdrawal("b")) == []
    # THORChain knows accounts by name.
    assert reasons(deposit("a", beneficiary="alice"), withdrawal("b")) == []


def test_bridge_that_lets_depositors_redirect_pays_others_rightly():
    assert reasons(deposit("a", bridge="across"), withdrawal("b", bridge="across", beneficiary=BOB)) == []


@pytest.mark.parametrize(
    ("bridge", "amount", "fits"),
    [("across", 999, True), ("across", 1_001, False), ("thorchain", 5_000, True), ("unknown", 5_000, True)],
)
def test_amounts_must_fit_the_fees_of_the_bridge(bridge, amount, fits):
    found = reasons(deposit("a", bridge=bridge), withdrawal("b", bridge=bridge, amount=amount))
    assert (found == []) is fits
