import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.model.transfer import NULL_HOLDER
from bongsu.normalize.evm_trace import trace_path
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import LAST_TX_INDEX

ALICE, BOB = "0x" + "a1" * 20, "0x" + "b0" * 20
HASH = "0x" + "12" * 32
ETL = "ethereum-etl/traces"
SAME = ["chain", "tx_hash", "kind", "position", "path", "asset", "source", "target", "amount"]


def trace(**more: str | None) -> dict[str, str | None]:
    row = {
        "block_number": "100",
        "transaction_hash": HASH,
        "transaction_index": "4",
        "from_address": ALICE,
        "to_address": BOB,
        "value": "7",
        "trace_type": "call",
        "call_type": "call",
        "trace_address": "0,1",
        "error": None,
        "status": "1",
    }
    return row | more


def test_real_traces_with_a_creation_and_a_reward(onchain, import_file):
    made = import_file(onchain / "ethereum-etl" / "block_with_create_expected_traces.csv", ETL)
    native, reward = made.transfers.to_pylist()
    assert (native["kind"], native["position"], native["path"]) == ("native", 0, None)
    assert native["amount"] == 64_655_529_900_000_002_048
    assert (reward["source"], reward["amount"], reward["tx_hash"]) == (NULL_HOLDER, 5 * 10**18, "")
    assert reward["tx_index"] == LAST_TX_INDEX
    assert made.set_aside == {"zero_value": 1}


def test_the_outermost_call_equals_its_transaction(normalize_rows):
    tx = {
        "hash": HASH,
        "block_number": "100",
        "transaction_index": "4",
        "from_address": ALICE,
        "to_address": BOB,
        "value": "7",
    }
    of_transaction = normalize_rows([tx], "ethereum-etl/transactions").transfers.select(SAME)
    of_trace = normalize_rows([trace(trace_address=None)], ETL).transfers.select(SAME)
    assert of_trace.equals(of_transaction)


@pytest.mark.parametrize(
    ("more", "aside"),
    [
        ({"call_type": "delegatecall"}, "no_value_type"),
        ({"call_type": "staticcall"}, "no_value_type"),
        ({"call_type": "callcode"}, "no_value_type"),
        ({"status": "0"}, "failed"),
        ({"error": "Reverted"}, "failed"),
        ({"value": "0"}, "zero_value"),
        ({"value": None}, "zero_value"),
    ],
)
def test_what_moves_nothing_is_set_aside(normalize_rows, more, aside):
    made = normalize_rows([trace(**more)], ETL)
    assert made.transfers.num_rows == 0
    assert made.set_aside == {aside: 1}


@pytest.mark.parametrize("kind", ["create", "suicide", "selfdestruct"])
def test_inner_creations_and_ends_move_value(normalize_rows, kind):
    (made,) = normalize_rows([trace(trace_type=kind, call_type=None)], ETL).transfers.to_pylist()
    assert (made["kind"], made["position"], made["path"]) == ("internal", 1, "0000.0001")


def test_genesis_comes_from_nowhere(normalize_rows):
    row = trace(
        trace_type="genesis", call_type=None, transaction_hash=None, from_address=None, trace_address=None
    )
    (made,) = normalize_rows([row], ETL).transfers.to_pylist()
    assert (made["source"], made["target"], made["kind"]) == (NULL_HOLDER, BOB, "reward")


def test_a_trace_without_status_is_kept_with_a_gap(normalize_rows):
    made = normalize_rows([trace(status=None)], ETL)
    assert made.transfers.num_rows == 1
    assert made.gaps["reason"].to_pylist() == ["needs_receipts"]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"transaction_hash": None}, "bad_hash"),
        ({"from_address": None}, "bad_address"),
        ({"to_address": None}, "bad_address"),
        ({"to_address": "0x1"}, "bad_address"),
        ({"trace_address": "0,x"}, "bad_trace_address"),
        ({"value": "1.0"}, "inexact_amount"),
        ({"status": "yes"}, "bad_number"),
    ],
)
def test_bad_values_are_rejects(normalize_rows, more, rule):
    made = normalize_rows([trace(**more), trace()], ETL)
    assert made.rejects["rule"].to_pylist() == [rule]
    assert made.transfers["locator"].to_pylist() == [2]


def test_json_lists_and_text_are_the_same_path(import_file, tmp_path):
    rows = [trace(trace_address=address) for address in ([0, 11], [], "0,11", "")]
    path = tmp_path / "traces.json"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    made = import_file(path, ETL)
    assert sorted(made.transfers["path"].to_pylist(), key=str) == ["0000.0011", "0000.0011", None, None]


@given(st.lists(st.lists(st.integers(0, 9999), min_size=1, max_size=4), max_size=8))
def test_paths_sort_in_call_order(addresses):
    paths = {trace_path(",".join(map(str, address))): address for address in addresses}
    assert [paths[path] for path in sorted(map(str, paths))] == sorted(paths.values())


def test_a_path_that_is_no_list_of_numbers_is_a_fault():
    for text in ("a", "10000", "-1", "0,,1"):
        assert isinstance(trace_path(text), Fault)


def test_a_type_and_a_path_may_come_from_the_id_alone(normalize_rows):
    ids = [f"call_{HASH}_0_12", f"call_{HASH}_", f"create_{HASH}", "reward_100_0"]
    rows = [trace(trace_type=None, trace_address=None, trace_id=one) for one in ids]
    made = normalize_rows(rows, ETL).transfers.to_pylist()
    assert sorted((row["locator"], row["kind"], row["path"]) for row in made) == [
        (1, "internal", "0000.0012"),
        (2, "native", None),
        (3, "native", None),
        (4, "reward", None),
    ]


def test_real_traces_and_transactions_agree_on_every_value(onchain, import_file):
    folder = onchain / "graphsense_eth_sample"
    traces = import_file(folder / "traces.csv.gz", "graphsense/traces")
    sent = import_file(folder / "transactions.csv.gz", "graphsense/transactions")
    # The sample itself wrote eight large values with exponents: their last digits are gone.
    assert traces.rejects["rule"].to_pylist() == ["inexact_amount"] * 8
    assert sent.rejects.num_rows == 0
    assert set(traces.set_aside) == {"no_value_type", "failed", "zero_value"}
    of_traces, of_sent = (
        {
            row["tx_hash"]: [row[name] for name in SAME]
            for row in made.transfers.to_pylist()
            if row["position"] == 0
        }
        for made in (traces, sent)
    )
    shared = of_traces.keys() & of_sent.keys()
    assert len(shared) == 60
    assert all(of_traces[tx_hash] == of_sent[tx_hash] for tx_hash in shared)
