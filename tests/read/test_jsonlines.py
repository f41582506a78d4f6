import gzip
import json

import pytest

from bongsu.read import jsonlines
from bongsu.read.jsonlines import read_json_lines

PICKS = {"value": "value", "list": "trace_address", "input": "input"}


@pytest.fixture
def read(tmp_path):
    def run(data: bytes, picks=PICKS, batch_rows=1000):
        path = tmp_path / "x.json"
        path.write_bytes(data)
        batches = list(read_json_lines(path, picks, batch_rows))
        rows = [row for batch in batches for row in batch.rows.to_pylist()]
        return rows, [(row["locator"], row["rule"]) for batch in batches for row in batch.rejects.to_pylist()]

    return run


def test_numbers_keep_their_text(read):
    big = 2**256 - 1
    lines = [
        f'{{"value": {big}}}',
        '{"value": 1.5e18}',
        '{"value": "7"}',
        '{"value": null}',
        '{"value": true}',
        "{}",
    ]
    rows, _rejects = read("\n".join(lines).encode())
    assert [row["value"] for row in rows] == [str(big), "1.5e18", "7", None, "true", None]


def test_nested_values_become_text(read):
    rows, _rejects = read(
        b'{"trace_address": [0, 1]}\n{"trace_address": []}\n{"trace_address": [{"a": 1}]}\n'
    )
    assert [row["list"] for row in rows] == ["0,1", None, '[{"a": "1"}]']


def test_only_the_beginning_of_calldata_is_kept(read):
    rows, _rejects = read(json.dumps({"input": "0x" + "ab" * 500}).encode())
    assert rows[0]["input"] == "0xabababab"


def test_bad_lines_are_rejects_and_lines_are_counted_as_they_stand(read):
    data = b'{"value": 1}\n\nnot json\n[1]\n{"value": 2\n' + b"[" * 100_000 + b'\n\xff\n{"value": 3}'
    rows, rejects = read(data)
    assert [(row["value"], row["locator"]) for row in rows] == [("1", 1), ("3", 8)]
    assert rejects == [(line, "bad_row") for line in (3, 4, 5, 6, 7)]


def test_half_of_a_character_pair_does_not_break_the_batch(read):
    rows, _rejects = read(b'{"value": "\\ud800"}\n{"value": "\xea\xb0\x80"}\n')
    assert [row["value"] for row in rows] == ["?", "가"]


def test_a_byte_order_mark_is_no_part_of_the_first_line(read):
    assert read(b'\xef\xbb\xbf{"value": 1}\n')[0][0]["value"] == "1"


def test_a_cut_file_keeps_its_whole_lines(read):
    data = gzip.compress(b"".join(b'{"value": %d}\n' % (i * 7919) for i in range(20_000)))
    rows, rejects = read(data[: len(data) // 2])
    assert rows
    assert all(int(row["value"]) == (row["locator"] - 1) * 7919 for row in rows)
    assert rejects == [(len(rows) + 1, "truncated_file")]


def test_batches_are_cut_at_the_same_rows(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(b'{"value": 1}\n' * 7)
    assert [batch.rows.num_rows for batch in read_json_lines(path, PICKS, 3)] == [3, 3, 1]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_ends_a_line(read, monkeypatch, end):
    monkeypatch.setattr(jsonlines, "_CHUNK", 7)  # cuts lines, and pairs of line ends
    rows, rejects = read(end.join([b'{"value": 1}', b"", b"bad", b'{"value": 2}', b'{"value": 3}']))
    assert [(row["value"], row["locator"]) for row in rows] == [("1", 1), ("2", 4), ("3", 5)]
    assert rejects == [(3, "bad_row")]


def test_a_line_that_is_too_long_is_one_reject(read, monkeypatch):
    monkeypatch.setattr(jsonlines, "_MAX_LINE", 30)
    monkeypatch.setattr(jsonlines, "_CHUNK", 8)
    rows, rejects = read(b'{"value": 1}\n{"value": 2}' + b" " * 100 + b'\n{"value": 3}\n')
    assert [(row["value"], row["locator"]) for row in rows] == [("1", 1), ("3", 3)]
    assert rejects == [(2, "bad_row")]
