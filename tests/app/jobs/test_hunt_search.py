from tests.data.hunt_case import make_logs, started

from bongsu.analyze.detect import Detector
from bongsu.app.jobs.hunt_indicator import IndicatorFiles, load_indicators
from bongsu.app.jobs.hunt_rule import load_rules
from bongsu.app.jobs.hunt_search import FIRST_REJECTS, Part, Search, Searched, stream_name
from bongsu.model.log import LogBatch, LogStream


class Counted:
    """A watch that counts the events that it sees."""

    def __init__(self):
        self.rows = 0

    def add(self, block):
        self.rows += block.rows

    def sightings(self):
        return []

    def notes(self):
        return []


def search(rules, index=None):
    detections = load_rules((rules,), shipped=False).detections
    return Search(Detector(detections), index, {"counted": Counted})


def test_a_share_says_what_was_met_and_what_was_read(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    logs, rules = make_logs(tmp_path)
    parts = [Part(3, logs / "a.json", "windows_json", None), Part(5, logs / "b.json", "windows_json", None)]
    found = search(rules).run(parts)
    assert [one.evidence[0].sha256 for one in found.sightings] == ["#5", "#3"]
    assert {number: sum(one.events.values()) for number, one in found.files.items()} == {3: 20, 5: 1}
    assert found.watches["counted"].rows == 21, "watches see every event"
    assert found.asked == {"0b7d6c1e-0000-4000-8000-000000000001"}


def test_indicators_are_compared_with_every_event(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    logs, rules = make_logs(tmp_path)
    (tmp_path / "claims.csv").write_text("type,value,source\nfilename,made-tool.exe,a@1\n")
    index = load_indicators(IndicatorFiles((tmp_path / "claims.csv",))).compared
    found = search(rules, index).run([Part(0, logs / "a.json", "windows_json", None)])
    assert [one.kind for one in found.sightings] == ["detection", "indicator"]
    assert found.sightings[1].evidence[0].locator == "20"


def test_a_file_that_goes_away_is_a_failure_and_not_a_crash(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    _logs, rules = make_logs(tmp_path)
    found = search(rules).run([Part(0, tmp_path / "gone", "windows_json", None)])
    assert "No such file" in found.files[0].failure


def test_few_rejects_are_shown_and_all_are_counted(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    _logs, rules = make_logs(tmp_path)
    bad = [started(1, "x").replace("2026-03-01T", f"no{number}") for number in range(9)]
    (tmp_path / "bad.json").write_text("\n".join([*bad, "{broken"]) + "\n")
    searched = search(rules).run([Part(0, tmp_path / "bad.json", "windows_json", None)]).files[0]
    assert sum(searched.rejects.values()) == 10
    assert searched.rejects["bad_time"] == 9
    assert len(searched.first_rejects) == FIRST_REJECTS


def test_stretches_of_a_file_add_up():
    one, other = Searched(failure="why"), Searched()
    one.events["a"] = other.events["a"] = 2
    other.rejects["r"] = 1
    whole = Searched()
    whole.add(one)
    whole.add(other)
    assert (whole.events, whole.rejects, whole.failure) == ({"a": 4}, {"r": 1}, "why")


def test_a_stream_has_a_name_for_people():
    named = [
        LogStream("windows", channel="Security", event_id="4624"),
        LogStream("zeek", "dns", "dns"),
        LogStream("", category="proxy"),
        LogStream(""),
    ]
    assert [stream_name(LogBatch(one, None, None)) for one in named] == [
        "windows Security", "zeek dns", "proxy", "-",
    ]  # fmt: skip


def test_logs_of_no_known_product_are_compared_as_text(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    _logs, rules = make_logs(tmp_path)
    (tmp_path / "claims.csv").write_text("type,value,source\ndomain,madeup-evil.com,a@1\n")
    index = load_indicators(IndicatorFiles((tmp_path / "claims.csv",))).compared
    (tmp_path / "note.txt").write_text("nothing\nit asked x.madeup-evil.com; notmadeup-evil.com is another\n")
    (tmp_path / "audit.json").write_text('{"kind": "Event", "ips": ["192.0.2.1", "madeup-evil.com"]}\n')
    parts = [
        Part(0, tmp_path / "note.txt", "plain_text", None),
        Part(1, tmp_path / "audit.json", "any_json", None),
    ]
    met = search(rules, index).run(parts).sightings
    assert [(one.field, one.count, one.evidence[0].locator) for one in met] == [
        ("ips", 1, "1"), ("message", 1, "2"),
    ]  # fmt: skip


def test_events_that_no_rule_is_about_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    logs, rules = make_logs(tmp_path)
    (logs / "b.json").write_text(started(1, "x").replace('"EventID": 1', '"EventID": 3') + "\n")
    parts = [Part(0, logs / "a.json", "windows_json", None), Part(1, logs / "b.json", "windows_json", None)]
    found = search(rules).run(parts)
    assert found.unruled == {"windows Microsoft-Windows-Sysmon/Operational": 1}
