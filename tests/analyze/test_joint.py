import numpy as np
from tests.data.pattern_case import hash_of, joints, spending_book

from bongsu.analyze.joint import UNKNOWN, joints_of_movements, joints_of_transfers

FIRST = ("one", [("far:1", "A", None), ("far:2", None, 7)], [("B", 5), (None, 2)])
SECOND = ("two", [("one:0", "B", 5)], [("A", 4)])


def names(made, codes):
    return [None if code == UNKNOWN else made.addresses[int(code)].as_py() for code in codes]


def test_transfers_keep_every_input():
    made = joints(FIRST, SECOND)
    assert made.tx_hash.to_pylist() == [hash_of("one"), hash_of("two")]
    assert made.inputs.count.tolist() == [2, 1]
    assert made.outputs.count.tolist() == [2, 1]
    assert names(made, made.inputs.address) == ["A", None, "B"]
    assert names(made, made.outputs.address) == ["B", None, "A"]
    assert made.inputs.amount.tolist() == [UNKNOWN, 7, 5]
    assert made.inputs.outpoint[2] == made.outputs.outpoint[0]
    assert made.whole.tolist() == [True, True]
    assert (np.diff(made.time) == 10**6).all()


def test_a_sealed_ledger_shows_what_it_has():
    book = spending_book(("one", [("far:1", "A", None), ("far:2", "C", None)], FIRST[2]), SECOND)
    made = joints_of_movements(book.movements, book.pools)
    assert made.whole.tolist() == [False, True]
    assert made.inputs.count.tolist() == [1, 1]
    assert names(made, made.outputs.address) == ["B", None, "A"]
    kinds = book.movements["kind"].take(np.sort(made.rows(1))).to_pylist()
    assert kinds == ["spend", "pay"]


def test_rows_lead_back_to_the_table_and_touch():
    made = joints(FIRST, SECOND)
    rows = np.zeros(6, dtype=bool)
    rows[made.rows(1)[0]] = True
    assert made.touching(rows).tolist() == [False, True]


def test_a_coinbase_is_left_out():
    from tests.data.ledger_rows import utxo

    new = {"source": "null", "target": "c" * 64, "tx_hash": "c" * 64, "kind": "subsidy"}
    pay = {"source": "c" * 64, "target": "c" * 64 + ":0", "tx_hash": "c" * 64, "kind": "pay"}
    assert len(joints_of_transfers(utxo(new, pay))) == 0


def test_real_blocks(onchain):
    from bench.real_data import block_joints

    made = block_joints()
    assert (len(made), made.inputs.count.sum(), made.outputs.count.sum()) == (6_049, 18_610, 14_904 - 262)
