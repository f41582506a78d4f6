import dataclasses
from datetime import UTC, datetime

from bongsu.analyze.sighting import MOST_EVIDENCE, merge_sightings
from bongsu.model.evidence import Evidence
from bongsu.model.sighting import Sighting

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def sighting(**told):
    base = Sighting(
        kind="detection", rule="r", title="t", level="high", alert=True, field="f", value="v", host="h",
        user="u", first=DAY, last=DAY, count=1, techniques=(), clusters=(), confidence=50,
        why=("w",), innocent=(),
        next_steps=(), evidence=(Evidence(sha256="#0", locator="1", what="x"),), source="s",
    )  # fmt: skip
    return dataclasses.replace(base, **told)


def test_the_same_on_one_host_is_one_sighting():
    later = sighting(first=DAY.replace(day=2), last=DAY.replace(day=3), user="z", count=4, why=("w", "x"),
                     evidence=(Evidence(sha256="#1", locator="1", what="x"),))  # fmt: skip
    (one,) = merge_sightings([sighting(), later])
    assert (one.count, one.first, one.last) == (5, DAY, DAY.replace(day=3))
    assert (one.user, one.why, len(one.evidence)) == ("u, z", ("w", "x"), 2)


def test_the_worst_of_two_decides():
    weak = sighting(alert=False, level="low", confidence=5)
    (one,) = merge_sightings([weak, sighting()])
    assert (one.alert, one.level, one.confidence) == (True, "high", 50)


def test_other_hosts_rules_and_fields_are_others():
    found = [sighting(), sighting(host="i"), sighting(rule="q"), sighting(field="g"), sighting(kind="beacon")]
    assert len(merge_sightings(found)) == 5


def test_few_places_are_cited_and_all_are_counted():
    found = [sighting(evidence=(Evidence(sha256="#0", locator=str(n), what="x"),)) for n in range(20)]
    (one,) = merge_sightings(found)
    assert (one.count, len(one.evidence)) == (20, MOST_EVIDENCE)


def test_alerts_come_first_then_the_worst_then_the_earliest():
    found = [
        sighting(rule="a", alert=False, level="critical"),
        sighting(rule="b", level="medium"),
        sighting(rule="c", level="critical", first=None),
        sighting(rule="d", level="critical"),
    ]
    assert [one.rule for one in merge_sightings(found)] == ["d", "c", "b", "a"]


def test_one_rule_finds_several_beacons_of_a_host():
    found = [sighting(kind="beacon", value="a.example"), sighting(kind="beacon", value="b.example")]
    assert [one.value for one in merge_sightings(found)] == ["a.example", "b.example"]
    assert len(merge_sightings([sighting(value="x"), sighting(value="y")])) == 1
