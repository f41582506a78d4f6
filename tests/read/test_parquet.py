from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.read.parquet import read_parquet


@pytest.fixture
def text_of(tmp_path):
    def run(values: pa.Array) -> list[str | None]:
        path = tmp_path / "x.parquet"
        pq.write_table(pa.table({"a": values}), path)
        (batch,) = read_parquet(path, {"a": "a", "b": ""}, 100)
        assert batch.rows.schema.names == ["a", "b", "locator"]
        assert batch.rejects.num_rows == 0
        return [None if v is None else str(v) for v in batch.rows["a"].to_pylist()]

    return run


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array(["x", None]), ["x", None]),
        (pa.array(["x"], pa.large_string()), ["x"]),
        (pa.array(["x", "x"]).dictionary_encode(), ["x", "x"]),
        (pa.array([7, None]), ["7", None]),
        (pa.array([2**63], pa.uint64()), [str(2**63)]),
        (pa.array([Decimal(10**37)], pa.decimal128(38, 0)), [str(10**37)]),
        (pa.array([Decimal("5")], pa.decimal128(38, 9)), ["5"]),
        (pa.array([Decimal("5"), Decimal("1.5")], pa.decimal128(38, 9)), ["5", "1.500000000"]),
        (pa.array([1.0, None, 21000.0]), ["1", None, "21000"]),
        (pa.array([1e18, 3.0, 0.5, float("nan")]), ["1e+18", "3", "0.5", None]),
        (pa.array([2.0**53 + 2]), ["9007199254740994.0"]),
        (pa.array([1_683_029_999_000], pa.timestamp("ms")), ["1683029999"]),
        (pa.array([1_683_029_999], pa.timestamp("s", "UTC")), ["1683029999"]),
        (pa.array([1_683_029_999_250], pa.timestamp("ms", "UTC")), ["2023-05-02T12:19:59.250000"]),
        (pa.array([[0, 1], [], None]), ["0,1", None, None]),
        (pa.array([[{"a": 1}]]), ['[{"a": 1}]']),
        (pa.array([{"a": 1}]), ['{"a": 1}']),
        (pa.array([b"\xab"]), ["0xab"]),
        (pa.array([True]), ["true"]),
    ],
)
def test_every_type_is_exact(text_of, values, expected):
    assert text_of(values) == expected


def test_rows_are_numbered_over_batches_and_groups(tmp_path):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"a": [str(i) for i in range(10)]}), path, row_group_size=3)
    batches = list(read_parquet(path, {"a": "a"}, 4))
    assert [row for batch in batches for row in batch.rows["locator"].to_pylist()] == list(range(1, 11))
    assert max(batch.rows.num_rows for batch in batches) <= 4


def test_a_damaged_page_costs_its_row_group_and_every_row_of_it_is_counted(tmp_path):
    path = tmp_path / "x.parquet"
    texts = [f"{i:030d}" for i in range(40_000)]
    pq.write_table(
        pa.table({"a": texts}), path, row_group_size=10_000, compression="gzip", use_dictionary=False
    )
    start = pq.read_metadata(path).row_group(2).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start + 200 : start + 1200] = bytes(1000)
    path.write_bytes(data)
    for batch_rows in (7_000, 10_000, 100_000):
        batches = list(read_parquet(path, {"a": "a"}, batch_rows))
        kept = [row for batch in batches for row in batch.rows.to_pylist()]
        refused = [row for batch in batches for row in batch.rejects.to_pylist()]
        assert all(row["a"] == texts[row["locator"] - 1] for row in kept)
        assert [row["locator"] for row in kept] == [*range(1, 20_001), *range(30_001, 40_001)]
        assert [row["locator"] for row in refused] == list(range(20_001, 30_001))
        assert {row["rule"] for row in refused} == {"damaged_rows"}


def test_a_file_without_its_end_is_one_reject(tmp_path):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"a": ["x"]}), path)
    path.write_bytes(path.read_bytes()[:-3])
    (batch,) = read_parquet(path, {"a": "a"}, 10)
    assert batch.rows.num_rows == 0
    assert batch.rejects["rule"].to_pylist() == ["truncated_file"]
