from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from bongsu.analyze.detect import Detector
from bongsu.analyze.detect_sighting import host_names, named_values, sightings_of, time_span
from bongsu.model.detection import Comparison, Detection
from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.normalize.log import block_of

STREAM = LogStream("windows", channel="Microsoft-Windows-Sysmon/Operational", event_id="1")
RULE = Detection(
    id="r", title="Made", level="high", status="experimental", techniques=("T1059",), tactics=("execution",),
    product="windows", category="process_creation", service="",
    tests=(Comparison("Image", "endswith", "\\a.exe"),), tree=0,
    innocent=("Admins",), file="r.yml", sha256="0" * 64,
)  # fmt: skip


def block():
    rows = pa.table(
        {
            "Image": ["C:\\a.exe", "C:\\b.exe", "D:\\A.exe", "C:\\a.exe"],
            "Computer": ["one", "one", "two", "one"],
            "User": ["kim", "kim", None, None],
            "TimeCreated": [f"2026-03-0{day}T00:00:00Z" for day in (4, 3, 2, 1)],
            "locator": pa.array([11, 12, 13, 14], pa.int64()),
        }
    )
    return block_of(LogBatch(STREAM, rows, REJECT.empty_table()))[0]


def test_a_hit_is_one_sighting_a_host():
    (hit,) = Detector([RULE]).find(block())
    one, two = sightings_of(hit, block())
    assert (one.host, one.user, one.count, two.host, two.count) == ("one", "kim", 2, "two", 1)
    assert (one.first, one.last) == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))
    assert [place.locator for place in one.evidence] == ["11", "14"]
    assert one.evidence[0].what == "Microsoft-Windows-Sysmon/Operational 1"
    assert (one.level, one.alert, one.confidence) == ("high", True, 45)
    assert one.why[0] == "Image is C:\\a.exe."
    assert one.innocent == ("Admins",)
    assert any("parent process" in step for step in one.next_steps)


def test_what_is_not_named_is_empty():
    assert named_values(block(), np.array([2]), "user") == [""]
    assert named_values(block()._replace(stream=LogStream("abacus")), np.array([0]), "host") == [""]


def test_a_log_of_a_network_is_of_the_address_that_asked():
    rows = pa.table(
        {"id.orig_h": ["192.0.2.1", None], "query": ["a", "b"], "locator": pa.array([1, 2], pa.int64())}
    )
    asked = block_of(LogBatch(LogStream("zeek", "dns", "dns"), rows, REJECT.empty_table()))[0]
    assert host_names(asked, np.array([0, 1])) == ["192.0.2.1", ""]
    assert host_names(block(), np.array([0])) == ["one"]
    assert host_names(asked._replace(stream=LogStream("abacus")), np.array([0])) == [""]


def test_events_without_times_have_no_span():
    timeless = block()._replace(time=pa.nulls(4, pa.timestamp("us", tz="UTC")))
    assert time_span(timeless, np.array([0, 1])) == (None, None)
