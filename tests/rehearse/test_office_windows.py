"""Events of Windows have the fields that collectors write, and come in order of time."""

from collections import Counter

import pytest

from bongsu.rehearse.office import make_office
from bongsu.rehearse.office_windows import SYSMON, made_hash, windows_day

OFFICE = make_office(20, 1)


@pytest.fixture(scope="module")
def rows():
    return windows_day(OFFICE, 0)


def test_a_day_is_in_order_and_the_same_each_time(rows):
    assert [moment for moment, _row in rows] == sorted(moment for moment, _row in rows)
    assert rows == windows_day(OFFICE, 0)
    assert rows != windows_day(OFFICE, 1)


def test_events_are_of_several_kinds_and_long_tailed(rows):
    counts = Counter((row["Channel"], row["EventID"]) for _moment, row in rows)
    assert {(SYSMON, 1), (SYSMON, 11), (SYSMON, 22), ("Security", 4624)} <= set(counts)
    commands = Counter(row["CommandLine"] for _moment, row in rows if row["EventID"] == 1)
    assert len(commands) > 500
    assert all(row["@timestamp"].endswith("Z") and row["Hostname"] for _moment, row in rows)


def test_a_made_hash_has_the_right_form_and_says_that_it_is_made():
    assert len(made_hash("a")) == 64
    assert int(made_hash("a"), 16)
    assert made_hash("a") != made_hash("b")
    assert made_hash("x").startswith("B0B0")
