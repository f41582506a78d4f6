"""Why the tokens of a transaction moved as they did."""

from tests.data.conversion_case import A, B, M, moves, traded
from tests.data.event_log import COIN, token
from tests.data.ledger_rows import rows

from bongsu.analyze.conversion import settle
from bongsu.analyze.conversion_guess import guess
from bongsu.analyze.reconcile import WHYS, Reconciled, compare_transfers, explain
from bongsu.analyze.venue import ZERO

SWAP = traded((A, 100), (B, 50))


def whys(given, events=(), *, untraced=False, sender=None, **other):
    """(holder, asset) to why."""
    settlement = settle(events, given, untraced=untraced)
    inferred = guess(given, sender=sender, called=None)[0] if sender else []
    found = explain("t", given, settlement, inferred=inferred, untraced=untraced, **other)
    assert all(net.why in WHYS and net.amount for net in found)
    return {(net.holder, net.asset): net.why for net in found}


def test_an_exchange_its_venue_and_those_between():
    given = moves(("u", "router", A, 100), ("router", "pool", A, 100), ("pool", "u", B, 50))
    assert whys(given, [SWAP]) == {
        ("u", A): "converted",
        ("u", B): "converted",
        ("pool", A): "venue",
        ("pool", B): "venue",
    }


def test_what_a_token_kept_is_named():
    given = moves(("u", "pool", A, 100), ("pool", "u", B, 45))
    assert whys(given, [SWAP])["pool", B] == "fee_on_transfer"
    more = moves(("u", "pool", A, 90), ("pool", "u", B, 50))
    assert whys(more, [SWAP])["pool", A] == "rebasing"


def test_payments_mints_and_burns():
    assert whys(moves(("u", "v", A, 5))) == {("u", A): "payment", ("v", A): "payment"}
    made = whys(moves((ZERO, "u", A, 5)))
    assert made == {(ZERO, A): "made_or_burned", ("u", A): "payment"}


def test_a_gift_beside_an_exchange_is_a_payment():
    given = moves(("u", "pool", A, 100), ("pool", "u", B, 50), ("farm", "u", M, 7))
    found = whys(given, [SWAP])
    assert found["u", M] == found["farm", M] == "payment"


def test_one_who_gave_and_got_without_a_reason_is_unexplained():
    given = moves(("u", "shop", A, 100), ("shop", "u", B, 50))
    assert set(whys(given).values()) == {"unexplained"}
    assert set(whys(given, sender="u").values()) == {"inferred"}
    doubted = whys(given, [traded((A, 90), (B, 60), venue="shop")])
    assert set(doubted.values()) == {"unexplained"}


def test_coins_count_as_the_other_side():
    bought = moves(("u", "shop", COIN, 5), ("shop", "u", A, 100))
    assert whys(bought) == {("u", A): "unexplained", ("shop", A): "unexplained"}
    assert set(whys(bought, untraced=True).values()) == {"needs_traces"}
    assert set(whys(bought, sender="u").values()) == {"inferred"}


def test_coins_that_only_a_trace_shows():
    weth = token("weth")
    given = moves(("u", "pool", A, 100), ("pool", "router", weth, 5), ("router", "weth", weth, 5))
    events = [
        traded((A, 100), (weth, 5)),
        traded(
            (weth, 5), (COIN, 5), kind="unwrap", protocol="weth", venue="weth", account="router",
            confidence=95, position=12,
        ),
    ]  # fmt: skip
    assert whys(given, events, untraced=True)["u", A] == "needs_traces"


def test_single_things_are_no_tokens():
    given = moves(("u", "shop", A, 100), ("shop", "u", B, 1))
    assert set(whys(given, nonfungible={B}).values()) == {"payment"}


def test_counts_are_in_the_order_of_the_reasons():
    made = Reconciled()
    given = moves(("u", "shop", A, 100), ("shop", "u", B, 50))
    made.nets += explain("t", given, settle([], given, untraced=False))
    made.nets += explain("t", moves(("u", "v", A, 5)), settle([], [], untraced=False))
    assert made.counts() == {"payment": 2, "unexplained": 4}
    assert len(made.unexplained()) == 4


def test_statements_of_the_same_transfers_are_compared_place_by_place():
    first = rows({"position": 1}, {"position": 2}, {"position": 3})
    second = rows({"position": 1}, {"position": 2, "amount": 9}, {"position": 4})
    found = compare_transfers(first, second)
    assert (found.both, found.differing, found.only_first, found.only_second) == (1, 1, 1, 1)
