"""Raw rows to events: every row becomes events or a reject."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from bongsu.model.event import EVENT
from bongsu.normalize.record import Plan, Statement, normalize_records

PLAN = Plan(
    subject=("user", "serial"),
    time="when",
    ip="ip",
    latitude="lat",
    statements=(Statement("sign_in", "", "user"), Statement("payout", "wallet", "wallet", namespace="chain")),
)
NAMES = ("user", "serial", "when", "ip", "lat", "wallet", "chain")


def recorded(*rows):
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in NAMES}
    columns["locator"] = pa.array(range(1, len(rows) + 1), pa.int64())
    return normalize_records(pa.table(columns), PLAN, "f" * 64)


def test_an_event_has_all_that_the_row_says():
    found = recorded({"user": " A@X ", "when": "2026-01-02T03:04:05Z", "ip": "8.8.8.8", "lat": "1.5"})
    assert found.events.schema == EVENT
    (row,) = found.events.to_pylist()
    assert (row["subject"], row["kind"], row["ip"], row["latitude"], row["locator"]) == (
        "a@x",
        "sign_in",
        "8.8.8.8",
        1.5,
        1,
    )
    assert row["time"] == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert row["source"] == "f" * 64


@pytest.mark.parametrize(
    "when", ["2026-01-02", "2026-01-02 00:00", "1767312000", "2026-01-02T09:00:00+09:00"]
)
def test_times_as_sources_write_them(when):
    found = recorded({"user": "a", "when": when}, {"user": "b", "when": "2026-01-02 00:00:00"})
    assert {row["time"] for row in found.events.to_pylist()} == {datetime(2026, 1, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("row", "rule", "events"),
    [
        ({"when": "2026-01-02"}, "no_subject", 0),
        ({"user": "a", "when": "soon"}, "bad_time", 0),
        ({"user": "a", "when": "2026-01-02", "ip": "1.2.3.999"}, "bad_ip", 1),
        ({"user": "a", "when": "2026-01-02", "wallet": "0x12", "chain": "eth"}, "bad_address", 1),
    ],
)
def test_what_cannot_be_used_is_a_reject_with_its_place(row, rule, events):
    found = recorded({"user": "z", "when": "2026-01-02"}, row)
    assert [(r["rule"], r["locator"]) for r in found.rejects.to_pylist()] == [(rule, 2)]
    assert found.events.num_rows == events + 1


def test_a_private_address_is_none_and_no_fault():
    found = recorded({"user": "a", "when": "2026-01-02", "ip": "10.0.0.1"})
    assert (found.events["ip"].to_pylist(), found.rejects.num_rows) == ([""], 0)


def test_no_rows_are_no_events():
    found = recorded()
    assert (found.events.num_rows, found.rejects.num_rows) == (0, 0)


def test_another_column_stands_for_the_subject():
    found = recorded({"serial": "AB1", "when": "2026-01-02", "wallet": "0x" + "1" * 40, "chain": "eth"})
    assert [(row["subject"], row["kind"]) for row in found.events.to_pylist()] == [("ab1", "payout")]
