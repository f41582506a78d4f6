"""Conversions of a ledger in its own numbers, as the kernels take them."""

import numpy as np
import pyarrow as pa
import pytest
from tests.data.conversion_case import LP, A, B, M, event, traded
from tests.data.event_log import COIN
from tests.data.ledger_rows import gaps, rows, sources

from bongsu.analyze.exchange import (
    Gaps,
    as_swaps,
    conversions_as_swaps,
    converting_moves,
    find_exchanges,
    gap_facts,
    ledger_moves,
    pool_finder,
)
from bongsu.model.conversion import CONVERSION
from bongsu.store.ledger import memory_ledger

TX = "0x1"


def book(*given, missing=None):
    """Ledger of one transaction's moves (source, target, asset, amount[, kind])."""
    filled = [
        {
            "source": one[0],
            "target": one[1],
            "asset": one[2],
            "amount": one[3],
            "kind": one[4] if len(one) > 4 else ("native" if one[2] == COIN else "token"),
            "position": place,
            "tx_index": 0,
            "tx_hash": TX,
        }
        for place, one in enumerate(given)
    ]
    return memory_ledger(rows(*filled), sources(), gaps=missing)


def table(*events):
    records = [{name: getattr(one, name) for name in CONVERSION.names} for one in events]
    return pa.Table.from_pylist(records, schema=CONVERSION)


def every(ledger):
    return np.arange(ledger.movements().num_rows)


def found_in(ledger, events=(), **other):
    moves = ledger_moves(ledger, every(ledger))
    return find_exchanges(
        moves, table(*events), pool_finder(ledger), gaps=gap_facts(ledger.gaps()), **other
    ), moves


SWAP = traded((A, 100), (B, 50))
PAIR = (("u", "pool", A, 100), ("pool", "u", B, 50))
GAS = ("u", "null", COIN, 1, "base_fee")


def test_a_conversion_is_told_in_the_ledgers_numbers():
    ledger = book(*PAIR)
    (one,), _ = (found_in(ledger, [SWAP])[0].found, None)
    pool = ledger.pools().slice(one.target, 1).to_pylist()[0]
    assert (pool["holder"], pool["asset"]) == ("u", B)
    assert one.shares == (50,)
    swaps = conversions_as_swaps(table(SWAP), ledger, every(ledger))
    assert [(s.row, s.target, s.received, s.arrivals) for s in swaps.found] == [(0, one.target, 50, (1,))]


def test_events_of_other_transactions_are_left():
    other = traded((A, 100), (B, 50), tx_hash="0x2")
    assert found_in(book(*PAIR), [other], guessing=False)[0].found == ()


def test_several_payments_share_by_largest_remainder():
    ledger = book(("u", "pool", A, 60), ("u", "pool", A, 40), ("pool", "u", B, 3))
    found, moves = found_in(ledger, [traded((A, 100), (B, 3))])
    assert found.found[0].shares == (2, 1)
    assert [(s.row, s.received) for s in as_swaps(found, moves).found] == [(0, 2), (1, 1)]


def test_without_events_the_payer_of_the_fee_is_the_account():
    found, _ = found_in(book(*PAIR, GAS))
    assert [(one.settled.account, one.settled.method) for one in found.found] == [("u", "inferred")]
    assert found_in(book(*PAIR, GAS), guessing=False)[0].found == ()
    assert found_in(book(*PAIR))[0].refused == {0: "side_unknown", 1: "side_unknown"}


def test_a_gap_names_the_contract_that_was_called():
    missing = gaps(
        {"tx_hash": TX, "holder": "u", "reason": "needs_traces"},
        {"tx_hash": "0x9", "reason": "needs_receipts"},
    )
    ledger = book(*PAIR, missing=missing)
    assert gap_facts(ledger.gaps()) == Gaps(untraced=frozenset({TX}), called={TX: "u"})
    assert [one.settled.account for one in found_in(ledger)[0].found] == ["u"]


def test_where_coins_are_missing_nothing_is_guessed():
    """The account sold for coins that no row shows; the token that it got besides is not what it sold for."""
    weth = "eip155:1/erc20:weth"
    moves = (
        ("u", "pool", A, 100),
        ("pool", "router", weth, 5),
        ("router", "weth", weth, 5),
        ("x", "u", M, 1),
        GAS,
    )
    events = [
        traded((A, 100), (weth, 5)),
        traded(
            (weth, 5), (COIN, 5), kind="unwrap", protocol="weth", venue="weth", account="router",
            confidence=95, position=12,
        ),
    ]  # fmt: skip
    missing = gaps({"tx_hash": TX, "holder": "router", "reason": "needs_traces"})
    found, _ = found_in(book(*moves, missing=missing), events)
    assert (found.found, found.refused) == ((), {0: "needs_traces"})


def test_a_pool_that_the_ledger_lacks_is_no_target():
    ledger = book(("u", "weth", A, 5), missing=gaps({"tx_hash": TX, "holder": "weth"}))
    said = traded((A, 5), (COIN, 5), kind="unwrap", protocol="weth", venue="weth", account="u", confidence=95)
    found, _ = found_in(ledger, [said])
    assert (found.found, found.refused) == ((), {0: "needs_traces"})


def test_a_payment_that_would_be_cut_is_refused_as_a_swap():
    ledger = book(("u", "router", A, 120), ("router", "pool", A, 100), ("router", "u", A, 20), PAIR[1])
    found, moves = found_in(ledger, [SWAP])
    assert [one.settled.payments for one in found.found] == [((0, 100),)]
    swaps = as_swaps(found, moves)
    assert (swaps.found, swaps.refused) == ((), {0: "unknown_split"})


def test_of_two_parties_each_pays_with_what_the_other_gets():
    ledger = book(("u", "maker", A, 100), ("maker", "u", B, 50))
    filled = [
        traded((A, 100), (B, 50), venue="maker"),
        traded((B, 50), (A, 100), venue="", account="maker", leg=1),
    ]
    found, moves = found_in(ledger, filled)
    assert [(s.row, s.received, s.arrivals) for s in as_swaps(found, moves).found] == [
        (0, 50, ()),
        (1, 100, ()),
    ]
    made = cases(ledger, found)
    assert [(one[3], one[4]) for one in made] == [(100, 50), (50, 100)]


def cases(ledger, found):
    """Movements of the case: (row, payer, payee, amount, received), pools as (holder, asset)."""
    names = [(p["holder"], p["asset"]) for p in ledger.pools().to_pylist()]
    amounts = [int(a) for a in ledger.movements()["amount"].to_pylist()]
    made = converting_moves(ledger.ends(), amounts, found.found)
    columns = (made.row.tolist(), made.source.tolist(), made.target.tolist(), made.amount, made.received)
    return [(row, names[s], names[t], a, r) for row, s, t, a, r in zip(*columns, strict=True)]


def test_in_a_case_arrivals_and_what_came_back_are_left_out():
    ledger = book(("u", "router", A, 120), ("router", "pool", A, 100), ("router", "u", A, 20), PAIR[1])
    found, _ = found_in(ledger, [SWAP])
    assert cases(ledger, found) == [
        (0, ("u", A), ("u", B), 100, 50),
        (1, ("router", A), ("pool", A), 100, 0),
    ]


def test_in_a_case_a_payment_stands_once_and_then_for_what_else_it_became():
    ledger = book(
        ("u", "pool", LP, 7), ("pool", "0x" + "0" * 40, LP, 7), ("pool", "u", A, 100), ("pool", "u", B, 50)
    )
    legs = [
        event(kind="remove_liquidity", slot=0, received=100, given_asset=LP, leg=0),
        event(kind="remove_liquidity", slot=1, received=50, given_asset=LP, leg=1),
    ]
    found, _ = found_in(ledger, legs)
    assert [one for one in cases(ledger, found) if one[4]] == [
        (0, ("u", LP), ("u", A), 7, 100),
        (0, ("u", LP), ("u", B), 0, 50),
    ]


def test_a_case_without_exchanges_is_the_ledger():
    ledger = book(*PAIR)
    assert [one[0] for one in cases(ledger, found_in(ledger, guessing=False)[0])] == [0, 1]
    nothing = converting_moves((np.empty(0, dtype=np.int64),) * 2, [], [])
    assert (len(nothing.row), nothing.amount) == (0, [])


@pytest.mark.parametrize("holder", ["u", "nobody"])
def test_pools_are_found_by_chain_asset_and_holder(holder):
    ledger = book(*PAIR)
    found = pool_finder(ledger)("eip155:1", B, holder)
    assert (found is None) == (holder == "nobody")
