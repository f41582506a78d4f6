import csv
import gzip
import io

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.read import delimited
from bongsu.read.delimited import read_delimited
from bongsu.read.sniff import read_head, shape_of


def read(path, picks=None, batch_rows=1000) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    batches = batches_of(path, picks, batch_rows)
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    rejects = [(row["locator"], row["rule"]) for batch in batches for row in batch.rejects.to_pylist()]
    return rows, rejects


def batches_of(path, picks, batch_rows) -> list[Batch]:
    shape = shape_of(path, read_head(path))
    return list(read_delimited(path, shape, picks or {name: name for name in shape.names}, batch_rows))


@pytest.fixture
def write(tmp_path):
    def run(data: bytes):
        path = tmp_path / "x.csv"
        path.write_bytes(data)
        return path

    return run


def test_rows_nulls_and_a_column_that_the_file_lacks(write):
    rows, rejects = read(write(b'a,b\n1,\n"",NULL\n'), {"x": "b", "y": "", "z": "a"})
    assert rows == [
        {"x": None, "y": None, "z": "1", "locator": 1},
        {"x": None, "y": None, "z": None, "locator": 2},
    ]
    assert rejects == []


def test_the_header_stays_with_the_column(write):
    (batch,) = batches_of(write(b"Value_IN(BNB)\n1\n"), {"value_in": "Value_IN(BNB)"}, 10)
    assert batch.rows.schema.field("value_in").metadata == {b"header": b"Value_IN(BNB)"}


def test_batches_are_cut_at_the_same_rows(write):
    path = write(b"a\n" + b"".join(b"%d\n" % i for i in range(10)))
    assert [batch.rows.num_rows for batch in batches_of(path, None, 4)] == [4, 4, 2]
    assert batches_of(path, None, 4)[1].rows["locator"].to_pylist() == [5, 6, 7, 8]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"1", "columns"),
        (b"1,2,3", "columns"),
        (b"\xff,2", "UTF-8"),
    ],
)
def test_a_bad_row_is_a_reject_and_all_others_stay(write, bad, why):
    path = write(b"a,b\n1,2\n" + bad + b"\n3,4\n5,6\n")
    rows, rejects = read(path)
    assert [(row["a"], row["locator"]) for row in rows] == [("1", 1), ("3", 3), ("5", 4)]
    assert rejects == [(2, "bad_row")]
    (batch,) = batches_of(path, None, 10)
    assert why in batch.rejects["message"].to_pylist()[0]


def test_nul_bytes_do_not_hide_rows(write):
    rows, rejects = read(write(b"a,b\n1,2\n\0,\0\n3\n5,6\n"))
    assert [row["locator"] for row in rows] == [1, 4]
    assert rejects == [(2, "bad_row"), (3, "bad_row")]


def test_a_quotation_that_never_closes_costs_one_row(write):
    rows, rejects = read(write(b'a,b\n1,2\n"3,4\n5,6\n7,8\n'))
    assert [row["a"] for row in rows] == ["1", "5", "7"]
    assert rejects == [(2, "bad_row")]


def test_a_field_over_several_lines_is_one_row(write):
    rows, rejects = read(write(b'a,b\n1,"x\ny"\n3,4\n'))
    assert [(row["a"], row["b"]) for row in rows] == [("1", "x\ny"), ("3", "4")]
    assert rejects == []


def test_line_ends_may_be_mixed(write):
    rows, rejects = read(write(b"a,b\r\n1,2\r3,4\n\n5,6\r\n"))
    assert [(row["a"], row["locator"]) for row in rows] == [("1", 1), ("3", 2), ("5", 3)]
    assert rejects == []


@pytest.mark.parametrize("data", [b"a,b\n", b"a,b", b"\xef\xbb\xbfa,b\r\n"])
def test_a_header_alone_is_no_rows(write, data):
    assert read(write(data)) == ([], [])


def test_a_cut_file_keeps_its_whole_rows_and_says_so(write):
    text = b"a,b\n" + b"".join(b"%d,%d\n" % (i, i * 7919) for i in range(50_000))
    packed = gzip.compress(text)
    rows, rejects = read(write(packed[: len(packed) // 2]), batch_rows=10**6)
    assert len(rows) > 1000
    assert all(int(row["b"]) == int(row["a"]) * 7919 for row in rows)
    assert rejects == [(len(rows) + 1, "truncated_file")]


def test_a_bad_row_late_in_a_large_file_keeps_the_row_numbers(write):
    row = b"%d," + b"x" * 200 + b"\n"
    lines = [row % i for i in range(1, 50_001)]
    lines[44_000] = b"bad\n"
    rows, rejects = read(write(b"a,b\n" + b"".join(lines)))
    assert len(rows) == 49_999
    assert all(int(row["a"]) == row["locator"] for row in rows)
    assert rejects == [(44_001, "bad_row")]


def test_a_picked_column_that_the_header_has_twice_is_an_error(write):
    path = write(b"a,a,b\n1,2,3\n")
    assert read(path, {"b": "b"})[0] == [{"b": "3", "locator": 1}]
    with pytest.raises(FormatError, match="2 times"):
        read(path, {"a": "a"})


FIELD = st.text("ab ,;\"'\n01", max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(FIELD, FIELD), max_size=8))
def test_whatever_a_csv_writer_writes_comes_back(write, table):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["first", "second"])
    writer.writerows(table)
    rows, rejects = read(write(text.getvalue().encode()))
    assert rejects == []
    assert [(row["first"] or "", row["second"] or "") for row in rows] == table


def test_the_schema_is_the_picks_and_the_locator(write):
    (batch,) = batches_of(write(b"a,b\n1,2\n"), {"b": "b"}, 10)
    assert batch.rows.schema.equals(pa.schema([("b", pa.string()), ("locator", pa.int64())]))


def test_a_line_that_is_too_long_is_one_reject(write, monkeypatch):
    monkeypatch.setattr(delimited, "_MAX_RECORD", 100)
    long = b"x" * 250
    data = b"a,b\n1,2\n" + long + b",2\n" + b'"' + long + b'",2\n3,4\nbad\n5,6\n"open,' + long + b"\n7,8\n"
    rows, rejects = read(write(data))
    assert [(row["a"], row["locator"]) for row in rows] == [("1", 1), ("3", 4), ("5", 6), ("7", 8)]
    assert rejects == [(line, "bad_row") for line in (2, 3, 5, 7)]
