import io

from bongsu.read import lock_entry
from bongsu.read.lock_entry import LineFinder, LockEntry, json_of, lines_of, lock_batches


def test_empty_texts_are_null_and_faults_are_rejects():
    [batch] = lock_batches("npm", [LockEntry(3, "a", "1"), (4, "bad_entry", "no")], 10)
    assert batch.rows.to_pylist() == [
        {
            "name": "a",
            "version": "1",
            "resolved": None,
            "integrity": None,
            "alias_of": None,
            "file_kind": None,
            "locator": 3,
        }
    ]
    assert batch.rejects.to_pylist() == [{"source": "", "locator": 4, "rule": "bad_entry", "message": "no"}]


def test_what_utf_8_cannot_hold_is_replaced():
    [batch] = lock_batches("npm", [LockEntry(1, "a\ud800")], 10)
    assert batch.rows["name"].to_pylist() == ["a?"]


def test_lines_are_those_of_the_file_also_behind_one_that_is_too_long(monkeypatch):
    monkeypatch.setattr(lock_entry, "LONGEST_LINE", 4)
    assert list(lines_of(io.BytesIO(b"ab\r\nabcdefghij\nxy\xff\n"))) == [
        (1, "ab"),
        (2, "abcd"),
        (3, "xy\ufffd"),
    ]


def test_a_file_that_is_too_large_is_a_reject(monkeypatch):
    monkeypatch.setattr(lock_entry, "LARGEST", 8)
    assert json_of(io.BytesIO(b'{"a": "b"}'))[2][:2] == (1, "too_large")
    assert json_of(io.BytesIO(b"[1]"))[2][:2] == (1, "bad_json")


def test_a_finder_gives_up_on_a_file_that_no_package_manager_wrote():
    finder = LineFinder('\n"a": {\n"b": {')
    assert finder.find("", "a", ": {") == 2
    for _ in range(200):
        assert finder.find("", "z", ": {") == 2
    assert finder.find("", "b", ": {") == 2
