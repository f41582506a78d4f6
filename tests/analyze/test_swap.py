import numpy as np
import pytest
from tests.data.ledger_rows import ASSET, CHAIN, at
from tests.data.trace_case import (
    amounts,
    extracted,
    holders,
    known,
    label,
    lead,
    ledger,
    sums,
    tallied,
    traced,
)

from bongsu.analyze.conservation import received_amounts
from bongsu.analyze.end import Labels, mark_ends
from bongsu.analyze.lead import Limits
from bongsu.analyze.swap import REASONS, SwapFinder
from bongsu.analyze.way import doubts_of, weakest_steps, widest_ways
from bongsu.kernel.widest import Unrolled
from bongsu.model.asset import ETHER, Asset

DOLLAR = CHAIN + "/slip44:9000"
EURO = CHAIN + "/slip44:9001"
ASSETS = (ETHER, *(Asset(id=one, symbol=one[-4:], decimals=6, valuation=False) for one in (DOLLAR, EURO)))
IN_T = {"block": 9, "time": at(9), "tx_hash": "t9"}
ROUTER = label("router", "dex")


def dollars(place=2, **other):
    return {"asset": DOLLAR, "position": place, **IN_T, **other}


def ether(place=1, **other):
    return {"position": place, **IN_T, **other}


def swaps_of(*rows, minimum=None, counted=None):
    """Swaps with pools as (holder, asset), and reasons by row."""
    book = ledger(*rows)
    pools = book.pools()
    codes = mark_ends(book, Labels([ROUTER]), Limits(), sources=np.empty(0, dtype=np.int64), valuations={})
    value = np.isin(pools["asset"].to_pylist(), counted or [ASSET, DOLLAR, EURO])
    finder = SwapFinder(ledger=book, codes=codes, counted=value, minimum=minimum or {})
    found = finder.find(np.arange(book.size))
    names = list(zip(pools["holder"].to_pylist(), pools["asset"].to_pylist(), strict=True))
    assert set(found.refused.values()) <= set(REASONS)
    return [(s.row, names[s.target], s.received, s.arrivals) for s in found.found], dict(found.refused)


PAID = ("s", "router", 20, ether())


def test_one_payment_that_brought_one_other_asset_became_it():
    found, refused = swaps_of(("v", "s", 30), PAID, ("pair", "s", 50, dollars()))
    assert found == [(1, ("s", DOLLAR), 50, (2,))]
    assert refused == {}


def test_what_came_in_two_movements_is_added_up():
    found, _ = swaps_of(("v", "s", 30), PAID, ("pair", "s", 50, dollars()), ("more", "s", 7, dollars(3)))
    assert found == [(1, ("s", DOLLAR), 57, (2, 3))]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([PAID], "nothing_received"),
        ([PAID, ("pair", "s", 50, dollars(tx_hash="t10", block=10))], "nothing_received"),
        ([PAID, ("pair", "x", 50, dollars())], "nothing_received"),
        ([PAID, ("pair", "s", 50, dollars()), ("pair", "s", 5, dollars(3, asset=EURO))], "unknown_split"),
        ([PAID, ("pair", "s", 50, dollars()), ("router", "s", 2, ether(3))], "unknown_split"),
        ([PAID, ("s", "router", 1, ether(3)), ("pair", "s", 50, dollars())], "several_payments"),
    ],
)
def test_what_is_less_plain_is_not_guessed(rows, reason):
    found, refused = swaps_of(("v", "s", 30), *rows)
    assert found == []
    assert set(refused.values()) == {reason}


def test_too_little_is_not_followed():
    rows = (("v", "s", 30), PAID, ("pair", "s", 50, dollars()))
    assert swaps_of(*rows, minimum={"*": 21}) == ([], {1: "below_threshold"})
    assert len(swaps_of(*rows, minimum={ASSET: 20, "*": 99})[0]) == 1


def test_an_impostor_is_never_what_was_received():
    rows = (("v", "s", 30), PAID, ("spam", "s", 50, dollars()))
    assert swaps_of(*rows, counted=[ASSET]) == ([], {1: "nothing_received"})
    gift = ("spam", "s", 9, dollars(3, asset=EURO))
    assert len(swaps_of(*rows, gift, counted=[ASSET, DOLLAR])[0]) == 1


def test_the_converter_itself_and_who_pays_no_converter_exchange_nothing():
    through = ("router", "pair", 20, ether(2)), ("pair", "router", 9, dollars(3))
    found, refused = swaps_of(("s", "router", 20, ether(1)), *through)
    assert [(row, pool) for row, pool, *_ in found] == [(2, ("pair", ASSET))]
    assert refused == {0: "nothing_received"}
    assert swaps_of(("s", "pair", 20, ether()), ("pair", "s", 9, dollars())) == ([], {})


T13 = (
    ("v", "s", 8),
    ("s", "a", 8, {"block": 5, "time": at(5), "tx_hash": "t5"}),
    ("x", "a", 12, {"block": 6, "time": at(6), "tx_hash": "t6"}),
    ("a", "router", 20, ether()),
    ("pair", "a", 5000, dollars()),
)
"""2 ether, 0.8 of it stolen and first in the queue, for 5,000 dollars; in tenths of an ether."""
SPENT = ("a", "b", 2500, {"asset": DOLLAR, "block": 10, "time": at(10), "tx_hash": "t10"})


def test_t13_two_thousand_of_the_dollars_are_stolen():
    made = traced(ledger(*T13, SPENT), lead("s"), facts=known(ROUTER, assets=ASSETS))
    assert {key: value for key, value in amounts(made).items() if value} == {("b", "unspent"): 2000}
    lifo = {key: value for key, value in amounts(made, "lifo").items() if value}
    assert lifo == {("b", "unspent"): 2000}
    haircut = {key: value for key, value in amounts(made, "haircut").items() if value}
    assert haircut == {("a", "unspent"): 1000, ("b", "unspent"): 1000}
    assert amounts(made, "poison")["b", "unspent"] == 2500


def test_both_assets_add_up():
    made = traced(ledger(*T13, SPENT), lead("s"), facts=known(ROUTER, assets=ASSETS))
    for name, balance in made.balances.items():
        assert balance.balanced or name == "poison"
    fifo = made.balances["fifo"]
    assert fifo.stolen == {ASSET: 8}
    assert {asset: value for asset, value in fifo.terms["converted_out"].items() if value} == {ASSET: 8}
    assert fifo.terms["converted_in"] == {DOLLAR: 2000}
    assert fifo.terms["held"] == {DOLLAR: 2000}


def test_an_exchange_that_is_not_followed_ends_at_the_converter():
    made = traced(ledger(*T13[:4]), lead("s"), facts=known(ROUTER, assets=ASSETS))
    assert amounts(made)["router", "conversion"] == 8
    assert made.found.unconverted == {"nothing_received": 1}
    assert made.balances["fifo"].terms["converted_out"] == {ASSET: 8}


def test_the_way_leads_through_the_exchange_and_says_that_it_is_inferred():
    book = ledger(*T13, SPENT)
    found = extracted(book, lead("s"), labels=[ROUTER])
    tally = tallied(found)
    (m,) = found.turns
    assert sums(received_amounts(found))[m] == 5000
    assert (sums(tally.paid)[m], sums(tally.carried)[m]) == (8, 2000)
    pool = next(p for p, name in enumerate(holders(found)) if name == "b")
    way = widest_ways(found, tally).to(pool)
    assert book.citations(found.rows[way])["tx_hash"].to_pylist() == ["t5", "t9", "t10"]
    ways = Unrolled(np.array([0, len(way)]), np.array(way))
    assert weakest_steps(doubts_of(found, tally), ways) == [(2, "mixed", 40)]


def test_at_the_thiefs_own_address_what_it_got_is_not_stolen_twice():
    rows = (("v", "s", 20), ("s", "router", 20, ether()), ("pair", "s", 50, dollars()))
    made = traced(ledger(*rows), lead("s"), facts=known(ROUTER, assets=ASSETS))
    assert made.balances["fifo"].stolen == {ASSET: 20}
    assert made.balances["fifo"].terms["converted_in"] == {DOLLAR: 50}
    assert amounts(made)["s", "unspent"] == 50


def test_an_exchange_of_other_funds_brings_other_funds():
    clean = (
        ("x", "y", 9, {"block": 1, "tx_hash": "t1"}),
        ("y", "router", 9, ether()),
        ("pair", "y", 90, dollars()),
    )
    rows = (*clean, ("v", "s", 5, {"asset": DOLLAR, "block": 11, "time": at(11), "tx_hash": "t11"}))
    later = {"asset": DOLLAR, "block": 12, "time": at(12), "tx_hash": "t12"}
    made = traced(
        ledger(*rows, ("s", "y", 5, later), ("y", "z", 95, {**later, "block": 13, "tx_hash": "t13"})),
        lead("s"),
        facts=known(ROUTER, assets=ASSETS),
    )
    assert made.found.turns == {}
    assert amounts(made)["z", "unspent"] == 5
    assert made.balances["fifo"].unknown == {}


def test_at_the_last_hop_nothing_is_exchanged():
    rows = (("v", "s", 20), ("s", "a", 20), ("a", "router", 20, ether()), ("pair", "a", 50, dollars()))
    made = traced(ledger(*rows), lead("s"), Limits(hops=1), facts=known(ROUTER, assets=ASSETS))
    assert {key: value for key, value in amounts(made).items() if value} == {("a", "hops"): 20}


def random_rows(seed):
    """Payments in two assets among a few accounts, some of them exchanges, from a theft on."""
    rng = np.random.default_rng(seed)
    rows = [("v", "s", int(rng.integers(1, 99)))]
    for n in range(2, int(rng.integers(5, 40))):
        place = {"block": n, "time": at(n), "tx_hash": f"t{n}"}
        first, second = (str(rng.choice(["s", "a", "b", "c", "x"])) for _ in range(2))
        assets = [ASSET, DOLLAR] if rng.random() < 0.5 else [DOLLAR, ASSET]
        amount, got = (int(value) for value in rng.integers(1, 99, 2))
        if rng.random() < 0.4:
            rows.append((first, "router", amount, {**place, "asset": assets[0], "position": 1}))
            rows.append(("pair", first, got, {**place, "asset": assets[1], "position": 2}))
        else:
            rows.append((first, second, amount, {**place, "asset": assets[0]}))
    return rows


def given_away(made, policy, asset):
    """What exchanges took of an asset."""
    assets, source = made.found.pools["asset"].to_pylist(), made.found.case.moves.source
    own = [m for m in made.found.turns if assets[source[m]] == asset]
    return sum(sums(made.tallies[policy].paid).get(m, 0) for m in own)


def test_every_policy_adds_up_whatever_is_exchanged():
    followed = 0
    for seed in range(60):
        made = traced(ledger(*random_rows(seed)), lead("s"), facts=known(ROUTER, assets=ASSETS))
        followed += len(made.found.turns)
        for policy in set(made.balances) - {"poison"}:
            balance = made.balances[policy]
            for asset in (ASSET, DOLLAR):
                there = sum(end.amount[policy] for end in made.endpoints if end.asset == asset)
                came = balance.stolen.get(asset, 0) + balance.terms["converted_in"].get(asset, 0)
                assert there == came - given_away(made, policy, asset), (seed, policy)
    assert followed > 120
