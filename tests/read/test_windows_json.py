"""Windows events as agents and exports write them in JSON."""

import io
import json
import tarfile
import zipfile

import pytest
from tests.data.log_read import log_rejects, log_rows, read_log

from bongsu.read.windows_json import read, sniff

NESTED = {
    "Event": {
        "System": {
            "Provider": {"#attributes": {"Name": "P"}},
            "EventID": 1,
            "Channel": "C",
            "Computer": "PC",
        },
        "EventData": {"Image": "a.exe"},
    }
}
FLAVORS = {
    "nested": NESTED,
    "inner": NESTED["Event"],
    "hit": {"_source": NESTED},
    "flat": {"SourceName": "P", "EventID": 1, "Channel": "C", "Hostname": "PC", "Image": "a.exe"},
    "elastic": {
        "winlog": {
            "channel": "C", "event_id": 1, "provider_name": "P", "computer_name": "PC",
            "event_data": {"Image": "a.exe"},
        },
    },
    "elastic flat": {
        "winlog.channel": "C", "winlog.event_id": "1", "winlog.provider_name": "P",
        "winlog.computer_name": "PC", "winlog.event_data.Image": "a.exe",
    },
    "elder beat": {
        "log_name": "C", "event_id": 1, "source_name": "P", "computer_name": "PC",
        "event_data": {"Image": "a.exe"},
    },
    "azure": {
        "EventSourceName": "P", "Channel": "C", "Computer": "PC", "EventID": 1,
        "EventData": "<EventData xmlns=\"x\">\r\n<Data Name=\"Image\">a.exe</Data></EventData>",
    },
    "shell": {"ProviderName": "P", "LogName": "C", "Id": 1, "MachineName": "PC", "Image": "a.exe"},
}  # fmt: skip


@pytest.mark.parametrize("flavor", sorted(FLAVORS))
def test_every_flavor_gives_the_same_event(flavor):
    content = json.dumps(FLAVORS[flavor]).encode()
    assert sniff(content)
    ((stream, row),) = log_rows(read_log("windows_json", content))
    assert (stream.product, stream.channel, stream.event_id) == ("windows", "C", "1")
    system = {"Provider_Name": "P", "EventID": "1", "Channel": "C", "Computer": "PC"}
    assert row == {**system, "Image": "a.exe", "locator": 1}


def test_no_field_takes_the_place_of_another():
    row = {"Channel": "C", "EventID": 1, "Hostname": "a", "Computer": "b", "winlog.event_data.Channel": "d"}
    ((_stream, found),) = log_rows(read_log("windows_json", json.dumps(row).encode()))
    assert found == {**row, "EventID": "1", "locator": 1}


def test_times_get_the_name_of_the_log_service_where_no_better_one_is_stated():
    def time_of(row):
        content = json.dumps({"Channel": "C", "EventID": 1, **row}).encode()
        return log_rows(read_log("windows_json", content))[0][1]

    assert time_of({"TimeGenerated": "2026-01-02T03:04:05Z"})["TimeCreated"] == "2026-01-02T03:04:05Z"
    assert time_of({"EventTime": "x", "@timestamp": "y"})["EventTime"] == "x"
    assert time_of({"TimeCreated": "/Date(1767323045678)/"})["TimeCreated"] == "1767323045678"


def test_data_kept_as_text_is_unescaped():
    row = {
        "Channel": "C",
        "EventID": 1,
        "EventData": '<EventData><Data Name="a">x &amp; y</Data><Data>1</Data><Data>2</Data></EventData>',
    }
    ((_stream, found),) = log_rows(read_log("windows_json", json.dumps(row).encode()))
    assert (found["a"], found["Data"]) == ("x & y", "1 2")


def test_broken_lines_are_told():
    content = json.dumps(FLAVORS["flat"]).encode() + b"\n{}\n{\n" + json.dumps(NESTED).encode()
    batches = read_log("windows_json", content)
    assert [row["locator"] for _stream, row in log_rows(batches)] == [1, 4]
    assert log_rejects(batches) == [(2, "bad_event"), (3, "bad_event")]
    content = json.dumps({"Event": {"System": 3}}).encode()
    assert log_rejects(read_log("windows_json", content)) == [(1, "bad_event")]


def test_other_json_does_not_fit():
    for row in (
        {"EventID": 1},
        {"eventName": "x", "eventSource": "y"},
        {"Event": {}},
        {"ts": 1, "uid": "C1"},
    ):
        assert not sniff(json.dumps(row).encode())
    long = json.dumps({"Message": "x" * 100_000, "Channel": "C", "EventID": 1}).encode()
    assert not sniff(long[:65536])
    assert sniff(b'{"Channel":"C","EventID":1,"Message":"' + b"x" * 65536)


def test_every_event_of_the_real_samples_is_read(real_data):
    total = 0
    for path in sorted((real_data / "logs" / "otrf" / "atomic" / "windows").rglob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if not name.startswith("__MACOSX"):
                    content = archive.read(name)
                    assert sniff(content[:65536]), path
                    batches = list(read(io.BytesIO(content), batch_rows=50_000))
                    assert log_rejects(batches) == []
                    found = sum(batch.rows.num_rows for batch in batches)
                    assert found == sum(1 for line in content.splitlines() if line.strip()), path
                    total += found
    assert total > 200_000


def test_the_regression_files_give_what_their_evtx_gives(real_data):
    with tarfile.open(real_data / "logs" / "sigma-regression.tar.xz") as archive:
        files = {m.name: archive.extractfile(m).read() for m in archive.getmembers() if m.isfile()}
    pairs = [(name, f"{name.removesuffix('.json')}.evtx") for name in files if name.endswith(".json")]
    assert len(pairs) == 143
    unlike = []
    for one, two in pairs:
        stated, logged = _fields("windows_json", files[one]), _fields("evtx", files[two])
        unlike += [one for row in stated if row not in logged]
    assert len(unlike) <= 3, unlike


def _fields(reader, content):
    rows = [row for _stream, row in log_rows(read_log(reader, content))]
    left_out = {"locator", "TimeCreated"}  # the JSON files were edited: spaces at ends, digits of times
    return [{name: text.strip() for name, text in row.items() if name not in left_out} for row in rows]
