from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.normalize.fault import Fault
from bongsu.normalize.time import parse_time, unix_times

NOON = datetime(2023, 5, 2, 12, 19, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "1683029999",
        "1683029999000",
        "1683029999000000",
        "1683029999000000000",
        "2023-05-02 12:19:59 UTC",
        "2023-05-02 12:19:59.000 UTC",
        "2023-05-02T12:19:59Z",
        "2023-05-02T12:19:59+00:00",
        "2023-05-02 21:19:59+0900",
        "2023-05-02 05:49:59-06:30",
        "2023/5/2 12:19:59",
        " 2023-05-02 12:19:59 ",
    ],
)
def test_every_form_is_the_same_moment(text):
    assert parse_time(text) == NOON


def test_a_fraction_and_a_time_without_seconds():
    assert parse_time("2025-02-21 14:16:11.250 UTC") == datetime(2025, 2, 21, 14, 16, 11, 250_000, UTC)
    assert parse_time("2022/6/28 20:02") == datetime(2022, 6, 28, 20, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2022-06-28", "bare_date"),
        ("28.06.2022", "bare_date"),
        ("6/28/22", "bare_date"),
        ("2022-02-30 10:00:00", "bad_time"),
        ("2022-06-28 24:30:00", "bad_time"),
        ("2022-06-28 10:00:00+15:00", "bad_time"),
        ("0001-01-01 00:00:00+14:00", "bad_time"),
        ("9" * 20, "bad_time"),
        ("-5", "bad_time"),
        ("28 June 2022", "bad_time"),
        ("", "bad_time"),
    ],
)
def test_a_date_or_no_time_is_a_fault(text, rule):
    made = parse_time(text)
    assert isinstance(made, Fault)
    assert made.rule == rule


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_text_comes_back(moment):
    assert parse_time(moment.isoformat()) == moment


def test_a_column_of_seconds_is_read_at_once_and_any_other_is_not():
    assert unix_times(pa.array(["1683029999", None])).to_pylist() == [NOON, None]
    assert unix_times(pa.array([None], pa.string())).to_pylist() == [None]
    for text in ("1683029999000", "-1", "2023-05-02 12:19:59"):
        assert unix_times(pa.array(["1", text])) is None
