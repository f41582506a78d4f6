"""Movements in the ledger's order."""

from tests.data.ledger_rows import at, moved, rows, sources

from bongsu.model.transfer import LAST_POSITION
from bongsu.store.ledger import memory_ledger


def order(*given):
    """Amounts, which name the rows, in the ledger's order."""
    return [one["amount"] for one in moved(memory_ledger(rows(*given), sources()))]


def test_blocks_stand_by_height_though_a_time_runs_backward():
    assert order(
        {"block": 3, "time": at(30), "amount": 3, "tx_hash": "t3"},
        {"block": 2, "time": at(40), "amount": 2, "tx_hash": "t2"},
        {"block": 1, "time": at(10), "amount": 1, "tx_hash": "t1"},
    ) == [1, 2, 3]


def test_chains_interleave_by_time():
    other = {"chain": "eip155:56", "asset": "eip155:56/slip44:714"}
    assert order(
        {"block": 9, "time": at(30), "amount": 3, "tx_hash": "t3"},
        {"block": 8, "time": at(10), "amount": 1, "tx_hash": "t1"},
        {"block": 1, "time": at(20), "amount": 2} | other,
    ) == [1, 2, 3]


def test_rows_of_a_transaction_stand_by_position_and_call_order_fees_last():
    here = {"tx_index": 0}
    inner = here | {"kind": "internal", "position": 1}
    assert order(
        here | {"kind": "fee", "position": LAST_POSITION + 1, "amount": 5},
        inner | {"position": None, "amount": 4},
        inner | {"path": "0001", "amount": 3},
        inner | {"path": "0000.0001", "amount": 2},
        here | {"amount": 1},
    ) == [1, 2, 3, 4, 5]


def test_token_events_stand_by_their_place_in_the_log_with_or_without_index():
    token = {"kind": "token", "asset": "eip155:1/erc20:0x1"}
    assert order(
        token | {"position": 12, "tx_hash": "t2", "amount": 3},
        token | {"position": 7, "tx_hash": "t1", "tx_index": 4, "amount": 1},
        token | {"position": 20, "tx_hash": "t3", "tx_index": 9, "amount": 4},
        token | {"position": 8, "tx_hash": "t1", "tx_index": 4, "amount": 2},
    ) == [1, 2, 3, 4]


def test_block_before_the_first_time_comes_before_it():
    assert order(
        {"block": 6, "time": at(10), "amount": 2, "tx_hash": "t2"}, {"block": 5, "amount": 1, "tx_hash": "t1"}
    ) == [1, 2]


def test_rows_without_block_and_time_come_last():
    flow = {"kind": "flow", "position": None, "block": None}
    assert order(
        flow | {"amount": 3, "tx_hash": "t3"},
        flow | {"amount": 1, "time": at(1), "tx_hash": "t9"},
        {"amount": 2},
    ) == [1, 2, 3]


def test_the_order_of_rows_and_files_changes_nothing():
    given = [
        {"amount": n % 3 + 1, "source": "ab"[n % 2], "position": None, "kind": "flow", "tx_hash": f"t{n % 4}"}
        for n in range(12)
    ]
    assert order(*given) == order(*reversed(given))
