"""Parts of large files are as the whole file: the same events at the same lines."""

import json

import pytest

from bongsu.app.jobs import hunt_plan
from bongsu.app.jobs.hunt import hunt_files
from bongsu.app.jobs.hunt_indicator import IndicatorFiles
from bongsu.app.jobs.hunt_plan import Plan
from bongsu.app.jobs.hunt_search import Found, Searched
from bongsu.app.jobs.hunt_setup import HuntRequest

FIELDS = "#fields\tts\tuid\tid.orig_h\tquery\n#types\ttime\tstring\taddr\tstring\n"
HEAD = "#separator \\x09\n#path\tdns\n" + FIELDS


def dns(number, text):
    name = "www.madeup-evil.com" if number % 50 == 7 else f"host{number}.example.org"
    told = {
        "_path": "dns",
        "ts": 1772323200 + number,
        "uid": f"C{number}",
        "id.orig_h": "10.0.0.7",
        "query": name,
    }
    return "\t".join(map(str, list(told.values())[1:])) if text else json.dumps(told)


@pytest.fixture(params=["json", "text"])
def request_(request, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = request.param == "text"
    lines = [dns(number, text) for number in range(300)]
    (tmp_path / "dns.log").write_text((HEAD if text else "") + "\n".join(lines) + "\n")
    (tmp_path / "claims.csv").write_text("type,value,source\ndomain,madeup-evil.com,a@1\n")
    return HuntRequest(
        paths=(tmp_path / "dns.log",), shipped_rules=False, processes=1,
        indicators=IndicatorFiles((tmp_path / "claims.csv",)),
    )  # fmt: skip


def test_parts_of_a_file_are_as_the_whole_file(request_, monkeypatch):
    whole = hunt_files(request_)
    monkeypatch.setattr(hunt_plan, "SHARE_BYTES", 2_000)
    parts = hunt_files(request_)
    assert len(parts.found.files) > 5
    (one,), (other,) = whole.found.sightings, parts.found.sightings
    first = 8 + (4 if request_.paths[0].read_text().startswith("#") else 0)
    assert [int(place.locator) for place in one.evidence][:3] == [first, first + 50, first + 100]
    assert [place.locator for place in other.evidence] == [place.locator for place in one.evidence]
    assert (one.count, other.count) == (6, 6)
    assert [sum(file.searched.events.values()) for file in parts.files] == [300]


def test_a_file_is_told_when_its_last_part_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr(hunt_plan, "SHARE_BYTES", 2_000)
    (tmp_path / "dns.log").write_text("\n".join(dns(number, False) for number in range(100)) + "\n")
    (tmp_path / "spool").mkdir()
    plan, seen = Plan(), []
    parts = [part for share in plan.shares((tmp_path / "dns.log",), tmp_path / "spool") for part in share]
    for part in parts:
        assert seen == []
        plan.close(Found(files={part.number: Searched()}), lambda name, size: seen.append(name))
    assert seen == ["dns.log"]


def test_a_file_that_yara_rules_fit_is_cited_by_bytes_though_it_is_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(hunt_plan, "SHARE_BYTES", 2_000)
    text = "".join(f"a line, number {number}\n" for number in range(1_000)) + "made-up word\n"
    (tmp_path / "text.txt").write_text(text)
    (tmp_path / "made.yar").write_text('rule a { strings: $a = "made-up word" condition: $a }')
    request = HuntRequest(paths=(tmp_path / "text.txt",), shipped_rules=False, yara=(tmp_path / "made.yar",))
    hunted = hunt_files(request)
    (met,) = hunted.found.sightings
    assert met.evidence[0].locator == str(text.index("made-up"))
    (file,) = hunted.files
    assert (file.searched.scanned, sum(file.searched.events.values())) == (True, 1_001)
