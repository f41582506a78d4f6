"""Events of venues held against the transfers of their transaction."""

import pytest
from tests.data.conversion_case import A, B, M, event, moves, traded
from tests.data.event_log import CHAIN, COIN, token

from bongsu.analyze.venue import ZERO, check_venues, fill_in, is_coin

OWN = token("pool")
PAIR = moves(("u", "pool", A, 100), ("pool", "u", B, 50))


def checked(events, rows, *, untraced=False):
    (found,) = check_venues(events, rows, untraced=untraced)
    return found.status, dict(found.differences)


def test_tokens_are_told_by_the_order_of_their_addresses():
    found = fill_in(event(slot=1, given=50, received=100), moves(("u", "pool", B, 50), ("pool", "u", A, 100)))
    assert (found.given_asset, found.received_asset) == (B, A)
    assert checked([event(slot=0, given=100, received=50)], PAIR) == ("exact", {})


def test_elsewhere_a_token_is_told_by_its_amount():
    found = fill_in(event(given=100, received=50), PAIR)
    assert (found.given_asset, found.received_asset) == (A, B)
    rows = [*PAIR, *moves(("u", "pool", M, 100))]
    assert fill_in(event(given=100, received=50), rows).given_asset is None
    assert checked([event(given=100, received=50)], rows)[0] == "unresolved"


def test_a_pool_that_wraps_coins_gave_the_coin():
    rows = moves(
        ("u", "pool", A, 100), ("pool", "weth", COIN, 50), ("weth", "pool", M, 50), ("pool", "u", M, 50)
    )
    found = fill_in(event(given=100, received=50, protocol="curve"), rows)
    assert found.received_asset == COIN
    assert checked([found], rows) == ("exact", {})


@pytest.mark.parametrize(
    ("given", "received", "protocol", "status", "off"),
    [
        (100, 50, "uniswap-v2", "exact", {}),
        (100, 52, "uniswap-v3", "rounding", {B: 2}),
        (100, 60, "uniswap-v2", "fee_on_transfer", {B: 10}),
        (90, 50, "uniswap-v2", "fee_on_transfer", {A: 10}),
        (90, 50, "uniswap-v3", "overpaid", {A: 10}),
        (110, 50, "uniswap-v2", "rebasing", {A: -10}),
        (100, 40, "uniswap-v2", "disagrees", {B: -10}),
        (90, 60, "uniswap-v2", "disagrees", {A: 10, B: 10}),
    ],
)
def test_how_far_transfers_agree(given, received, protocol, status, off):
    said = traded((A, given), (B, received), protocol=protocol)
    assert checked([said], PAIR) == (status, off)


def test_several_events_of_one_venue_add_up():
    rows = [*PAIR, *moves(("v", "pool", B, 7), ("pool", "v", A, 12))]
    events = [traded((A, 100), (B, 50)), traded((B, 7), (A, 12), position=12)]
    assert checked(events, rows) == ("exact", {})
    assert checked(events[:1], rows)[0] == "disagrees"


def test_coins_that_are_not_in_the_ledger_are_not_held_against_a_venue():
    said = traded((A, 100), (COIN, 50), protocol="curve")
    assert checked([said], PAIR[:1], untraced=True) == ("needs_traces", {})
    assert checked([said], PAIR[:1])[0] == "disagrees"


def test_a_share_is_read_off_its_mint_or_burn():
    rows = moves(("u", "pool", A, 100), ("u", "pool", B, 50), (ZERO, "u", OWN, 7))
    legs = [
        event(kind="add_liquidity", slot=0, given=100, received_asset=OWN, leg=0),
        event(kind="add_liquidity", slot=1, given=50, received_asset=OWN, leg=1),
    ]
    assert checked(legs, rows) == ("exact", {})
    first = fill_in(legs[0], rows)
    assert (first.given_asset, first.received_asset, first.received) == (A, OWN, 7)
    out = moves(("u", ZERO, M, 7), ("pool", "u", A, 100))
    one = fill_in(event(kind="remove_liquidity", given=7, received=100, protocol="curve"), out)
    assert (one.given_asset, one.received_asset) == (M, A)
    assert checked([one], out) == ("exact", {})


def test_what_was_given_for_a_share_is_read_off_the_transfers():
    steth, wsteth = token("steth"), token("pool")
    rows = moves(("u", "pool", steth, 100), (ZERO, "u", wsteth, 90))
    said = event(
        kind="wrap", protocol="lido", account="u", given_asset=steth, received_asset=wsteth, received=90
    )
    assert fill_in(said, rows).given == 100
    assert checked([said], rows) == ("exact", {})


def test_a_route_is_no_venue():
    assert check_venues([event(venue="")], PAIR, untraced=False) == []


def test_coins_are_of_slip_44():
    assert is_coin(CHAIN + "/slip44:60")
    assert not is_coin(A)
