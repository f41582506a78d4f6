import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.read.bitcoin_etl import COLUMNS, TRANSACTIONS
from bongsu.read.registry import sniff_format

ROW = {
    "hash": "aa" * 32,
    "block_number": 50_001,
    "block_hash": "bb" * 32,
    "block_timestamp": 1_270_917_100,
    "is_coinbase": False,
    "index": 1,
    "inputs": [{"index": 0, "spent_transaction_hash": "cc" * 32, "spent_output_index": 3, "value": 7}],
    "outputs": [{"index": 0, "value": 2_100_000_000_000_000, "addresses": []}],
}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_json_lines(tmp_path, pack):
    path = tmp_path / "transactions.json"
    path.write_bytes(pack((json.dumps(ROW) + "\n" + json.dumps(ROW | {"inputs": []}) + "\n").encode()))
    assert sniff_format(path) == "bitcoin-etl"
    (batch,) = TRANSACTIONS.read(path, batch_rows=10)
    first, second = batch.rows.to_pylist()
    assert set(first) == {*COLUMNS, "locator"}
    assert (first["is_coinbase"], first["index"], first["input_count"]) == ("false", "1", None)
    assert json.loads(first["outputs"])[0]["value"] == "2100000000000000"
    assert (second["inputs"], second["locator"]) == (None, 2)


def test_parquet_export(tmp_path):
    path = tmp_path / "transactions.parquet"
    pq.write_table(pa.Table.from_pylist([ROW]), path)
    assert sniff_format(path) == "bitcoin-etl"
    (batch,) = TRANSACTIONS.read(path, batch_rows=10)
    (row,) = batch.rows.to_pylist()
    assert json.loads(row["inputs"]) == ROW["inputs"]
    assert row["is_coinbase"] == "false"


def test_delimited_text_cannot_hold_it(tmp_path):
    names = ",".join(ROW)
    assert not TRANSACTIONS.sniff(tmp_path / "x.csv", f"{names}\n{names}\n".encode())


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("block_with_transactions_expected_transactions.json", 4),
        ("stream_50001_50002_expected_transactions.json", 4),
    ],
)
def test_real_files(onchain, name, rows):
    path = onchain / "bitcoin-etl" / name
    assert sniff_format(path) == "bitcoin-etl"
    (batch,) = TRANSACTIONS.read(path, batch_rows=10)
    assert (batch.rows.num_rows, batch.rejects.num_rows) == (rows, 0)
