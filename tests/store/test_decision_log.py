"""The log of decisions is whole or not believed."""

import json
import stat

import pytest

from bongsu.errors import InputError, LedgerError
from bongsu.store.decision_log import FIRST, append_decision, minimize_decisions, read_decisions
from bongsu.store.lock import locked

HEAD = {"at": "2026-03-01T00:00:00+00:00", "kind": "decision", "outcome": "adverse"}


def add(folder, n):
    return append_decision(folder, HEAD, {"subject": f"e{n}", "by": "봉수", "says": "Elsewhere."})


@pytest.fixture
def log(tmp_path):
    for n in range(3):
        add(tmp_path, n)
    return tmp_path / "decisions" / "log.ndjson"


def test_entries_follow_each_other(tmp_path, log):
    entries = read_decisions(tmp_path)
    assert [one["number"] for one in entries] == [1, 2, 3]
    assert [one["previous"] for one in entries] == [FIRST, *(one["digest"] for one in entries[:2])]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert read_decisions(tmp_path / "other") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0].replace("Elsewhere", "Nowhere"), *lines[1:]],
        lambda lines: [lines[0].replace("adverse", "cleared"), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, '{"number": 4'],
        lambda lines: [*lines, "[]"],
    ],
)
def test_a_log_that_was_changed_is_not_believed(tmp_path, log, change):
    log.write_text("\n".join(change(log.read_text().splitlines())) + "\n")
    with pytest.raises(InputError, match="Cannot trust the log"):
        read_decisions(tmp_path)
    with pytest.raises(InputError, match="Cannot trust the log"):
        add(tmp_path, 9)


def test_minimizing_takes_the_body_and_leaves_a_whole_log(tmp_path, log):
    digests = [one["digest"] for one in read_decisions(tmp_path)]
    assert minimize_decisions(tmp_path, frozenset({1, 3, 7})) == 2
    assert minimize_decisions(tmp_path, frozenset({1})) == 0
    entries = read_decisions(tmp_path)
    assert [one["digest"] for one in entries] == digests
    assert [bool(one["body"]) for one in entries] == [False, True, False]
    assert add(tmp_path, 4)["previous"] == digests[-1]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert (lines[0]["salt"], lines[0]["body"]) == (None, None)
    assert '"e0"' not in log.read_text()
    assert minimize_decisions(tmp_path / "other", frozenset({1})) == 0


def test_what_may_not_follow_is_not_written_and_one_writes_at_a_time(tmp_path, log):
    def never(entries):
        raise InputError(f"{len(entries)}")

    with pytest.raises(InputError, match="3"):
        append_decision(tmp_path, HEAD, {}, never)
    with locked(log.parent), pytest.raises(LedgerError, match="another process"):
        add(tmp_path, 5)
    assert len(read_decisions(tmp_path)) == 3
