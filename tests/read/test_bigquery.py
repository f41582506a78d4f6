import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.read.registry import load_reader, sniff_format

HEADER = "token_address,from_address,to_address,value,transaction_hash,log_index,block_timestamp,block_number"


@pytest.mark.parametrize(
    ("time", "source_format"),
    [
        ("2023-05-02 12:19:59 UTC", "bigquery/token_transfers"),
        ("2023-05-02T12:19:59Z", "bigquery/token_transfers"),
        ("1683029999", "ethereum-etl/token_transfers"),
        ("", "ethereum-etl/token_transfers"),
    ],
)
def test_the_form_of_the_time_tells_the_two_apart(tmp_path, time, source_format):
    path = tmp_path / "t.csv"
    path.write_text(f"{HEADER}\na,b,c,5,h,1,{time},7\n")
    assert sniff_format(path) == source_format


@pytest.mark.parametrize(
    ("kind", "source_format"),
    [(pa.timestamp("us", "UTC"), "bigquery/token_transfers"), (pa.int64(), "ethereum-etl/token_transfers")],
)
def test_in_parquet_the_columns_type_does(tmp_path, kind, source_format):
    path = tmp_path / "t.parquet"
    columns = {name: ["1"] for name in HEADER.split(",")}
    pq.write_table(pa.table(columns | {"block_timestamp": pa.array([1]).cast(kind)}), path)
    assert sniff_format(path) == source_format


def test_json_lines_with_text_times(tmp_path):
    path = tmp_path / "t.json"
    fields = ", ".join(f'"{name}": "2023-05-02 12:19:59 UTC"' for name in HEADER.split(","))
    path.write_text(f"{{{fields}}}\n")
    assert sniff_format(path) == "bigquery/token_transfers"


def test_logs_with_lists_of_topics(tmp_path):
    path = tmp_path / "logs.parquet"
    table = pa.table(
        {
            "log_index": [3],
            "transaction_hash": ["0x12"],
            "transaction_index": [0],
            "address": ["0xab"],
            "data": ["0x"],
            "topics": [["0x01", "0x02"]],
            "block_timestamp": pa.array([0]).cast(pa.timestamp("us", "UTC")),
            "block_number": [7],
        }
    )
    pq.write_table(table, path)
    assert sniff_format(path) == "bigquery/logs"
    (batch,) = load_reader("bigquery/logs").read(path, batch_rows=10)
    assert batch.rows["topics"].to_pylist() == ["0x01,0x02"]
