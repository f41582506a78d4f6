from datetime import UTC, datetime

import pyarrow as pa
import pytest

from bongsu.model.log import LOG_COLUMN, LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.normalize.log import block_of


def batch(**columns):
    rows = pa.table({name: pa.array(values) for name, values in columns.items()})
    rows = rows.append_column("locator", pa.array(range(1, rows.num_rows + 1), pa.int64()))
    return LogBatch(LogStream("zeek", "dns"), rows, REJECT.empty_table())


def test_a_column_holds_each_value_once():
    block, rejects = block_of(batch(query=["a.example", "b.example", "a.example", None]))
    assert block.columns["query"].type == LOG_COLUMN
    assert block.columns["query"].dictionary.to_pylist() == ["a.example", "b.example"]
    assert block.columns["query"].to_pylist() == ["a.example", "b.example", "a.example", None]
    assert (block.rows, rejects.num_rows) == (4, 0)


@pytest.mark.parametrize(
    "text",
    [
        "1558287120.482982",
        "2019-05-19T17:32:00.482982Z",
        "2019-05-19 17:32:00.482982",
        "2019-05-20T02:32:00.482982+09:00",
        "2019-05-20T02:32:00.482982+0900",
        "2019-05-19 14:02:00.482982-0330",
        "2019-05-19T17:32:00.4829827Z",
    ],
)
def test_a_time_is_in_utc_whatever_its_form(text):
    block, rejects = block_of(batch(ts=[text, None]))
    assert block.time.to_pylist() == [datetime(2019, 5, 19, 17, 32, 0, 482982, tzinfo=UTC), None]
    assert rejects.num_rows == 0


@pytest.mark.parametrize(
    "texts", [["2019-05-19 17:32:00", "2019-05-19T17:32:00.5"], ["2019-05-19 17:32:00", "5:32"]]
)
def test_times_without_a_zone_are_utc_among_themselves_and_beside_others(texts):
    block, rejects = block_of(batch(ts=texts))
    assert block.time.to_pylist()[0] == datetime(2019, 5, 19, 17, 32, tzinfo=UTC)
    assert rejects.num_rows == ("5:32" in texts)


def test_a_day_that_does_not_exist_is_a_reject_beside_one_that_does():
    block, rejects = block_of(batch(ts=["2019-02-30 10:00:00", "2019-02-28 10:00:00"]))
    assert block.time.to_pylist() == [None, datetime(2019, 2, 28, 10, tzinfo=UTC)]
    assert rejects["locator"].to_pylist() == [1]


def test_a_time_without_a_fraction_among_times_with_one():
    block, _ = block_of(batch(ts=["1558287120", "1558287120.5"]))
    seconds = [time.timestamp() for time in block.time.to_pylist()]
    assert seconds == [1558287120.0, 1558287120.5]


def test_an_event_whose_time_cannot_be_read_is_kept_and_the_time_is_a_reject():
    block, rejects = block_of(batch(ts=["1558287120", "yesterday"], query=["a", "b"]))
    assert block.time.to_pylist()[1] is None
    assert block.columns["query"].to_pylist() == ["a", "b"]
    assert rejects.select(["locator", "rule"]).to_pylist() == [{"locator": 2, "rule": "bad_time"}]
