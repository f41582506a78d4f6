import json

import pytest
from tests.data.indicator_case import read_all
from tests.data.stix_case import OBJECTS, indicator

from bongsu.normalize.indicator import IndicatorMaker
from bongsu.normalize.warning_list import WarningLists
from bongsu.read import stix_bundle
from bongsu.read.sniff import read_head


@pytest.fixture
def write(tmp_path):
    def run(objects):
        path = tmp_path / "bundle.json"
        path.write_text(json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects}))
        return path

    return run


def test_indicators_come_with_maker_validity_marking_and_actor(write):
    path = write(OBJECTS)
    assert stix_bundle.sniff(path, read_head(path))
    rows, rejects = read_all(stix_bundle, path)
    first, second, third = rows.to_pylist()
    assert (first["type"], first["value"], second["value"], third["value"]) == (
        "domain",
        "evil.com",
        "bad.kr",
        "91.2.3.4",
    )
    assert {name: value for name, value in first.items() if value} == {
        "type": "domain",
        "value": "evil.com",
        "cluster": "Kimsuky",
        "context": "C2; BabyShark; malicious-activity",
        "reference": "https://x.example/report",
        "source": "A CERT",
        "first_seen": "2025-01-01T00:00:00Z",
        "last_seen": "2026-01-01T00:00:00Z",
        "confidence": "85",
        "tlp": "TLP:AMBER",
        "locator": 4,
    }
    assert third["source"] == "bundle.json"
    assert [(r["locator"], r["rule"]) for r in rejects.to_pylist()] == [
        (5, "pattern"),
        (6, "revoked"),
        (7, "pattern"),
    ]
    assert "process:name" in rejects["message"][0].as_py()


def test_a_marking_that_did_not_come_along_fails_closed(write):
    rows, _ = read_all(stix_bundle, write(OBJECTS))
    found = IndicatorMaker(WarningLists()).make(rows)
    assert found.indicators["tlp"].to_pylist() == ["TLP:AMBER", "TLP:AMBER", "TLP:RED"]
    assert found.rejects["rule"].to_pylist() == ["bad_tlp"]


def test_old_markings_are_read_by_their_definition(write):
    marking = {
        "type": "marking-definition",
        "id": "m--1",
        "definition_type": "tlp",
        "definition": {"tlp": "green"},
    }
    rows, _ = read_all(
        stix_bundle,
        write([indicator(1, "[url:value = 'http://a.kr/x']", object_marking_refs=["m--1"]), marking]),
    )
    assert rows["tlp"].to_pylist() == ["TLP:GREEN"]


ODD = {"type": "indicator", "labels": 1, "external_references": 5, "object_marking_refs": "x"}


@pytest.mark.parametrize(
    "objects", [None, {}, [1, None], [{"type": "indicator"}], [ODD | {"pattern": "[url:value = 'a']"}]]
)
def test_odd_objects_break_nothing(write, objects):
    for batch in stix_bundle.read(write(objects)):
        assert batch.rows.num_rows + batch.rejects.num_rows >= 0


def test_the_real_attack_bundle_has_no_indicators_and_breaks_nothing(real_data):
    path = real_data / "intel" / "attack-dprk-v18.1.stix.json"
    assert stix_bundle.sniff(path, read_head(path))
    assert list(stix_bundle.read(path)) == []
