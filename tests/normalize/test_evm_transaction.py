import csv
import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.model.transfer import LAST_POSITION, NULL_HOLDER, TRANSFER
from bongsu.normalize.evm_block import base_fees
from bongsu.read.registry import load_reader

ALICE, BOB, MADE = ("0x" + digits * 20 for digits in ("a1", "b0", "c0"))
HASH = "0x" + "12" * 32
ETL = "ethereum-etl/transactions"


def tx(**more: str | None) -> dict[str, str | None]:
    row = {
        "hash": HASH,
        "block_number": "17173049",
        "transaction_index": "3",
        "from_address": ALICE,
        "to_address": BOB,
        "value": "1000",
        "block_timestamp": "1683029999",
        "gas_price": "50",
        "receipt_gas_used": "21000",
        "receipt_status": "1",
        "receipt_effective_gas_price": None,
        "receipt_contract_address": None,
        "input": None,
    }
    return row | more


def moved(made, *names):
    return [tuple(row[name] for name in names) for row in made.transfers.to_pylist()]


@pytest.fixture(scope="module")
def etl(onchain):
    return onchain / "ethereum-etl"


@pytest.fixture(scope="module")
def real_rows(etl):
    path = etl / "blocks_17173049_17173050" / "expected_transactions.json.gz"
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def real_fees(etl):
    path = etl / "blocks_17173049_17173050" / "expected_blocks.json.gz"
    (batch,) = load_reader("ethereum-etl/blocks").read(path, batch_rows=10)
    return base_fees(batch)


def test_real_blocks_move_what_their_rows_say(etl, import_file, real_rows, real_fees):
    path = etl / "blocks_17173049_17173050" / "expected_transactions.json.gz"
    made = import_file(path, ETL, base_fees=real_fees)
    assert made.transfers.schema.equals(TRANSFER)
    assert made.rejects.num_rows == 0
    assert made.rows_kept == len(real_rows) == 298
    sums = dict.fromkeys(("native", "base_fee", "fee"), 0)
    for kind, amount in moved(made, "kind", "amount"):
        sums[kind] += int(amount)
    price = "receipt_effective_gas_price"
    assert sum(row["receipt_status"] == 0 for row in real_rows) == 9
    assert sums["native"] == sum(row["value"] for row in real_rows if row["receipt_status"])
    assert sums["base_fee"] == sum(
        row["receipt_gas_used"] * real_fees[row["block_number"]] for row in real_rows
    )
    assert sums["fee"] + sums["base_fee"] == sum(row["receipt_gas_used"] * row[price] for row in real_rows)
    called = {r["hash"] for r in real_rows if r["receipt_status"] and r["receipt_gas_used"] > 21000}
    assert set(made.gaps["tx_hash"].to_pylist()) == called
    assert set(made.gaps["reason"].to_pylist()) == {"needs_traces"}


def test_real_csv_without_receipts_keeps_values_and_says_that_success_is_unknown(etl, import_file, real_rows):
    path = etl / "blocks_with_transactions_and_withdrawals" / "expected_transactions.csv"
    made = import_file(path, ETL)
    assert sum(made.transfers["amount"].to_pylist()) == sum(row["value"] for row in real_rows)
    reasons = made.gaps["reason"].to_pylist()
    assert reasons.count("needs_receipts") == 298
    assert reasons.count("needs_traces") == sum(
        row["input"] != "0x" and row["to_address"] is not None for row in real_rows
    )


def test_csv_json_parquet_and_gzip_give_the_same_transfers(etl, import_file, real_rows, real_fees, tmp_path):
    names = [name for name in real_rows[0] if name not in {"type", "item_id"}]
    texts = [{n: "" if row[n] is None else str(row[n]) for n in names} for row in real_rows]
    with (tmp_path / "t.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(texts)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress((tmp_path / "t.csv").read_bytes()))
    table = pa.Table.from_pylist([{n: row[n] for n in names if n != "value"} for row in real_rows])
    values = pa.array([row["value"] for row in real_rows], pa.decimal128(38, 0))
    table = table.append_column("value", values.cast(pa.decimal256(50, 9)))
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=77)
    path = etl / "blocks_17173049_17173050" / "expected_transactions.json.gz"
    expected = import_file(path, ETL, base_fees=real_fees)
    for name in ("t.csv", "t.csv.gz", "t.parquet"):
        made = import_file(tmp_path / name, ETL, base_fees=real_fees)
        assert made.transfers.equals(expected.transfers), name
        assert made.gaps.equals(expected.gaps), name


def test_small_batches_give_the_same_rows(etl, import_file):
    path = etl / "blocks_17173049_17173050" / "expected_transactions.json.gz"
    order = [("locator", "ascending"), ("position", "ascending")]
    whole = import_file(path, ETL).transfers.sort_by(order)
    assert import_file(path, ETL, batch_rows=7).transfers.sort_by(order).equals(whole)


def test_a_failed_transaction_moves_no_value_and_pays_gas(normalize_rows):
    made = normalize_rows([tx(receipt_status="0")], ETL)
    assert moved(made, "kind", "source", "target", "amount", "position") == [
        ("fee", ALICE, "fee:17173049", 1_050_000, LAST_POSITION + 1)
    ]


def test_the_base_fee_burns_and_the_tip_goes_to_the_block(normalize_rows):
    row = tx(value="0", receipt_effective_gas_price="40")
    made = normalize_rows([row], ETL, base_fees={17173049: 30})
    assert moved(made, "kind", "target", "amount", "position") == [
        ("base_fee", NULL_HOLDER, 630_000, LAST_POSITION),
        ("fee", "fee:17173049", 210_000, LAST_POSITION + 1),
    ]


def test_a_price_below_the_base_fee_burns_only_what_was_paid(normalize_rows):
    made = normalize_rows([tx(value="0", gas_price="10")], ETL, base_fees={17173049: 30})
    assert moved(made, "kind", "amount") == [("base_fee", 210_000)]


def test_fees_beyond_64_bits_are_exact(normalize_rows):
    row = tx(value="0", gas_price=str(10**18 - 1), receipt_gas_used=str(10**18 - 1))
    made = normalize_rows([row], ETL, traces_present=True)
    assert moved(made, "amount") == [((10**18 - 1) ** 2,)]


def test_blob_fees_burn(normalize_rows):
    row = tx(value="0", gas_price="0", receipt_blob_gas_used="131072", receipt_blob_gas_price="7")
    assert moved(normalize_rows([row], ETL), "kind", "target", "amount") == [
        ("base_fee", NULL_HOLDER, 917_504)
    ]


def test_a_contract_creation_pays_the_new_contract_or_is_a_reject(normalize_rows):
    rows = [tx(to_address=None, receipt_contract_address=MADE), tx(to_address=None)]
    made = normalize_rows(rows, ETL)
    assert [row for row in moved(made, "kind", "target") if row[0] == "native"] == [("native", MADE)]
    assert made.rejects["rule"].to_pylist() == ["no_target"]


def test_a_creation_without_value_and_receipt_is_a_gap(normalize_rows):
    row = tx(to_address=None, value="0", receipt_gas_used=None, receipt_status=None)
    made = normalize_rows([row], ETL)
    assert made.transfers.num_rows == 0
    assert made.gaps["reason"].to_pylist() == ["needs_receipts"]


def test_nothing_moved_is_set_aside(normalize_rows):
    old = {"block_number": "100", "gas_price": "0"}
    rows = [tx(value="0", **old), tx(receipt_status="0", **old), tx(**old) | {"type": "block"}]
    made = normalize_rows(rows, ETL)
    assert made.set_aside == {"zero_value": 1, "failed": 1, "other_table": 1}
    assert made.rows_in == 3


@pytest.mark.parametrize(
    ("more", "reasons"),
    [
        ({}, []),
        ({"receipt_gas_used": "21001"}, ["needs_traces"]),
        ({"receipt_gas_used": "30000", "receipt_status": "0"}, []),
        ({"receipt_status": None}, ["needs_receipts"]),
        ({"receipt_status": None, "block_number": "4369999"}, []),
        ({"receipt_gas_used": None, "input": "0x"}, ["needs_receipts"]),
        ({"receipt_gas_used": None, "input": "0xa9059cbb"}, ["needs_receipts", "needs_traces"]),
        ({"receipt_gas_used": None}, ["needs_receipts", "needs_traces"]),
    ],
)
def test_gaps(normalize_rows, more, reasons):
    made = normalize_rows([tx(**more)], ETL)
    assert made.gaps["reason"].to_pylist() == reasons
    assert all(
        row["holder"] == (ALICE if row["reason"] == "needs_receipts" else BOB)
        for row in made.gaps.to_pylist()
    )
    with_traces = normalize_rows([tx(**more)], ETL, traces_present=True)
    assert "needs_traces" not in with_traces.gaps["reason"].to_pylist()


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"value": str(10**38)}, "amount_out_of_range"),
        ({"value": "-1"}, "negative_amount"),
        ({"value": "1.5e18"}, "inexact_amount"),
        ({"value": "1.0"}, "inexact_amount"),
        ({"value": "much"}, "bad_amount"),
        ({"value": None}, "missing_value"),
        ({"hash": HASH[:-1]}, "bad_hash"),
        ({"from_address": ALICE[2:]}, "bad_address"),
        ({"from_address": None}, "bad_address"),
        ({"to_address": BOB + "0"}, "bad_address"),
        ({"block_number": "latest"}, "bad_number"),
        ({"block_number": None}, "missing_value"),
        ({"transaction_index": str(2**31)}, "bad_number"),
        ({"receipt_status": "2"}, "bad_number"),
        ({"block_timestamp": "2023-05-02"}, "bare_date"),
    ],
)
def test_a_bad_value_is_one_reject_and_the_rest_stays(normalize_rows, more, rule):
    made = normalize_rows([tx(), tx(**more), tx(value="2")], ETL)
    assert made.rejects.select(["locator", "rule", "source"]).to_pylist() == [
        {"locator": 2, "rule": rule, "source": ""}
    ]
    assert set(made.transfers["locator"].to_pylist()) == {1, 3}


def test_upper_case_and_pandas_floats_are_understood(normalize_rows):
    row = tx(from_address=ALICE.upper().replace("0X", "0x"), receipt_status="1.0", receipt_gas_used="21000.0")
    made = normalize_rows([row], ETL)
    assert moved(made, "kind", "source") == [("native", ALICE), ("fee", ALICE)]


def test_another_chain_has_its_own_coin(normalize_rows):
    made = normalize_rows([tx()], ETL, chain="eip155:56")
    assert set(made.transfers["asset"].to_pylist()) == {"eip155:56/slip44:714"}
