import dataclasses
from datetime import UTC, datetime

from bongsu.app.jobs.hunt import Hunted
from bongsu.app.jobs.hunt_document import MOST_HOSTS, MOST_TIMELINE, Asked, hunt_document
from bongsu.app.jobs.hunt_plan import HuntFile
from bongsu.app.jobs.hunt_rule import Rules
from bongsu.app.jobs.hunt_search import Found, Searched
from bongsu.model.evidence import Evidence
from bongsu.model.marking import PUBLIC
from bongsu.model.sighting import Sighting

DAY = datetime(2026, 3, 1, tzinfo=UTC)
ONE = Sighting(
    kind="detection", rule="r", title="t", level="high", alert=True, field="f", value="v", host="h", user="u",
    first=DAY, last=DAY, count=2, techniques=("T1059",), clusters=(), confidence=50, why=("w",), innocent=(),
    next_steps=(), evidence=(Evidence(sha256="#0", locator="1", what="x"),), source="s",
)  # fmt: skip


def told(*sightings):
    hunted = Hunted(
        found=Found(sightings=list(sightings)), files=[HuntFile("a", "0" * 64, "evtx", Searched())]
    )
    return hunt_document(hunted, Asked(Rules([], []), None), marking=PUBLIC, made=DAY)


def test_only_alerts_are_counted_by_level_and_context_is_counted_apart():
    summary = told(ONE, dataclasses.replace(ONE, alert=False, rule="q"))["summary"]
    assert (summary["findings"], summary["context"], summary["by_level"]["high"]) == (1, 1, 1)
    assert summary["techniques"] == {"T1059": 1}


def test_the_timeline_is_in_order_and_bounded():
    many = [
        dataclasses.replace(ONE, first=DAY.replace(hour=n % 24), rule=str(n))
        for n in range(MOST_TIMELINE + 9)
    ]
    times = [row["first"] for row in told(*many)["timeline"]]
    assert times == sorted(times)
    assert len(times) == MOST_TIMELINE
    assert told(dataclasses.replace(ONE, first=None))["timeline"] == []


def test_evidence_names_the_file():
    (place,) = told(ONE)["sightings"][0]["evidence"]
    assert (place["file"], place["sha256"]) == ("a", "0" * 64)


def test_what_was_met_on_many_hosts_is_one_finding():
    many = [dataclasses.replace(ONE, host=f"h{n:02d}") for n in range(MOST_HOSTS + 3)]
    document = told(*many, dataclasses.replace(ONE, rule="q", level="low", host="z"))
    first, second = document["findings"]
    assert (first["places"], first["count"], len(first["hosts"])) == (
        MOST_HOSTS + 3,
        2 * (MOST_HOSTS + 3),
        MOST_HOSTS,
    )
    assert second["hosts"][0]["host"] == "z"
    assert (document["summary"]["findings"], document["summary"]["above_low"]) == (2, 1)
    assert document["summary"]["sightings"] == MOST_HOSTS + 4
