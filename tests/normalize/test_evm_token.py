import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ALICE, BOB, TOKEN, FAKE = ("0x" + digits * 20 for digits in ("a1", "b0", "c0", "c1"))
HASH = "0x" + "12" * 32
ETL = "ethereum-etl/token_transfers"


def event(**more: str | None) -> dict[str, str | None]:
    row = {
        "token_address": TOKEN,
        "from_address": ALICE,
        "to_address": BOB,
        "value": "5",
        "transaction_hash": HASH,
        "log_index": "9",
        "block_number": "100",
    }
    return row | more


def test_real_events_by_contract(onchain, import_file):
    path = onchain / "ethereum-etl" / "blocks_17173049_17173050" / "expected_token_transfers.json.gz"
    made = import_file(path, ETL)
    with gzip.open(path, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    assert made.rows_in == len(rows) == 291
    expected = [
        (f"eip155:1/erc20:{row['token_address']}", row["value"], row["log_index"], row["transaction_hash"])
        for row in rows
        if row["value"]
    ]
    columns = ("asset", "amount", "position", "tx_hash")
    assert list(zip(*(made.transfers[name].to_pylist() for name in columns), strict=True)) == expected
    assert made.set_aside == {"zero_value": 3}


def test_real_csv(onchain, import_file):
    made = import_file(onchain / "ethereum-etl" / "expected_token_transfers.csv", ETL)
    assert made.transfers["amount"].to_pylist() == [109 * 10**18, 4 * 10**10]
    assert made.transfers["time"].null_count == made.transfers["tx_index"].null_count == 2


def test_native_parquet_times_and_big_numbers(import_file, tmp_path):
    table = pa.Table.from_pylist([event() | {"log_index": 9, "block_number": 100}] * 2)
    table = table.append_column(
        "block_timestamp",
        pa.array([1_683_029_999_000_000, 1_683_029_999_250_000]).cast(pa.timestamp("us", "UTC")),
    )
    table = table.set_column(3, "value", pa.array([10**37, 10**40], pa.decimal256(60, 0)))
    pq.write_table(table, tmp_path / "t.parquet")
    made = import_file(tmp_path / "t.parquet", "bigquery/token_transfers")
    assert made.transfers["amount"].to_pylist() == [10**37]
    assert made.transfers["time"].to_pylist()[0].isoformat() == "2023-05-02T12:19:59+00:00"
    assert made.rejects.select(["locator", "rule"]).to_pylist() == [
        {"locator": 2, "rule": "amount_out_of_range"}
    ]


def test_same_symbol_other_contract_is_another_asset(normalize_rows):
    made = normalize_rows([event(), event(token_address=FAKE)], ETL)
    assert made.transfers["asset"].to_pylist() == [f"eip155:1/erc20:{TOKEN}", f"eip155:1/erc20:{FAKE}"]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"value": str(2**256 - 1)}, "amount_out_of_range"),
        ({"value": "-5"}, "negative_amount"),
        ({"value": "1.0"}, "inexact_amount"),
        ({"value": "x"}, "bad_amount"),
        ({"value": None}, "missing_value"),
        ({"token_address": "USDT"}, "bad_address"),
        ({"log_index": None}, "missing_value"),
        ({"transaction_hash": None}, "bad_hash"),
    ],
)
def test_bad_values_are_rejects(normalize_rows, more, rule):
    made = normalize_rows([event(**more), event()], ETL)
    assert made.rejects["rule"].to_pylist() == [rule]
    assert made.transfers["locator"].to_pylist() == [2]
