"""Which neighbors share an unknown order."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.ledger_rows import at, moved, rows, sources

from bongsu.model.transfer import LAST_POSITION
from bongsu.store.ledger import memory_ledger
from bongsu.store.seal_tie import add_ties

FLOW = {"kind": "flow", "position": None}


def ties(*given):
    return [one["tie"] for one in moved(memory_ledger(rows(*given), sources()))]


def test_flows_of_one_block_tie_and_one_alone_does_not():
    assert ties(FLOW | {"tx_hash": "t1"}, FLOW | {"tx_hash": "t2"}, FLOW | {"block": 2}) == [1, 1, 0]


def test_flows_of_one_time_tie_where_no_block_is_known():
    timed = FLOW | {"block": None}
    assert ties(
        timed | {"time": at(1), "tx_hash": "t1"},
        timed | {"time": at(1), "tx_hash": "t2"},
        timed | {"time": at(2)},
    ) == [1, 1, 0]


def test_rows_without_block_and_time_are_one_tie():
    lost = {"block": None}
    assert ties(lost | {"tx_hash": "t1", "tx_index": 1}, lost | {"tx_hash": "t2", "tx_index": 2}) == [1, 1]


def test_transactions_without_index_tie_and_a_transaction_alone_keeps_its_order():
    fee = {"kind": "fee", "position": LAST_POSITION + 1, "target": "fee:1"}
    assert ties({}, fee) == [0, 0]
    assert ties({}, fee, {"tx_hash": "t2"}) == [1, 1, 1]
    assert ties({"tx_index": 1}, fee | {"tx_index": 1}, {"tx_hash": "t2", "tx_index": 2}) == [0, 0, 0]


def test_rows_of_a_transaction_without_position_tie_among_themselves():
    inner = {"kind": "internal", "position": None, "tx_index": 1}
    assert ties({"tx_index": 1}, inner, inner | {"amount": 2}, inner | {"tx_hash": "t2", "tx_index": 2}) == [
        0,
        1,
        1,
        0,
    ]


def test_logged_events_have_an_order():
    token = {"kind": "token", "asset": "eip155:1/erc20:0x1"}
    assert ties(token | {"position": 1}, token | {"position": 2, "tx_hash": "t2"}) == [0, 0]


def test_each_tie_has_its_own_number():
    assert ties(*[FLOW | {"tx_hash": f"t{n}", "block": n // 2} for n in range(6)]) == [1, 1, 2, 2, 3, 3]


def ordered(places):
    names = ["source", "target", "amount", "block", "time", "tx_index", "position", "tx_hash", "kind"]
    table = rows(*[FLOW | {"block": block, "tx_hash": tx} for block, tx in sorted(places)])
    columns = {name: table.column(name) for name in names}
    count = len(table)
    zeros = pa.array([0] * count, pa.uint32())
    return pa.table(
        columns
        | {"source": zeros, "target": zeros, "assumed": pa.array([False] * count, pa.bool_())}
        | {"file": pa.array([0] * count, pa.int32()), "locator": table.column("locator")}
        | {"chain_no": pa.array([0] * count, pa.int64()), "loose": pa.array([True] * count, pa.bool_())}
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["t1", "t2"])), max_size=12), st.integers(1, 5))
def test_cuts_between_batches_change_nothing(places, cut):
    whole = ordered(places)
    parts = [whole.slice(at, cut) for at in range(0, len(whole), cut)]
    alone = [one for part in add_ties([whole]) for one in part.to_pylist()]
    assert [one for part in add_ties(parts) for one in part.to_pylist()] == alone


@pytest.mark.parametrize("count", [0, 1])
def test_few_rows(count):
    assert ties(*[FLOW] * count) == [0] * count
