"""Zeek's logs, as JSON and with tabs, real ones too."""

import gzip
import io
import json
import os
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from tests.read.log_samples import NETWORK_SAMPLES, ZEEK_TEXT

from bongsu.model.log import LogStream
from bongsu.read import log_rows
from bongsu.read.zeek import read, sniff

DATA = os.environ.get("BONGSU_TEST_DATA")
needs_data = pytest.mark.skipif(not DATA, reason="BONGSU_TEST_DATA names no folder of real data")


def batches(text, batch_rows=10_000):
    return list(read(io.BytesIO(text), batch_rows=batch_rows))


def events_of(found):
    rows = [row for one in found for row in one.rows.to_pylist()]
    return {row["locator"]: {name: value for name, value in row.items() if value is not None} for row in rows}


def lines_of(*events):
    return "".join(json.dumps(event) + "\n" for event in events).encode()


def plain(value):
    """A JSON value as the text that a column holds."""
    if isinstance(value, list):
        return ",".join(map(plain, value))
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def test_each_log_of_a_mixed_file_is_a_stream_of_its_own():
    found = batches(NETWORK_SAMPLES["zeek"])
    assert [one.stream for one in found] == [
        LogStream("zeek", "dns", "dns"),
        LogStream("zeek", "http", "proxy"),
        LogStream("zeek", "conn", "firewall"),
    ]
    dns, http, conn = events_of(found).values()
    assert (dns["query"], dns["record_type"], dns["answer"]) == (
        "www.example.com", "A", "host.example.net,192.0.2.7"
    )  # fmt: skip
    assert (dns["ts"], dns["TTLs"], dns["rejected"]) == ("1588316619.797806", "60.0,30.5", "false")
    assert http["url"] == "http://www.example.com:8080/a/b.zip?x=1"
    assert (http["c-uri"], http["cs-host"], http["sc-status"]) == ("/a/b.zip?x=1", "www.example.com", "200")
    assert (conn["src_ip"], conn["dst_port"]) == ("10.0.0.5", "443")


@pytest.mark.parametrize(
    ("event", "path"),
    [
        ({"ts": 1, "uid": "C", "id.orig_h": "10.0.0.1", "trans_id": 3, "rejected": False}, "dns"),
        (
            {"ts": 1, "uid": "C", "id_orig_h": "10.0.0.1", "action": "SMB::FILE_OPEN", "name": "x"},
            "smb_files",
        ),
        ({"@stream": "ssl", "@proc": "zeek", "ts": 1, "id_orig_h": "10.0.0.1"}, "ssl"),
        ({"_path": "mine", "ts": 1, "id": {"orig_h": "10.0.0.1"}}, "mine"),
    ],
)
def test_the_log_is_told_by_its_path_or_its_fields(event, path):
    text = lines_of(event)
    assert sniff(text)
    (found,) = batches(text)
    assert found.stream.service == path
    assert ("id.orig_h" in found.rows.column_names) == ("uid" in event or "id" in event or path == "ssl")


def test_a_log_without_names_stays_what_it_was(monkeypatch):
    monkeypatch.setattr(log_rows, "ROOM", log_rows.ROOM._replace(rows=1))
    text = lines_of({"ts": 1, "trans_id": 3, "rejected": False}, {"ts": 2, "query": "a.example"})
    assert [one.stream.service for one in batches(text)] == ["dns", "dns"]


@pytest.mark.parametrize(
    "head",
    [
        b"", b"\n", b"{", b"[1]", b'{"a":1}', b"#Fields: date time c-ip", b"text",
        b'{"timestamp":"x","event_type":"dns","_path":"dns","ts":1}', b'{"ts":1,"message":"x"}',
        b'{"_path":5,"ts":1}', b"#fields: a",
    ],
)  # fmt: skip
def test_other_files_are_not_zeek(head):
    assert not sniff(head)


@pytest.mark.parametrize(
    ("host", "port", "uri", "url"),
    [
        ("a.example", 80, "/x", "http://a.example/x"),
        ("a.example:81", 81, "/x", "http://a.example:81/x"),
        ("2001:db8::1", 8080, "/x", "http://[2001:db8::1]:8080/x"),
        ("a.example", 3128, "http://b.example/y", "http://b.example/y"),
        ("a.example", 3128, "b.example:443", "http://a.example:3128/b.example:443"),
    ],
)
def test_the_whole_url_is_made(host, port, uri, url):
    event = {"_path": "http", "ts": 1, "host": host, "id.resp_p": port, "uri": uri}
    assert events_of(batches(lines_of(event)))[1]["url"] == url


def test_a_bad_line_is_a_reject_at_its_line_and_the_others_are_events():
    text = NETWORK_SAMPLES["zeek"].splitlines(keepends=True)
    found = batches(text[0] + b"{broken\n" + text[1])
    assert sorted(events_of(found)) == [1, 3]
    assert [row["locator"] for one in found for row in one.rejects.to_pylist()] == [2]


def test_tabs_and_batches_of_one():
    assert sniff(ZEEK_TEXT)
    found = batches(ZEEK_TEXT, batch_rows=1)
    assert [(one.stream.service, one.rows.num_rows) for one in found] == [("dns", 1), ("dns", 1)]
    assert events_of(found)[9]["query"] == "café.example"


@needs_data
def test_every_line_of_real_json_is_an_event():
    counts = Counter()
    for path in sorted((Path(DATA) / "logs" / "zeek-brimdata").glob("*.json.gz")):
        text = gzip.decompress(path.read_bytes())
        assert sniff(text[:65536]), path
        for one in batches(text):
            assert (one.stream.service, one.rejects.num_rows) == (path.name.split(".")[0], 0)
            counts[one.stream.service] += one.rows.num_rows
        assert counts[path.name.split(".")[0]] == text.count(b"\n")
    assert (counts["dns"], counts["ssl"], counts["x509"]) == (53_615, 49_474, 348)


@needs_data
@pytest.mark.parametrize("name", ["x509", "weird", "rdp", "smtp"])
def test_real_values_are_those_that_python_reads(name):
    text = gzip.decompress((Path(DATA) / "logs" / "zeek-brimdata" / f"{name}.json.gz").read_bytes())
    lines = text.splitlines()[:3000]
    found = events_of(batches(b"\n".join(lines)))
    for number, line in enumerate(lines, 1):
        stated = json.loads(line, parse_int=str, parse_float=str)
        assert found[number] == {
            name: plain(value) for name, value in stated.items() if value is not None
        } | {"locator": number}


@needs_data
def test_the_real_log_with_tabs():
    text = gzip.decompress((Path(DATA) / "logs" / "rita-beacon" / "http.log.gz").read_bytes())
    found = batches(text)
    events = events_of(found)
    assert (len(events), sum(one.rejects.num_rows for one in found)) == (27_204, 0)
    assert {one.stream for one in found} == {LogStream("zeek", "http", "proxy")}
    assert events[9]["url"] == "http://www.alexa.com/topsites/category;2/Top/Business/"
    assert sum(event.get("uri", "").count("\x01") for event in events.values()) == text.count(b"\\x01")
    assert not any("referrer" in event for event in events.values() if event["locator"] == 9)


@needs_data
def test_the_real_mixed_log_of_an_emulation(tmp_path):
    with tarfile.open(Path(DATA) / "logs" / "zeek-apt29-day2.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    text = next(tmp_path.rglob("combined_zeek.log")).read_bytes()
    assert sniff(text[:65536])
    counts = Counter()
    for one in batches(text):
        counts[one.stream.service] += one.rows.num_rows
        assert one.rejects.num_rows == 0
    assert sum(counts.values()) == 5_664
    assert (counts["conn"], counts["dns"], counts["http"], counts["files"]) == (1_172, 250, 1, 33)
