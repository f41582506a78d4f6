"""Gaps that other files fill go; others stay, once."""

import pyarrow as pa
from tests.data.ledger_rows import BITCOIN, CHAIN, gaps, rows, sources, utxo

from bongsu.store.block_fact import trace_facts
from bongsu.store.engine import open_engine
from bongsu.store.ledger import memory_ledger
from bongsu.store.seal import seal_rows
from bongsu.store.seal_gap import load_gaps
from bongsu.store.seal_row import load_table

MISSING = {"chain": BITCOIN, "tx_hash": "t1", "holder": "t1", "reason": "needs_inputs"}
PAID = {"kind": "pay", "source": "t1", "target": "t1:0", "amount": 7}
SPEND = {"kind": "spend", "source": "t0:0", "target": "t1"}


def reasons(transfers, missing):
    return memory_ledger(transfers, sources(), gaps=missing).gaps().column("reason").to_pylist()


def test_known_inputs_close_the_gap():
    assert reasons(utxo(PAID, SPEND | {"amount": 7}), gaps(MISSING)) == []


def test_assumed_or_absent_inputs_keep_it():
    assert reasons(utxo(PAID, SPEND | {"amount": None}), gaps(MISSING)) == ["needs_inputs"]
    assert reasons(utxo(PAID), gaps(MISSING)) == ["needs_inputs"]


def test_equal_gaps_of_two_files_are_one():
    found = memory_ledger(rows({}), sources(), gaps=gaps({"locator": 8}, {"locator": 3})).gaps()
    assert found.column("locator").to_pylist() == [3]


def test_traces_of_the_block_close_its_gaps():
    with open_engine() as engine:
        load_table(engine, rows({}))
        load_gaps(engine, [], gaps({"block": 1}, {"block": 2}))
        engine.register("traced", trace_facts(CHAIN, pa.array([1]).to_numpy()).select(["chain", "block"]))
        _counts, left = seal_rows(engine)
    assert left.column("block").to_pylist() == [2]
