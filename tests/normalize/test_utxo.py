import hypothesis.strategies as st
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

from bongsu.model.transfer import LAST_POSITION
from bongsu.normalize.movement import LAST_TX_INDEX, Movements
from bongsu.normalize.screen import Screen
from bongsu.normalize.utxo import (
    INPUT,
    MAX_MONEY,
    OUTPUT,
    Transactions,
    block_subsidy,
    coinbase_flags,
    coinbase_last,
    move_transactions,
)

BTC = 10**8


def tx(ins=(), outs=(), *, coinbase=False, block=800_000, fee=None):
    return {"ins": ins, "outs": outs, "coinbase": coinbase, "block": block, "fee": fee}


def move(*rows):
    """Movements of transactions t1, t2, ...; inputs and outputs are given by their amounts."""
    count = len(rows)
    screen = Screen(pa.table({"locator": pa.array(range(1, count + 1), pa.int64())}))
    moves = Movements(screen)
    ins = [[(n, f"p{n}:{n}", v, f"a{n}") for n, v in enumerate(row["ins"])] for row in rows]
    outs = [[(n, v, None) for n, v in enumerate(row["outs"])] for row in rows]
    move_transactions(
        moves,
        Transactions(
            tx_hash=pa.array([f"t{n}" for n in range(1, count + 1)], pa.string()),
            block=pa.array([row["block"] for row in rows], pa.int64()),
            block_hash=pa.array(["bb"] * count, pa.string()),
            time=pa.nulls(count, pa.timestamp("us", tz="UTC")),
            tx_index=pa.array(range(count), pa.int64()),
            coinbase=np.array([row["coinbase"] for row in rows], dtype=np.bool_),
            inputs=pa.array(ins, pa.list_(INPUT)),
            outputs=pa.array(outs, pa.list_(OUTPUT)),
            fee=pa.array([row["fee"] for row in rows], pa.int64()),
        ),
    )
    made = moves.result({})
    assert made.rows_in == made.rows_kept + made.rejects.num_rows
    return made


def short(made):
    return sorted(
        (t["source"], t["target"], t["amount"], t["kind"], t["position"]) for t in made.transfers.to_pylist()
    )


def rules(made):
    return [(r["locator"], r["rule"]) for r in made.rejects.to_pylist()]


def gaps(made):
    return [(g["tx_hash"], g["holder"], g["reason"]) for g in made.gaps.to_pylist()]


# Consensus: 50 coins, halved every 210,000 blocks by a shift to the right.
@pytest.mark.parametrize(
    ("height", "subsidy"),
    [
        (0, 5_000_000_000),
        (209_999, 5_000_000_000),
        (210_000, 2_500_000_000),
        (420_000, 1_250_000_000),
        (840_000, 312_500_000),
        (6_929_999, 1),
        (6_930_000, 0),
        (2**62, 0),
    ],
)
def test_subsidy_of_a_height(height, subsidy):
    assert block_subsidy(height) == subsidy


def test_all_coins_there_will_ever_be():
    total = sum(210_000 * block_subsidy(halving * 210_000) for halving in range(64))
    assert total == 2_099_999_997_690_000 <= MAX_MONEY


def test_inputs_enter_outputs_leave_and_the_fee_is_last():
    made = move(tx([7, 5], [4, 0, 6]))
    assert short(made) == [
        ("p0:0", "t1", 7, "spend", 0),
        ("p1:1", "t1", 5, "spend", 1),
        ("t1", "fee:800000", 2, "fee", LAST_POSITION),
        ("t1", "t1:0", 4, "pay", 10**6),
        ("t1", "t1:1", 0, "pay", 10**6 + 1),
        ("t1", "t1:2", 6, "pay", 10**6 + 2),
    ]
    assert gaps(made) == []
    assert [t["address"] for t in made.transfers.to_pylist() if t["kind"] == "spend"] == ["a0", "a1"]


def test_an_unknown_input_leaves_the_fee_unknown_and_is_a_gap():
    made = move(tx([None, 5], [4]), tx([9], [9]), tx([None], [4], fee=3))
    fees = [(t["tx_hash"], t["amount"]) for t in made.transfers.to_pylist() if t["kind"] == "fee"]
    assert fees == [("t1", None), ("t3", 3)]
    assert gaps(made) == [("t1", "t1", "needs_inputs"), ("t3", "t3", "needs_inputs")]


@pytest.mark.parametrize(
    ("outs", "expected"),
    [
        ([2 * BTC, 6 * BTC], [("null", 625_000_000, "subsidy", 0), ("fee:800000", 175_000_000, "claim", 1)]),
        ([625_000_000], [("null", 625_000_000, "subsidy", 0)]),
        ([5], [("null", 5, "subsidy", 0)]),
        ([0], []),
    ],
)
def test_a_coinbase_takes_new_coins_first_and_then_fees(outs, expected):
    made = move(tx([None], outs, coinbase=True))
    coming = [t for t in made.transfers.to_pylist() if t["target"] == "t1"]
    assert [(t["source"], t["amount"], t["kind"], t["position"]) for t in coming] == expected
    paid = [t["amount"] for t in made.transfers.to_pylist() if t["kind"] == "pay"]
    assert paid == outs
    assert gaps(made) == []


def test_without_height_the_fee_pool_has_the_block_hash_and_the_coinbase_is_a_gap():
    made = move(tx([9], [8], block=None), tx([], [60 * BTC], coinbase=True, block=None))
    assert ("t1", "fee:bb", 1, "fee", LAST_POSITION) in short(made)
    assert ("null", "t2", 60 * BTC, "subsidy", 0) in short(made)
    assert "claim" not in made.transfers["kind"].to_pylist()
    assert gaps(made) == [("t2", "t2", "needs_height")]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (tx([5], [6]), "outputs_exceed_inputs"),
        (tx([5], []), "no_outputs"),
        (tx([], [5]), "no_inputs"),
        (tx([5], [4], fee=2), "inconsistent_fee"),
        (tx([5], [-1]), "amount_out_of_range"),
        (tx([MAX_MONEY + 1], [5]), "amount_out_of_range"),
        (tx([None], [MAX_MONEY, 10**6]), "amount_out_of_range"),
        (tx([None], [MAX_MONEY] * 10_000), "amount_out_of_range"),
        (tx([], [2**63 - 1] * 2, coinbase=True), "amount_out_of_range"),
    ],
)
def test_a_bad_row_is_one_reject_and_moves_nothing(row, rule):
    made = move(tx([9], [9]), row, tx([8], [8]))
    assert rules(made) == [(2, rule)]
    assert {t["tx_hash"] for t in made.transfers.to_pylist()} == {"t1", "t3"}
    assert gaps(made) == []


amounts = st.integers(0, MAX_MONEY // 8)


@given(
    st.lists(st.tuples(st.lists(amounts, min_size=1, max_size=4), st.lists(amounts, min_size=1, max_size=4)))
)
def test_what_enters_a_transaction_leaves_it(rows):
    made = move(*(tx(ins, outs) for ins, outs in rows))
    balance = dict.fromkeys((f"t{n}" for n in range(1, len(rows) + 1)), 0)
    for t in made.transfers.to_pylist():
        balance[t["tx_hash"]] += t["amount"] if t["kind"] == "spend" else -t["amount"]
    assert set(balance.values()) <= {0}
    assert made.rejects.num_rows == sum(sum(outs) > sum(ins) for ins, outs in rows)


def test_the_coinbase_comes_last():
    index = pa.array([0, 1, None, 0], pa.int64())
    coins = np.array([True, False, True, True])
    assert coinbase_last(index, coins).to_pylist() == [LAST_TX_INDEX, 1, None, LAST_TX_INDEX]
    counts = pa.array([9, 9, 9, 4], pa.int64())
    assert coinbase_last(index, coins, counts).to_pylist() == [9, 1, None, 4]


def test_flags():
    texts = pa.array(["true", "False", "1", "0", None, "perhaps"])
    screen = Screen(pa.table({"is_coinbase": texts, "locator": pa.array(range(1, 7), pa.int64())}))
    assert coinbase_flags(screen).tolist() == [True, False, True, False, False, False]
    assert [(r["locator"], r["rule"]) for r in screen.rejects().to_pylist()] == [
        (5, "bad_flag"),
        (6, "bad_flag"),
    ]
