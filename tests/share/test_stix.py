"""Sightings leave as STIX that the official validator accepts, and say nothing of the victim."""

import json

import pytest
from stix2validator import ValidationOptions, validate_instance

from bongsu.errors import ReleaseError
from bongsu.share.stix import MARKINGS, PATTERNS, count_left_out, sightings_bundle, write_bundle

VALUES = {
    "domain": "evil.example.com",
    "ipv4": "192.0.2.7",
    "ipv6": "2001:db8::7",
    "cidr": "192.0.2.0/24",
    "url": "evil.example.com/a'b?c=1",
    "url_path": "/drop/x.php",
    "md5": "0" * 32,
    "sha1": "0" * 40,
    "sha256": "0" * 64,
    "email": "a@evil.example.com",
    "file_name": "bad file.exe",
    "file_name_regex": "^a\\\\b.*",
    "mutex": "Global\\made",
    "package": "npm/@scope/bad",
    "package_alias": "npm/bad",
}


def sighting(kind="indicator", rule="domain evil.example.com", **told):
    return {
        "kind": kind, "rule": rule, "title": "domain evil.example.com", "alert": True, "field": "query",
        "value": "victim-only-value", "host": "victim-host", "user": "victim-user", "count": 3,
        "confidence": 55,
        "first": "2026-03-01T00:00:00.123456+00:00", "last": "2026-03-02T00:00:00.000000+00:00",
        "techniques": [], "source": "a@1",
        "evidence": [{"sha256": "a" * 64, "locator": "7", "file": "victim.log", "what": "x"}],
    } | told  # fmt: skip


def document(*sightings, tlp="TLP:AMBER", parties=("cert",)):
    listed = None if parties is None else list(parties)
    return {
        "made": "2026-03-03T00:00:00+00:00",
        "marking": {"tlp": tlp, "releasable_to": listed},
        "sightings": list(sightings),
    }


def validated(bundle):
    found = validate_instance(json.loads(write_bundle(bundle)), ValidationOptions(strict=True, version="2.1"))
    assert found.is_valid, [error.message for error in found.errors]
    return bundle["objects"]


@pytest.mark.parametrize("kind", PATTERNS)
def test_every_kind_of_indicator_is_a_valid_pattern(kind):
    objects = validated(sightings_bundle(document(sighting(rule=f"{kind} {VALUES[kind]}"))))
    assert [one["type"] for one in objects] == ["marking-definition", "identity", "indicator", "sighting"]


def test_a_rule_is_a_sighting_of_its_techniques():
    met = sighting("detection", "0b7d6c1e-0000-4000-8000-000000000001", techniques=["T1059", "T1204.002"])
    objects = validated(sightings_bundle(document(met)))
    assert [one["name"] for one in objects if one["type"] == "attack-pattern"] == ["T1059", "T1204.002"]
    assert sum(one["type"] == "sighting" for one in objects) == 2


def test_nothing_of_the_victim_leaves():
    text = write_bundle(
        sightings_bundle(document(sighting(), sighting("detection", "r", techniques=["T1059"])))
    )
    for secret in ("victim-host", "victim-user", "victim-only-value", "victim.log"):
        assert secret not in text


def test_context_is_no_sighting_and_what_has_no_form_is_counted():
    told = document(sighting(alert=False), sighting(rule="wallet 0xabc"), sighting("mail", "r"))
    assert [one["type"] for one in validated(sightings_bundle(told))] == ["marking-definition", "identity"]
    assert count_left_out(told) == 2


@pytest.mark.parametrize("tlp", MARKINGS)
def test_the_marking_is_the_official_one(tlp):
    objects = validated(sightings_bundle(document(sighting(), tlp=tlp.label)))
    assert objects[0]["id"] == f"marking-definition--{MARKINGS[tlp]}"
    assert all(one["object_marking_refs"] == [objects[0]["id"]] for one in objects[1:])


def test_it_goes_to_whom_the_marking_lets_it():
    assert sightings_bundle(document(sighting()), recipient="cert")
    with pytest.raises(ReleaseError):
        sightings_bundle(document(sighting()), recipient="other")


def test_the_same_hunt_gives_the_same_bytes_and_another_time_the_same_ids():
    one, other = document(sighting()), document(sighting()) | {"made": "2026-04-01T00:00:00+00:00"}
    assert write_bundle(sightings_bundle(one)) == write_bundle(sightings_bundle(one))
    ids = [[obj["id"] for obj in sightings_bundle(told)["objects"]] for told in (one, other)]
    assert ids[0] == ids[1]


def test_a_sighting_without_a_time_is_valid():
    validated(sightings_bundle(document(sighting(first=None, last=None))))
