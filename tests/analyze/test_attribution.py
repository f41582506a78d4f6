"""Attribution says how sure and why, and nobody can make it say more than was met."""

import random
from datetime import UTC, datetime

import pytest

from bongsu.analyze.attribution import (
    BAND_FROM,
    BANDS,
    CONFIDENCE,
    attribute,
    findings_of,
)
from bongsu.analyze.attribution_technique import published_sets
from bongsu.facts.group import load_groups
from bongsu.model.evidence import Evidence
from bongsu.model.marking import PUBLIC
from bongsu.model.sighting import Sighting

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def seen(rule="", clusters=(), *, techniques=(), alert=True, place="1", kind="indicator"):
    return Sighting(
        kind=kind, rule=rule, title=rule, level="high", alert=alert, field="f", value=rule, host="h", user="",
        first=NOON, last=NOON, count=1, techniques=tuple(techniques), clusters=tuple(clusters), confidence=50,
        why=(), innocent=(), next_steps=(), evidence=(Evidence(sha256="a" * 64, locator=place, what="w"),),
        source="made",
    )  # fmt: skip


def best(*sightings, **more):
    verdict = attribute(sightings, **more)
    return verdict.attributions[0] if verdict.attributions else None


def test_files_and_names_from_two_sources_are_strong():
    found = best(
        seen("sha256 a", ["one: ScarCruft"], place="1"),
        seen("sha256 b", ["two: APT37"], place="2"),
        seen("domain c.example", ["two: APT37"], place="3"),
    )
    assert (found.cluster, found.band, found.confidence) == ("apt37", "strong", 85)
    assert any("2 sources: one, two" in why for why in found.why)
    assert len(found.evidence) == 3


@pytest.mark.parametrize("kind", ["ipv4", "cidr", "file_name", "url_path", "handle", "file_name_regex"])
def test_one_reused_indicator_is_never_above_weak(kind):
    labels = [f"source {n}: APT37" for n in range(9)]
    techniques = published_sets()["apt37"]
    found = best(seen(f"{kind} x", labels, techniques=techniques), ages={f"{kind} x": 0})
    assert found.band == "weak"
    many = [seen(f"{kind} {n}", labels, techniques=techniques, place=str(n)) for n in range(50)]
    assert best(*many).band == "weak"
    assert "never above weak" in " ".join(best(*many).why)


def test_one_indicator_of_any_kind_is_never_above_weak():
    labels = [f"source {n}: APT37" for n in range(9)]
    found = best(seen("sha256 a", labels, techniques=published_sets()["apt37"]))
    assert (found.cluster, found.band) == ("apt37", "weak")


@pytest.mark.parametrize("cluster", sorted(published_sets()))
def test_techniques_alone_are_never_above_weak(cluster):
    verdict = attribute([seen("rule", techniques=published_sets()[cluster], kind="detection")])
    assert {one.band for one in verdict.attributions} <= {"weak"}


def test_one_old_address_tells_nothing_and_says_why():
    verdict = attribute([seen("ipv4 192.0.2.1", ["one: Kimsuky"])], ages={"ipv4 192.0.2.1": 900})
    assert verdict.attributions == ()
    assert verdict.cannot_tell
    assert "too little, too old" in " ".join(verdict.why)


def test_what_is_context_only_names_nobody():
    verdict = attribute([seen("sha256 a", ["one: APT37"], alert=False)])
    assert verdict.cannot_tell
    assert "no alert" in " ".join(verdict.why)
    assert attribute([]).cannot_tell


def test_age_takes_weight_from_what_is_rented_and_not_from_what_was_made():
    rules = ("domain a.example", "domain b.example")
    fresh, old = (
        best(*(seen(rule, ["one: APT37"], place=rule) for rule in rules), ages=dict.fromkeys(rules, days))
        for days in (0, 540)
    )
    assert (fresh.points, old.points) == (40, 20)
    made = [seen(f"sha256 {n}", ["one: APT37"], place=str(n)) for n in "ab"]
    assert best(*made).points == best(*made, ages={"sha256 a": 9999, "sha256 b": 9999}).points


def test_one_source_alone_is_never_above_medium():
    every = [
        seen(f"{kind} {n}", ["one: APT37"], place=f"{kind}{n}")
        for kind in ("sha256", "domain")
        for n in "abcd"
    ]
    found = best(*every)
    assert (found.points, found.band) == (85, "medium")
    assert any("one source alone" in why for why in found.why)


def test_hashes_of_one_file_are_one_indicator():
    alone = best(seen("sha256 a", ["one: APT37"]))
    three = best(*(seen(f"{kind} a", ["one: APT37"]) for kind in ("sha256", "sha1", "md5")))
    assert (three.points, three.band) == (alone.points, "weak")


def test_a_contested_name_weighs_less_and_states_the_overlap():
    def met(name):
        return [
            *(seen(f"sha256 {n}", [f"one: {name}"], place=str(n)) for n in "ab"),
            *(seen(f"domain {n}", [f"two: {name}"], place=f"d{n}") for n in "ab"),
        ]

    verdict = attribute(met("Velvet Chollima"))
    by_cluster = {one.cluster: one for one in verdict.attributions}
    assert by_cluster["kimsuky"].band == "medium"
    assert any("Velvet Chollima" in how for how in by_cluster["kimsuky"].overlaps)
    assert {"opal-sleet", "ruby-sleet"} <= set(by_cluster)
    assert best(*met("APT37")).band == "strong"


def test_an_umbrella_is_named_as_such_and_lifts_no_crew_above_weak():
    met = [seen(f"sha256 {n}", ["one: Lazarus", "two: Lazarus Group"], place=str(n)) for n in "abcd"]
    met += [seen(f"domain {n}", ["two: Lazarus"], place=f"d{n}") for n in "abcd"]
    bands = {one.cluster: one.band for one in attribute(met).attributions}
    assert bands == {"lazarus": "strong", "diamond-sleet": "weak"}


def test_two_clusters_that_fit_alike_are_both_lowered_and_nobody_can_tell():
    met = [seen(f"sha256 {n}", ["one: APT37"], place=f"a{n}") for n in "ab"]
    met += [seen(f"sha256 {n}", ["one: Contagious Interview"], place=f"b{n}") for n in "cd"]
    verdict = attribute(met)
    assert [one.band for one in verdict.attributions] == ["weak", "weak"]
    assert verdict.cannot_tell
    assert verdict.attributions[0].rivals == ("contagious-interview",)


def test_a_label_that_names_nobody_is_said_and_speaks_for_nobody():
    verdict = attribute([seen("sha256 a", ["one: DPRK (unspecified)"])])
    assert verdict.attributions == ()
    assert "DPRK (unspecified)" in verdict.why[0]


def test_shuffled_sets_do_not_name_the_cluster_they_were_drawn_from():
    """Decoy: the same techniques against sets under other clusters' names must not follow the techniques."""
    sets = {one: found for one, found in published_sets().items() if len(found) >= 25}
    luck = random.Random(5)
    names, right, shuffled = sorted(sets), 0, 0
    turned = dict(zip(names, (sets[one] for one in (*names[1:], names[0])), strict=True))
    for _round in range(120):
        name = luck.choice(names)
        met = seen("rule", techniques=luck.sample(sorted(sets[name]), 20), kind="detection")
        told, decoy = attribute([met]).attributions, attribute([met], sets=turned).attributions
        right += bool(told) and told[0].cluster == name
        shuffled += bool(decoy) and decoy[0].cluster == name
    assert right >= 40
    assert shuffled <= 12


def test_findings_carry_confidence_reasons_and_marking():
    verdict = attribute([seen(f"sha256 {n}", ["one: APT37"], place=str(n)) for n in "ab"])
    (found,) = findings_of(verdict, PUBLIC)
    assert (found.subject, found.score, found.method) == ("group:apt37", 50, "attribution@1")
    assert found.why
    assert found.evidence


def test_bands_ascend_and_all_words_are_whole():
    assert [BAND_FROM[one] for one in BANDS] == sorted(BAND_FROM.values())
    assert [CONFIDENCE[one] for one in BANDS] == sorted(CONFIDENCE.values())
    assert load_groups()["lazarus"].umbrella
