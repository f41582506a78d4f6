"""Windows events as XML, without looking up anything outside."""

import io
import tarfile

import evtx
import pytest
from tests.data.log_read import log_rejects, log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.model.log import LogStream
from bongsu.read import windows_xml
from bongsu.read.windows_xml import event_of_xml, sniff, sysmon_stream


def test_events_of_an_export_are_read():
    batches = read_log("windows_xml", SAMPLES["windows_xml"])
    assert log_rejects(batches) == []
    (stream, row), (_same, second) = log_rows(batches)
    assert (stream.channel, stream.event_id) == ("Sysmon/Operational", "1")
    assert (row["Image"], row["CommandLine"], row["Computer"]) == ("/bin/ls", 'ls & "x"', "h1")
    assert (row["locator"], second["locator"]) == (1, 2)


def test_events_lie_across_chunks(monkeypatch):
    monkeypatch.setattr(windows_xml, "CHUNK_BYTES", 50)
    assert len(log_rows(read_log("windows_xml", SAMPLES["windows_xml"]))) == 2


def test_nameless_data_and_character_data_are_kept():
    data = "<Data>a</Data><Data><![CDATA[<b>]]></Data>"
    event = event_of_xml(f"<Event><System/><EventData>{data}</EventData></Event>")
    assert event["EventData"]["Data"] == ["a", "<b>"]


def test_what_does_not_nest_is_told_and_reading_goes_on(monkeypatch):
    bad = b"<Event><System></EventData></Event>" + b"<Event>" + b"<a>" * 100 + b"</Event>"
    batches = read_log("windows_xml", bad + SAMPLES["windows_xml"] + b"<Event><Sys")
    assert len(log_rows(batches)) == 2
    assert [place for place, _rule in log_rejects(batches)] == [1, 2, 5]
    monkeypatch.setattr(windows_xml, "MOST_EVENT", 10)
    assert log_rejects(read_log("windows_xml", b"x" * 100)) == [(1, "bad_event")]
    with pytest.raises(ValueError, match="Event"):
        event_of_xml("no event")


def test_sysmon_for_linux_is_of_linux():
    stream = LogStream("windows", channel="Linux-Sysmon/Operational", event_id="11")
    assert sysmon_stream(stream)[:3] == ("linux", "sysmon", "file_event")
    assert sysmon_stream(stream._replace(channel="Security")).product == "windows"


def test_only_events_fit():
    assert sniff(SAMPLES["windows_xml"])
    assert not sniff(b"<feedback><Event></Event></feedback>")
    assert not sniff(b"text <Event><System>")


def test_xml_gives_what_evtx_gives(real_data):
    same = total = 0
    with tarfile.open(real_data / "logs" / "sigma-regression.tar.xz") as archive:
        files = [
            archive.extractfile(one).read() for one in archive.getmembers() if one.name.endswith(".evtx")
        ]
    for content in files[:40]:
        records = evtx.PyEvtxParser(io.BytesIO(content), 1).records()
        text = "\n".join(record["data"] for record in records)
        one, two = (_fields(name, data) for name, data in (("windows_xml", text.encode()), ("evtx", content)))
        total += len(two)
        same += sum(row in two for row in one)
    assert total >= 40
    assert same >= total * 0.95


def _fields(reader, content):
    rows = [row for _stream, row in log_rows(read_log(reader, content))]
    return [{k: v for k, v in row.items() if k != "locator" and v != ""} for row in rows]
