"""A week is files and batches of the same events, and the truth names the right lines."""

import json
from collections import Counter

import pytest

from bongsu.normalize.log import block_of
from bongsu.rehearse.office import make_office
from bongsu.rehearse.office_week import LINES, office_batches, office_pieces

OFFICE = make_office(12, 1)


@pytest.fixture(scope="module")
def pieces():
    return list(office_pieces(OFFICE, 3, incident=True))


def test_files_are_the_same_each_time_and_incident_adds_only_what_is_planted(pieces):
    assert pieces == list(office_pieces(OFFICE, 3, incident=True))
    clean = list(office_pieces(OFFICE, 3))
    assert all(piece.planted == () for piece in clean)
    lines = [
        sum(piece.data.count(b"\n") for piece in part if piece.file in files()) for part in (pieces, clean)
    ]
    planted = sum(len(piece.planted) for piece in pieces if piece.file in files())
    assert lines[0] - lines[1] == planted > 400


def files():
    return {file for file, _make in LINES.values()}


def test_the_truth_names_the_line(pieces):
    checked = 0
    for piece in pieces:
        lines = piece.data.decode().splitlines()
        for one, line in piece.planted:
            if piece.file.endswith(("events.json", "http.log", "dns.log")):
                assert json.loads(lines[line - 1]) == one.content[1]
                checked += 1
    assert checked > 400


def test_batches_hold_the_same_events_and_become_blocks():
    counts = Counter()
    for batch in office_batches(OFFICE, 1):
        block, rejects = block_of(batch)
        assert rejects.num_rows == 0
        assert block.time.null_count == 0
        counts[batch.stream.service] += block.rows
    assert set(counts) == {"sysmon", "security", "dns", "http", "conn"}
    expected = sum(len(LINES[kind][1](OFFICE, 0)) for kind in ("windows", "dns", "http", "conn"))
    assert sum(counts.values()) == expected
