"""Conversions of one transaction by its events."""

import pytest
from tests.data.conversion_case import A, B, M, event, moves, traded
from tests.data.event_log import COIN, token

from bongsu.analyze.conversion import REASONS, nets_of, settle, spread
from bongsu.analyze.venue import ZERO

WETH = token("weth")


def told(events, rows, *, untraced=False):
    """What was settled, as (account, asset, amount, receiver, asset, amount), and what was not."""
    made = settle(events, rows, untraced=untraced)
    assert set(made.refused.values()) <= set(REASONS)
    found = [
        (s.account, s.given_asset, s.given, s.receiver, s.received_asset, s.received) for s in made.settled
    ]
    for one in made.settled:
        assert sum(part for _, part in one.payments) == one.given
    return found, made.refused


SWAP = traded((A, 100), (B, 50))


def test_who_pays_a_pool_and_is_paid_by_it_converts():
    rows = moves(("u", "pool", A, 100), ("pool", "u", B, 50))
    made = settle([SWAP], rows, untraced=False)
    (one,) = made.settled
    assert (one.account, one.given, one.received, one.payments, one.arrivals) == (
        "u",
        100,
        50,
        ((0, 100),),
        (1,),
    )
    assert (one.kind, one.protocol, one.method, one.confidence) == ("swap", "uniswap-v2", "decoded", 95)


def test_routers_and_pools_of_a_route_have_no_part_in_it():
    rows = moves(
        ("u", "router", A, 100), ("router", "one", A, 100), ("one", "two", M, 70), ("two", "router", B, 50),
        ("router", "u", B, 50),
    )  # fmt: skip
    route = [traded((A, 100), (M, 70), venue="one"), traded((M, 70), (B, 50), venue="two", position=12)]
    assert told(route, rows) == ([("u", A, 100, "u", B, 50)], {})


def test_what_somebody_keeps_on_the_way_is_the_cost():
    rows = moves(
        ("u", "router", A, 100), ("router", "fee", A, 1), ("router", "pool", A, 99),
        ("pool", "router", B, 50), ("router", "fee", B, 2), ("router", "u", B, 48),
    )  # fmt: skip
    assert told([traded((A, 99), (B, 50))], rows) == ([("u", A, 100, "u", B, 48)], {})


def test_a_payment_beside_the_exchange_is_none_of_it():
    rows = moves(("u", "friend", A, 7), ("u", "pool", A, 100), ("pool", "u", B, 50))
    made = settle([SWAP], rows, untraced=False)
    assert made.settled[0].payments == ((1, 100),)


def test_what_comes_back_is_taken_off():
    rows = moves(
        ("u", "router", A, 120), ("router", "pool", A, 100), ("router", "u", A, 20), ("pool", "u", B, 50)
    )
    (one,) = settle([SWAP], rows, untraced=False).settled
    assert (one.given, one.payments, one.arrivals, one.idle) == (100, ((0, 100),), (3,), (2,))


def test_several_payments_make_one_conversion():
    rows = moves(("u", "pool", A, 60), ("u", "pool", A, 40), ("pool", "u", B, 50))
    (one,) = settle([SWAP], rows, untraced=False).settled
    assert one.payments == ((0, 60), (1, 40))


def test_another_may_receive():
    rows = moves(("u", "pool", A, 100), ("pool", "w", B, 50))
    made = settle([SWAP], rows, untraced=False)
    assert told([SWAP], rows) == ([("u", A, 100, "w", B, 50)], {})
    assert made.settled[0].confidence == 85


@pytest.mark.parametrize(
    ("rows", "events", "reason"),
    [
        ((("u", "pool", A, 100), ("pool", "w", B, 25), ("pool", "x", B, 25)), [SWAP], "several_accounts"),
        (
            (("u", "pool", A, 60), ("v", "pool", A, 40), ("pool", "w", B, 50)),
            [SWAP],
            "several_accounts",
        ),
        ((("u", "pool", A, 100), ("pool", "u", B, 40)), [traded((A, 90), (B, 60))], "transfers_disagree"),
        (
            (("u", "pool", A, 100), ("pool", "u", B, 50), ("pool", "u", M, 5)),
            [traded((A, 100), (B, 50), protocol="curve"), traded((A, 0), (M, 5), protocol="curve", leg=1)],
            "unknown_split",
        ),
    ],
)
def test_what_is_not_followed_says_why(rows, events, reason):
    found, refused = told(events, moves(*rows))
    assert found == []
    assert set(refused.values()) == {reason}


def test_two_accounts_with_conversions_of_their_own():
    rows = moves(("u", "pool", A, 100), ("pool", "u", B, 50), ("v", "pool", A, 10), ("pool", "v", B, 4))
    found, _ = told([SWAP, traded((A, 10), (B, 4), position=12)], rows)
    assert found == [("u", A, 100, "u", B, 50), ("v", A, 10, "v", B, 4)]


def test_a_token_that_keeps_a_part_does_not_hide_the_exchange():
    rows = moves(("u", "pool", A, 100), ("pool", "u", B, 45))
    made = settle([SWAP], rows, untraced=False)
    assert [check.status for check in made.checks] == ["fee_on_transfer"]
    assert (made.settled[0].received, made.settled[0].confidence) == (45, 90)


def wrap(account, amount, **more):
    return traded(
        (COIN, amount), (WETH, amount), kind="wrap", protocol="weth", venue="weth", account=account,
        confidence=95, **more,
    )  # fmt: skip


def unwrap(account, amount, **more):
    return traded(
        (WETH, amount), (COIN, amount), kind="unwrap", protocol="weth", venue="weth", account=account,
        confidence=95, **more,
    )  # fmt: skip


def test_wrapping_is_a_conversion_of_who_wraps():
    rows = moves(("u", "weth", COIN, 5), ("weth", "u", WETH, 5))
    made = settle([wrap("u", 5)], rows, untraced=True)
    (one,) = made.settled
    assert (one.kind, one.payments, one.arrivals) == ("wrap", ((0, 5),), (1,))


def test_unwrapped_coins_are_believed_without_a_trace():
    rows = moves(("u", "weth", WETH, 5))
    (one,) = settle([unwrap("u", 5)], rows, untraced=True).settled
    assert (one.kind, one.received_asset, one.received, one.arrivals) == ("unwrap", COIN, 5, ())
    stated = unwrap("u", 5, position=3)
    weak = type(stated)(
        **{name: getattr(stated, name) for name in stated.__dataclass_fields__} | {"confidence": 80}
    )
    assert settle([weak], rows, untraced=True).settled == ()


def test_a_router_that_wraps_is_passed_through():
    rows = moves(
        ("u", "router", COIN, 5),
        ("weth", "router", WETH, 5),
        ("router", "pool", WETH, 5),
        ("pool", "u", B, 50),
    )
    events = [wrap("router", 5), traded((WETH, 5), (B, 50), position=12)]
    assert told(events, rows, untraced=True) == ([("u", COIN, 5, "u", B, 50)], {})


def test_a_router_may_pay_the_tokens_for_coins_to_another():
    rows = moves(
        ("u", "router", COIN, 5),
        ("weth", "router", WETH, 5),
        ("router", "pool", WETH, 5),
        ("pool", "w", B, 50),
    )
    events = [wrap("router", 5), traded((WETH, 5), (B, 50), position=12)]
    assert told(events, rows, untraced=True) == ([("u", COIN, 5, "w", B, 50)], {})


def test_coins_that_leave_a_router_unseen_need_traces():
    rows = moves(("u", "pool", A, 100), ("pool", "router", WETH, 5), ("router", "weth", WETH, 5))
    events = [traded((A, 100), (WETH, 5)), unwrap("router", 5, position=12)]
    assert told(events, rows, untraced=True) == ([], {0: "needs_traces"})
    seen = moves(*(m[1:] for m in rows), ("weth", "router", COIN, 5), ("router", "u", COIN, 5))
    assert told(events, seen) == ([("u", A, 100, "u", COIN, 5)], {})


def order(**more):
    return traded((A, 100), (B, 50), venue="", account="u", protocol="0x", **more)


def test_an_order_names_its_account_whatever_the_route():
    rows = moves(("u", "desk", A, 100), ("desk", "u", B, 50))
    assert told([order(emitter="desk")], rows) == ([("u", A, 100, "u", B, 50)], {})


def test_an_order_that_the_transfers_do_not_show_is_not_believed():
    rows = moves(("u", "desk", A, 90), ("desk", "u", B, 50))
    assert told([order(emitter="desk")], rows) == ([], {})
    rows = moves(("u", "desk", A, 100), ("desk", "x", B, 40))
    assert told([order(emitter="desk")], rows) == ([], {})


def test_an_order_may_be_paid_out_to_another():
    rows = moves(("u", "desk", A, 100), ("desk", "x", B, 50))
    assert told([order(emitter="desk")], rows) == ([("u", A, 100, "x", B, 50)], {})


def test_a_router_that_an_order_names_is_no_account():
    """It got what it gave; the conversion is that of who paid it."""
    rows = moves(("w", "u", A, 100), ("u", "pool", A, 100), ("pool", "u", B, 50), ("u", "w", B, 50))
    assert told([order(), SWAP], rows) == ([("w", A, 100, "w", B, 50)], {})


def test_maker_and_taker_both_convert():
    rows = moves(("u", "maker", A, 100), ("maker", "u", B, 50))
    filled = [
        traded((A, 100), (B, 50), venue="maker", protocol="0x"),
        traded((B, 50), (A, 100), venue="", account="maker", protocol="0x", leg=1),
    ]
    found, _ = told(filled, rows)
    assert found == [("maker", B, 50, "maker", A, 100), ("u", A, 100, "u", B, 50)]


def test_a_share_of_a_pool_for_two_tokens_halves_the_share():
    own = token("pool")
    rows = moves(("u", "pool", A, 100), ("u", "pool", B, 50), (ZERO, "u", own, 7))
    legs = [
        event(kind="add_liquidity", slot=0, given=100, received_asset=own, leg=0),
        event(kind="add_liquidity", slot=1, given=50, received_asset=own, leg=1),
    ]
    found, refused = told(legs, rows)
    assert found == [("u", A, 100, "u", own, 4), ("u", B, 50, "u", own, 3)]
    assert refused == {}


def test_two_tokens_for_a_share_halve_what_is_given():
    own = token("pool")
    rows = moves(("u", "pool", own, 7), ("pool", ZERO, own, 7), ("pool", "u", A, 100), ("pool", "u", B, 50))
    legs = [
        event(kind="remove_liquidity", slot=0, received=100, given_asset=own, leg=0),
        event(kind="remove_liquidity", slot=1, received=50, given_asset=own, leg=1),
    ]
    made = settle(legs, rows, untraced=False)
    assert [(s.given, s.received_asset, s.received) for s in made.settled] == [(4, A, 100), (3, B, 50)]
    assert [s.payments for s in made.settled] == [((0, 4),), ((0, 3),)]


def test_nets_add_up_to_nothing():
    nets = nets_of(moves(("u", "v", A, 5), ("v", "w", A, 3)))
    assert {holder: net[A] for holder, net in nets.items()} == {"u": -5, "v": 2, "w": 3}


def test_what_came_back_is_taken_off_the_last_payment_first():
    rows = moves(("u", "p", A, 10), ("u", "p", A, 10))
    assert spread(rows, 12, 12) == ((0, 10), (1, 2))
    assert spread(rows, 7, 20) == ((0, 3), (1, 4))
