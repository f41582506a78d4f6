import dataclasses
import gzip

import pytest
from tests.data.hunt_case import add_files, make_logs

from bongsu.app.jobs import hunt, hunt_plan
from bongsu.app.jobs.hunt import hunt_files
from bongsu.app.jobs.hunt_setup import HuntRequest
from bongsu.errors import InputError


@pytest.fixture
def request_(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    logs, rules = make_logs(tmp_path)
    return HuntRequest(paths=(logs,), rules=(rules,), shipped_rules=False, processes=1)


def told(hunted):
    return [
        (one.host, one.count, [place.locator for place in one.evidence]) for one in hunted.found.sightings
    ]


def test_what_meets_a_rule_is_found_on_every_host(request_):
    hunted = hunt_files(request_)
    assert told(hunted) == [("host-2", 1, ["1"]), ("host-1", 1, ["20"])]
    assert [one.evidence[0].sha256 for one in hunted.found.sightings] == ["#1", "#0"]
    assert [file.name for file in hunted.files if file.reader] == ["a.json", "b.json"]
    assert [sum(file.searched.events.values()) for file in hunted.files if file.reader] == [20, 1]


def test_nothing_is_left_out_in_silence(request_):
    hunted = hunt_files(request_)
    unread = {file.name for file in hunted.files if not file.reader} | {
        one.name for one in hunted.not_searched
    }
    assert unread == {"picture.bin", "empty.log"}
    (bad,) = [file for file in hunted.files if file.searched.rejects]
    assert (bad.name, sum(bad.searched.rejects.values())) == ("b.json", 1)


def test_several_processes_find_what_one_finds(request_, monkeypatch):
    alone = hunt_files(request_)
    monkeypatch.setattr(hunt, "_ALONE_BYTES", 0)
    monkeypatch.setattr(hunt_plan, "SHARE_FILES", 1)
    shared = hunt_files(
        HuntRequest(**{name: getattr(request_, name) for name in ("paths", "rules", "shipped_rules")})
    )
    assert shared.found.sightings == alone.found.sightings
    assert shared.files == alone.files


def test_packed_logs_of_several_paths_are_all_read(request_, tmp_path):
    paths = []
    for name in ("one", "two"):
        packed = tmp_path / name / "log.gz"
        packed.parent.mkdir()
        packed.write_bytes(gzip.compress((request_.paths[0] / "a.json").read_bytes()))
        paths.append(packed)
    hunted = hunt_files(dataclasses.replace(request_, paths=tuple(paths)))
    assert [sum(file.searched.events.values()) for file in hunted.files] == [20, 20]


def test_progress_tells_each_file_once(request_):
    seen = []
    hunt_files(request_, lambda name, size: seen.append((name, size > 0)))
    assert sorted(seen) == [("a.json", True), ("b.json", True)]


def test_a_path_that_is_not_there_is_said(request_, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        hunt_files(HuntRequest(paths=(tmp_path / "none",), shipped_rules=False, processes=1))


def test_a_process_that_dies_is_said_with_what_to_do(request_, monkeypatch):
    monkeypatch.setattr(hunt, "_ALONE_BYTES", 0)
    monkeypatch.setattr(hunt, "check_request", lambda request: None)
    gone = HuntRequest(paths=request_.paths, rules=(request_.paths[0] / "gone",), processes=2)
    with pytest.raises(InputError, match="a process of the hunt ended"):
        hunt_files(gone)


def fits(hunted):
    return sorted((one.field, one.rule) for one in hunted.found.sightings if one.kind == "file")


def test_yara_rules_are_asked_of_what_is_no_log_and_of_logs_only_if_so_said(request_, tmp_path):
    asked = dataclasses.replace(request_, yara=(add_files(tmp_path, request_.paths[0]),))
    found = [
        (name, "made.yar:made_script") for name in ("picture.bin", "script.ps1", "z.zip!inner/other.ps1")
    ]
    hunted = hunt_files(asked)
    assert fits(hunted) == found
    assert sorted(file.name for file in hunted.files if file.searched.scanned) == [
        name for name, _rule in found
    ]
    hunted = hunt_files(dataclasses.replace(asked, yara_all=True))
    assert fits(hunted) == [("a.json", "made.yar:host_name"), *found]
    assert all(file.searched.scanned for file in hunted.files)
    assert fits(hunt_files(request_)) == []


def test_several_processes_ask_yara_rules_as_one_does(request_, tmp_path, monkeypatch):
    asked = dataclasses.replace(request_, yara=(add_files(tmp_path, request_.paths[0]),), yara_all=True)
    alone = hunt_files(asked)
    monkeypatch.setattr(hunt, "_ALONE_BYTES", 0)
    monkeypatch.setattr(hunt_plan, "SHARE_FILES", 1)
    shared = hunt_files(dataclasses.replace(asked, processes=2))
    assert shared.found.sightings == alone.found.sightings
    assert shared.files == alone.files
    assert (shared.found.yara_rules, alone.found.yara_rules) == (2, 2)
