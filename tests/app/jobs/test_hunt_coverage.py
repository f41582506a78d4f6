from collections import Counter

from bongsu.app.jobs.hunt import Hunted
from bongsu.app.jobs.hunt_coverage import coverage_document
from bongsu.app.jobs.hunt_plan import HuntFile
from bongsu.app.jobs.hunt_rule import Rules
from bongsu.app.jobs.hunt_search import Found, Searched
from bongsu.read.log_file import NotSearched


def test_every_file_is_told_and_every_one_that_was_not_searched_with_why():
    hunted = Hunted(
        files=[
            HuntFile("read", "1", "evtx", Searched(events=Counter({"windows Security": 3}))),
            HuntFile("unknown", "2", "", Searched()),
            HuntFile(
                "cut", "3", "evtx", Searched(events=Counter({"windows Security": 1}), failure="it broke")
            ),
            HuntFile("void", "4", "evtx", Searched()),
        ],
        not_searched=[NotSearched("locked.zip", "it is encrypted")],
    )
    found = coverage_document(hunted, Rules([], []), None)
    assert [one["name"] for one in found["files"]] == ["read", "cut", "void"]
    assert {one["name"]: one["why"] for one in found["not_searched"]} == {
        "locked.zip": "it is encrypted",
        "unknown": "no known log format fits its content",
        "cut": "it broke",
        "void": "no event could be read in it",
    }
    assert found["streams"] == {"windows Security": 4}
    assert found["yara"] is None


def test_files_that_yara_rules_were_asked_of_are_told_apart():
    asked, large = Searched(scanned=True), Searched(scan_failure="it is large")
    hunted = Hunted(Found(yara_rules=7), [HuntFile("a", "1", "", asked), HuntFile("b", "2", "", large)])
    found = coverage_document(hunted, Rules([], []), None)
    assert found["yara"] == {"rules": 7, "files": 1, "not_scanned": [{"name": "b", "why": "it is large"}]}
    assert [one["why"].partition("; ")[2] for one in found["not_searched"]] == [
        "YARA rules were asked of it, and nothing else", "",
    ]  # fmt: skip


def test_events_that_no_rule_is_about_are_counted():
    hunted = Hunted(found=Found(unruled=Counter({"zeek odd": 7})))
    assert coverage_document(hunted, Rules([], []), None)["no_rule"] == {"zeek odd": 7}
