"""EVTX: all events of all samples, whole or shared; what is damaged is told."""

import io
import tarfile
from pathlib import Path

import pytest
from tests.data.evtx_file import CHUNK, evtx_file
from tests.data.log_read import log_rejects, log_rows, read_log

from bongsu.errors import FormatError
from bongsu.read import evtx
from bongsu.read.evtx import HEADER_BYTES, Range, parts, sniff

EVENTS = [
    (at, "Security", 4624 + at % 2, {"LogonType": "3", "IpAddress": f"10.0.0.{at}"}) for at in range(1, 31)
]
LOG = evtx_file(EVENTS[:10], EVENTS[10:20], EVENTS[20:])


def places(batches):
    return sorted(row["locator"] for _stream, row in log_rows(batches))


def test_events_come_by_channel_and_number_with_the_names_of_the_log():
    batches = read_log("evtx", LOG)
    assert [(b.stream.product, b.stream.channel, b.stream.event_id) for b in batches] == [
        ("windows", "Security", "4625"), ("windows", "Security", "4624"),
    ]  # fmt: skip
    assert places(batches) == list(range(1, 31))
    assert log_rows(batches)[0][1] == {
        "Provider_Name": "Example", "EventID": "4625", "Level": "4",
        "TimeCreated": "2026-01-02T03:04:05.678901Z",
        "EventRecordID": "1", "Channel": "Security", "Computer": "PC-1", "LogonType": "3",
        "IpAddress": "10.0.0.1", "locator": 1,
    }  # fmt: skip


def test_batches_are_no_larger_than_asked():
    batches = read_log("evtx", LOG, batch_rows=10)
    assert len(batches) == 6
    assert places(batches) == list(range(1, 31))


def test_parts_give_what_the_whole_gives():
    whole = places(read_log("evtx", LOG))
    shared = [places(read_log("evtx", LOG, part=Range(*part))) for part in ((0, 1), (1, 3))]
    assert shared[0] + shared[1] == whole
    assert parts(len(LOG)) == [Range(0, 3)]
    assert parts(HEADER_BYTES + CHUNK * 2_400 + 1) == [Range(0, 1024), Range(1024, 2048), Range(2048, 2401)]
    assert parts(0) == parts(100) == []


def test_a_damaged_record_or_chunk_is_told_and_reading_goes_on():
    for at, what in ((512, bytes(4)), (512 + 40, b"\xff" * 400), (0, b"X" * 8)):
        damaged = bytearray(LOG)
        start = HEADER_BYTES + CHUNK + at
        damaged[start : start + len(what)] = what
        batches = read_log("evtx", bytes(damaged))
        assert set(places(batches)) >= {*range(1, 11), *range(21, 31)}
        assert [rule for _place, rule in log_rejects(batches)] == ["damaged_chunk"]


def test_a_log_without_its_header_or_its_end_is_read():
    assert places(read_log("evtx", LOG[HEADER_BYTES:])) == list(range(1, 31))
    batches = read_log("evtx", LOG[: HEADER_BYTES + CHUNK + 700])
    assert places(batches)[:10] == list(range(1, 11))
    assert log_rejects(batches) == [(11, "damaged_chunk")]


def test_a_record_that_cannot_be_read_costs_itself_only():
    damaged = bytearray(LOG)
    at = LOG.index(b"\x2a\x2a\x00\x00", HEADER_BYTES + 512 + 24)
    damaged[at + 24 : at + 32] = b"\xee" * 8
    batches = read_log("evtx", bytes(damaged))
    assert len(places(batches)) >= 29
    assert log_rejects(batches) == [(1, "damaged_chunk")]


def test_no_more_is_held_than_asked():
    file = io.BytesIO(LOG[:HEADER_BYTES] + LOG[HEADER_BYTES:] * 100)
    batches = evtx.read(file, batch_rows=20)
    next(batches)
    assert file.tell() < HEADER_BYTES + 33 * CHUNK
    assert sum(1 for _batch in batches) > 100


def test_unused_chunks_are_no_fault():
    batches = read_log("evtx", LOG + bytes(3 * CHUNK))
    assert (len(places(batches)), log_rejects(batches)) == (30, [])


def test_a_log_without_any_chunk_or_with_a_wiped_one_is_told():
    assert log_rejects(read_log("evtx", LOG[:HEADER_BYTES])) == [(0, "no_chunks")]
    assert log_rejects(read_log("evtx", LOG[:HEADER_BYTES] + bytes(CHUNK))) == [(0, "no_chunks")]
    wiped = bytearray(LOG)
    wiped[HEADER_BYTES : HEADER_BYTES + 512] = bytes(512)
    assert [rule for _place, rule in log_rejects(read_log("evtx", bytes(wiped)))] == ["damaged_chunk"]
    fresh = b"ElfChnk\x00" + b"\xff" * 32 + bytes(8) + (512).to_bytes(4, "little") + bytes(CHUNK - 52)
    assert read_log("evtx", LOG[:HEADER_BYTES] + fresh) == []


def test_only_evtx_fits():
    assert sniff(LOG[:64])
    assert not sniff(b"ElfFil")
    with pytest.raises(FormatError, match="not a Windows event log"):
        read_log("evtx", b"<Event/>")


def test_every_event_of_the_real_samples_is_read(real_data, tmp_path):
    total = 0
    for name in ("evtx-attack-samples", "sigma-regression"):
        with tarfile.open(real_data / "logs" / f"{name}.tar.xz") as archive:
            archive.extractall(tmp_path / name, filter="data")
    for path in sorted(tmp_path.rglob("*.evtx")):
        whole = read_log("evtx", path.read_bytes(), batch_rows=50_000)
        assert log_rejects(whole) == [], path
        total += sum(batch.rows.num_rows for batch in whole)
        assert sorted(places(whole)) == sorted(_by_parts(path)), path
    assert total == 8255 + 160


def _by_parts(path: Path):
    chunks = (path.stat().st_size - HEADER_BYTES) // CHUNK
    content = path.read_bytes()
    middle = chunks // 2
    return [
        place
        for part in (Range(0, middle), Range(middle, chunks))
        for place in places(read_log("evtx", content, part=part))
    ]


def test_the_file_need_not_be_in_memory(tmp_path):
    (tmp_path / "a.evtx").write_bytes(LOG)
    with (tmp_path / "a.evtx").open("rb") as file:
        assert places(evtx.read(file, batch_rows=10)) == list(range(1, 31))
