"""STIX objects of a small bundle."""

AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
GREEN = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"


def indicator(number, pattern, **more):
    """An indicator object."""
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{number}",
        "pattern_type": "stix",
        "pattern": pattern,
        "valid_from": "2025-01-01T00:00:00Z",
        **more,
    }


OBJECTS = [
    {"type": "identity", "spec_version": "2.1", "id": "identity--1", "name": "A CERT"},
    {"type": "intrusion-set", "id": "intrusion-set--1", "name": "Kimsuky"},
    {"type": "malware", "id": "malware--1", "name": "BabyShark"},
    indicator(
        1,
        "[domain-name:value = 'evil.com' OR domain-name:value = 'bad.kr']",
        name="C2",
        created_by_ref="identity--1",
        valid_until="2026-01-01T00:00:00Z",
        confidence=85,
        labels=["malicious-activity"],
        object_marking_refs=[GREEN, AMBER],
        external_references=[{"source_name": "x", "url": "https://x.example/report"}],
    ),
    indicator(2, "[process:name = 'x']"),
    indicator(3, "[ipv4-addr:value = '1.2.3.4']", revoked=True),
    indicator(4, "rule x", pattern_type="yara"),
    indicator(5, "[ipv4-addr:value = '91.2.3.4']", object_marking_refs=["marking-definition--unknown"]),
    {"type": "relationship", "relationship_type": "indicates", "source_ref": "indicator--1",
     "target_ref": "intrusion-set--1"},
    {"type": "relationship", "relationship_type": "indicates", "source_ref": "indicator--1",
     "target_ref": "malware--1"},
    "no object",
]  # fmt: skip
