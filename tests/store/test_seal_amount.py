"""Amounts that no row states."""

import pytest
from tests.data.ledger_rows import moved, sources, utxo

from bongsu.store.ledger import memory_ledger

PAY = {"kind": "pay", "source": "t1", "tx_hash": "t1"}
FEE = {"kind": "fee", "source": "t1", "target": "fee:1", "position": 9}


def spend(output, amount=None, position=0):
    return {"kind": "spend", "source": output, "target": "t1", "amount": amount, "position": position}


def seal(*given):
    return memory_ledger(utxo(*given), sources(2))


def spends(ledger):
    return [(m["source"], m["amount"], m["assumed"]) for m in moved(ledger) if m["kind"] == "spend"]


def test_spend_has_the_amount_of_the_row_that_paid_the_output():
    before = {"kind": "pay", "source": "t0", "target": "t0:1", "tx_hash": "t0", "amount": 50, "block": 0}
    ledger = seal(before, spend("t0:1"), PAY | {"target": "t1:0", "amount": 49}, FEE | {"amount": None})
    assert spends(ledger) == [("t0:1", 50, False)]
    assert [m["amount"] for m in moved(ledger) if m["kind"] == "fee"] == [1]


def test_amount_that_another_file_states_fills_the_same_spend():
    ledger = seal(spend("t0:1"), spend("t0:1", 50) | {"file": 1}, PAY | {"target": "t1:0", "amount": 50})
    assert spends(ledger) == [("t0:1", 50, False)]


def test_first_unknown_input_gets_what_the_transaction_lacks():
    pays = PAY | {"target": "t1:0", "amount": 100, "position": 5}
    ledger = seal(spend("x:0", 30), spend("y:0", None, 1), spend("z:0", None, 2), pays, FEE | {"amount": 5})
    assert spends(ledger) == [("x:0", 30, False), ("y:0", 75, True)]
    assert "z:0" not in ledger.pools().column("holder").to_pylist()
    assert set(ledger.gaps().column("reason").to_pylist()) == {"needs_inputs"}


def test_no_input_is_made_up_where_nothing_lacks():
    ledger = seal(spend("x:0", 100), spend("y:0", None, 1), PAY | {"target": "t1:0", "amount": 100})
    assert spends(ledger) == [("x:0", 100, False)]


def test_fee_is_not_told_while_an_input_is_unknown():
    ledger = seal(spend("x:0"), PAY | {"target": "t1:0", "amount": 100}, FEE | {"amount": None})
    assert spends(ledger) == [("x:0", 100, True)]
    assert [m for m in moved(ledger) if m["kind"] == "fee"] == []


@pytest.mark.parametrize("kind", ["flow", "native"])
def test_other_rows_without_amount_become_gaps(kind):
    ledger = seal({"kind": kind, "amount": None, "tx_hash": "t9"})
    assert moved(ledger) == []
    assert ledger.gaps().column("reason").to_pylist() == ["needs_amount"]


def test_sums_beyond_any_amount_are_not_told():
    most = 10**38 - 1
    pays = [PAY | {"target": f"t1:{n}", "amount": most} for n in range(3)]
    ledger = seal(spend("x:0"), *pays)
    assert spends(ledger) == []
    assert ledger.gaps().column("reason").to_pylist() == ["needs_inputs"]


def test_sums_are_exact_above_a_limb():
    pays = [PAY | {"target": f"t1:{n}", "amount": 10**19 - 1} for n in range(3)]
    assert spends(seal(spend("x:0", 10**19 + 1), spend("y:0", None, 1), *pays))[1] == (
        "y:0",
        2 * 10**19 - 4,
        True,
    )
