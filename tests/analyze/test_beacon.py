"""Beacons in real logs are those that were found by hand, and memory stays within what is stated."""

import pickle
from collections import Counter

import numpy as np
import pytest
from tests.analyze.log_block import block, zeek_json, zeek_tsv

from bongsu.analyze import beacon, beacon_rhythm
from bongsu.analyze.beacon import BeaconFinder

START = 1_900_000_000


def rows(source, host, seconds, **more):
    return [
        {"ts": f"{START + s:.6f}", "id.orig_h": source, "host": host, "request_body_len": "9"} | more
        for s in seconds
    ]


CLOCK = rows("10.0.0.1", "odd.example", range(0, 86_400, 300))


def noise(people, seed=1):
    luck = np.random.default_rng(seed)
    return [
        row
        for person in range(people)
        for row in rows(f"10.1.0.{person}", f"site{person}.example", np.sort(luck.uniform(0, 86_400, 60)))
    ]


@pytest.fixture(scope="module")
def logs(real_data):
    return real_data / "logs"


def test_a_beacon_is_a_sighting_with_reasons_and_a_place():
    finder = BeaconFinder()
    finder.add(block(CLOCK + noise(40)))
    (found,) = finder.sightings()
    assert (found.kind, found.rule, found.level, found.alert) == ("beacon", "beacon-http", "medium", True)
    assert (found.host, found.value, found.count) == ("10.0.0.1", "odd.example", 288)
    assert (found.last - found.first).total_seconds() == 86_100
    assert found.evidence[0].sha256 == "#0"
    assert found.evidence[0].locator == "1"
    assert found.techniques == ("T1071.001",)
    assert found.why
    assert found.innocent
    assert found.next_steps
    assert finder.notes() == []


def test_blocks_parts_and_processes_make_no_difference():
    everything = CLOCK + noise(30)
    whole, first, second = BeaconFinder(), BeaconFinder(), BeaconFinder()
    whole.add(block(everything))
    for start in range(0, len(everything), 97):
        (first if start % 2 else second).add(block(everything[start : start + 97]))
    merged = pickle.loads(pickle.dumps(first))
    merged.merge(pickle.loads(pickle.dumps(second)))
    expected, found = whole.sightings(), merged.sightings()
    assert [one.value for one in found] == [one.value for one in expected] == ["odd.example"]
    assert found[0].why == expected[0].why
    assert merged.events == whole.events == len(everything)
    assert whole.sightings() == expected, "asking twice changes nothing"


def test_what_is_let_go_for_memory_is_said_and_the_beacon_stays():
    finder = BeaconFinder(most_contacts=2_000, most_pairs=60)
    for number in range(20):
        finder.add(block(noise(9, seed=number)))
        finder.add(block(CLOCK[number * 15 : number * 15 + 15]))
        strangers = [row for n in range(40) for row in rows(f"10.{number}.1.{n}", "once.example", [n])]
        finder.add(block(strangers))
        assert finder.store.contacts <= 2_000
        assert finder.store.pair_rows <= 60
    assert any("were let go" in note for note in finder.notes())
    assert "odd.example" in [one.value for one in finder.sightings()]


def test_only_the_first_contacts_of_a_busy_pair_are_looked_at(monkeypatch):
    monkeypatch.setattr(beacon, "PAIR_MOST", 100)
    finder = BeaconFinder(most_contacts=250)
    finder.add(block(CLOCK))
    assert any("busy" in note for note in finder.notes())
    assert finder.store.contacts == 100


def test_events_without_a_side_are_said_and_other_streams_passed_over():
    finder = BeaconFinder()
    finder.add(block([{"ts": "1900000000", "id.orig_h": "10.0.0.1", "host": "-"}]))
    finder.add(block([{"ts": "1900000000", "name": "x"}], service="files"))
    assert finder.sightings() == []
    assert "1 events state no time, source or destination" in finder.notes()[0]


def test_beacons_of_ritas_log_are_the_ten_that_the_rule_names(logs):
    """The rule of docs/reference/beacons.md: a script asks more than 50 times, nearly always 300 s apart."""
    listed = zeek_tsv(logs / "rita-beacon" / "http.log.gz")
    by_pair = {}
    for row in listed:
        by_pair.setdefault((row["id.orig_h"], row["host"]), []).append(row)
    expected = set()
    for pair, found in by_pair.items():
        gaps = np.diff(sorted(float(row["ts"]) for row in found))
        script = all("PowerShell" in row["user_agent"] for row in found)
        if len(found) > 50 and script and np.mean(np.abs(gaps - 300) < 30) > 0.9:
            expected.add(pair)
    assert len(expected) == 10
    finder = BeaconFinder()
    finder.add(block(listed))
    sightings = finder.sightings()
    assert {(one.host, one.value) for one in sightings if one.alert} == expected
    context = Counter(one.value for one in sightings if not one.alert)
    assert set(context) == {
        "tile-service.weather.microsoft.com",
        "cdn.content.prod.cms.msn.com",
        "crl.comodoca.com",
    }
    assert all(one.level == "informational" for one in sightings if not one.alert)


@pytest.mark.parametrize("shortest", [3600, 600])
def test_nothing_above_low_in_a_training_network(logs, monkeypatch, shortest):
    """The log lasts 21 minutes, so the usual least span says nothing of it: a shorter one is tried too."""
    monkeypatch.setattr(beacon_rhythm, "SHORTEST_SECONDS", shortest)
    finder = BeaconFinder()
    for service in ("dns", "ssl"):
        finder.add(block(zeek_json(logs / "zeek-brimdata" / f"{service}.json.gz"), service=service))
    found = finder.sightings()
    assert finder.events > 100_000
    assert [one.title for one in found if one.level not in {"low", "informational"}] == []
    assert (len(found) > 0) == (shortest == 600)
