"""Conversions that balances alone show."""

import pytest
from tests.data.conversion_case import A, B, M, moves
from tests.data.event_log import COIN

from bongsu.analyze.conversion_guess import INFERRED, guess
from bongsu.analyze.venue import ZERO

SWAP = moves(("u", "pool", A, 100), ("pool", "u", B, 50))


def guessed(rows, sender=None, called=None):
    found, refused = guess(rows, sender=sender, called=called)
    return [(s.account, s.given_asset, s.given, s.received_asset, s.received, s.kind) for s in found], refused


def test_the_sender_is_the_account():
    found, refused = guess(SWAP, sender="u", called=None)
    assert [(s.account, s.method, s.confidence) for s in found] == [("u", "inferred", INFERRED)]
    assert refused == {}


def test_else_the_contract_that_was_called():
    rows = moves(("bot", "pool", A, 100), ("pool", "bot", B, 50))
    assert guessed(rows, sender="u", called="bot")[0] == [("bot", A, 100, B, 50, "swap")]


def test_without_either_nobody_knows_which_side_is_the_account():
    assert guessed(SWAP) == ([], {0: "side_unknown", 1: "side_unknown"})
    assert guessed(SWAP, sender="w")[0] == []


def test_a_route_is_the_senders_net():
    rows = moves(
        ("u", "one", A, 100), ("one", "two", M, 70), ("two", "router", B, 50), ("router", "u", B, 50)
    )
    assert guessed(rows, sender="u")[0] == [("u", A, 100, B, 50, "swap")]


def test_coins_count():
    rows = moves(("u", "router", COIN, 5), ("router", "weth", COIN, 5), ("pool", "u", B, 50))
    assert guessed(rows, sender="u")[0] == [("u", COIN, 5, B, 50, "swap")]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("u", "vault", A, 100), (ZERO, "u", B, 50)], "mint"),
        ([("u", ZERO, A, 100), ("vault", "u", B, 50)], "redeem"),
    ],
)
def test_shares_are_minted_and_redeemed(rows, kind):
    assert guessed(moves(*rows), sender="u")[0][0][-1] == kind


def test_several_assets_are_not_guessed():
    rows = [*SWAP, *moves(("pool", "u", M, 1))]
    assert guessed(rows, sender="u") == ([], {0: "unknown_split", 1: "unknown_split"})


def test_payments_alone_convert_nothing():
    assert guessed(moves(("u", "v", A, 5), ("u", "w", A, 5)), sender="u") == ([], {})


def test_one_who_also_pays_what_it_got_is_left():
    rows = [*SWAP, *moves(("u", "friend", B, 1))]
    assert guessed(rows, sender="u")[0] == []
