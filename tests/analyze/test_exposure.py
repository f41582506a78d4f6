from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.ledger_rows import ASSET, BITCOIN, at, gaps, paid, sources, utxo
from tests.data.trace_case import LIMITS, TOKEN, known, label, lead, ledger, theft, traced

from bongsu.analyze import exposure
from bongsu.analyze.exposure import incident_exposure
from bongsu.errors import ConservationError, LeadError
from bongsu.model.exposure import EXPOSURE, PASSAGE
from bongsu.store.ledger import memory_ledger


def exposed(book, asked, facts=None):
    """Exposure of a lead, and its rows by (address, policy)."""
    made = incident_exposure(book, asked, LIMITS, facts or known())
    return made, {(row["address"], row["policy"]): row for row in made.exposures.to_pylist()}


def arrived(rows, address, name="arrived"):
    return {policy: int(row[name]) for (found, policy), row in rows.items() if found == address}


SHARED = (("v", "s", 100), ("c", "x", 50), ("s", "x", 100), ("x", "y", 60), ("c", "d", 5))


def test_each_policy_says_what_arrived():
    made, rows = exposed(ledger(*SHARED), lead("s"))
    expected = {"poison": 60, "haircut": 40, "fifo": 10, "lifo": 60, "tiho": 60, "pifo": 60, "libr": 10}
    assert arrived(rows, "y") == arrived(rows, "y", "held") == expected
    assert arrived(rows, "x", "held") == {"poison": 100} | {
        p: 100 - v for p, v in expected.items() if p != "poison"
    }
    assert made.policies == list(expected)
    assert made.exposures.schema.equals(EXPOSURE)
    assert made.passages.schema.equals(PASSAGE)


def test_who_got_nothing_has_no_row():
    _made, rows = exposed(ledger(*SHARED), lead("s"))
    assert {address for address, _policy in rows} == {"s", "x", "y"}


def test_hops_times_and_what_came_straight():
    book = ledger(("v", "s", 10), ("s", "x", 4), ("s", "y", 6), ("y", "x", 6), ("x", "z", 1))
    _made, rows = exposed(book, lead("s"))
    one = rows["x", "fifo"]
    assert (one["hops"], int(one["arrived"]), int(one["direct"]), int(one["held"])) == (1, 10, 4, 9)
    assert (one["first_arrival"], one["last_arrival"]) == (at(2), at(4))
    assert [rows[name, "fifo"]["hops"] for name in ("s", "y", "z")] == [0, 1, 2]
    assert int(rows["z", "fifo"]["direct"]) == 0
    assert (one["stop"], rows["y", "fifo"]["stop"]) == ("unspent", "")


def test_an_end_holds_what_arrived_under_poison_too():
    book = ledger(("v", "s", 10), ("s", "m", 6), ("m", "x", 6))
    _made, rows = exposed(book, lead("s"), known(label("m", "mixer")))
    assert set(arrived(rows, "m", "held").values()) == {6}
    assert rows["m", "poison"]["stop"] == rows["m", "fifo"]["stop"] == "mixer"
    assert arrived(rows, "x") == {}


def test_fees_and_burns_are_no_addresses():
    fee = {"kind": "fee", "tx_hash": "t2", "block": 2, "position": 2**31}
    book = ledger(("v", "s", 10), ("s", "x", 6), ("s", "fee:2", 1, fee), ("s", "null", 2))
    made, rows = exposed(book, lead("s"))
    assert {address for address, _policy in rows} == {"s", "x"}
    assert made.passages.num_rows == 4 * len(made.policies)


def test_a_transaction_says_what_it_moved_between_whom():
    book = ledger(*SHARED, ("x", "y", 10, {"tx_hash": "t4", "block": 4, "time": at(4), "position": 1}))
    made, _rows = exposed(book, lead("s"))
    names = book.pools()["holder"].to_pylist()
    found = {
        (row["tx_hash"], names[row["source"]], names[row["target"]]): int(row["amount"])
        for row in made.passages.to_pylist()
        if row["policy"] == "lifo"
    }
    assert found == {("t1", "v", "s"): 100, ("t3", "s", "x"): 100, ("t4", "x", "y"): 70}
    assert all(row["tx_hash"] for row in made.passages.to_pylist())


def test_movements_without_a_hash_have_no_passage():
    made, rows = exposed(ledger(("v", "s", 3, {"tx_hash": ""})), lead("s"))
    assert made.passages.num_rows == 0
    assert arrived(rows, "s")["fifo"] == 3


def test_an_address_of_outputs_is_the_sum_of_its_outputs():
    first, second, third = (f"{n:064x}" for n in (1, 2, 3))
    moves = [
        (first, f"{first}:0", 10, "S"), (f"{first}:0", second, 10, None), (second, f"{second}:0", 6, "X"),
        (second, f"{second}:1", 3, "X"), (second, "fee:2", 1, None), (f"{second}:0", third, 6, None),
        (third, f"{third}:0", 6, "Y"),
    ]  # fmt: skip
    owner = [first, second, second, second, second, third, third]
    table = utxo(
        *(
            {"source": s, "target": t, "amount": n, "address": a, "block": int(tx, 16), "tx_index": 0}
            | {
                "position": place,
                "tx_hash": tx,
                "kind": "spend" if t == tx else "pay",
                "time": at(int(tx, 16)),
            }
            for place, ((s, t, n, a), tx) in enumerate(zip(moves, owner, strict=True))
        )
    )
    _made, rows = exposed(memory_ledger(table, sources()), lead(theft("S", chain=BITCOIN)))
    assert {address for address, _policy in rows} == {"S", "X", "Y"}
    one = rows["X", "fifo"]
    assert [int(one[name]) for name in ("arrived", "direct", "held")] == [9, 9, 3]
    assert [rows[name, "fifo"]["hops"] for name in ("S", "X", "Y")] == [0, 1, 2]
    assert int(rows["Y", "fifo"]["direct"]) == 0


def test_fake_tokens_count_for_nothing():
    book = ledger(("v", "s", 10), ("s", "x", 4), ("s", "y", 9, {"asset": TOKEN, "kind": "token"}))
    _made, rows = exposed(book, lead("s"))
    assert {(address, row["asset"]) for (address, _p), row in rows.items()} == {("s", ASSET), ("x", ASSET)}


def test_a_ledger_without_the_lead_is_refused():
    with pytest.raises(LeadError):
        exposed(ledger(*SHARED), lead("q"))


def test_it_says_what_was_assumed_and_what_has_no_order():
    same = {"block": 2, "tx_hash": "", "tx_index": None, "position": None, "time": None}
    book = ledger(("v", "s", 1), ("s", "x", 5), ("x", "y", 1, same), ("z", "x", 1, same))
    made, _rows = exposed(book, lead("s"))
    assert made.assumed
    assert made.unordered
    plain, _rows = exposed(ledger(*SHARED), lead("s"))
    assert (plain.assumed, plain.unordered) == (False, 0)


def test_a_balance_that_does_not_hold_stops_it(monkeypatch):
    whole = exposure.balance_of
    monkeypatch.setattr(exposure, "balance_of", lambda *a, **k: replace(whole(*a, **k), balanced=False))
    with pytest.raises(ConservationError, match="haircut"):
        exposed(ledger(*SHARED), lead("s"))


@given(st.lists(st.tuples(*[st.sampled_from("vsxyzm")] * 2, st.integers(1, 9)), min_size=1, max_size=12))
def test_what_is_held_is_what_a_trace_says(moves):
    book = memory_ledger(paid(("v", "s", 5), *moves), sources(), gaps=gaps({"holder": "z"}))
    facts = known(label("m", "exchange"))
    made = traced(book, lead("s"), facts=facts)
    _exposed, rows = exposed(book, lead("s"), facts)
    for end in made.endpoints:
        for policy, amount in end.amount.items():
            row = rows.get((end.address, policy))
            assert amount == (int(row["held"]) if row else 0)
            assert not amount or row["stop"] == end.stop
    held = {key for key, row in rows.items() if row["held"] and key[1] != "poison"}
    assert held <= {(end.address, policy) for end in made.endpoints for policy in end.amount}
