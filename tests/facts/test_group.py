"""Clusters that ship are complete, and every overlap between two of them is stated on both sides."""

import json
from itertools import combinations

import pytest

from bongsu.analyze.actor import normalize_name
from bongsu.errors import FactsError
from bongsu.facts.document import read_documents
from bongsu.facts.group import group_of, load_groups
from bongsu.facts.technique import load_techniques

BODY = """note: a note
entries:
  - {source: mitre, id: G0001, name: Made, also: [Other], reference: somewhere}
coined: |
  Some_Vendor Other
techniques: T1001 T1002
campaigns:
  - {id: C0001, name: Made up, techniques: T1003}
software: S0001 A tool
"""


def test_a_file_is_a_cluster(document):
    found = group_of(document("groups", "made", BODY))
    assert (found.slug, found.umbrella, found.confidence) == ("made", False, 80)
    assert found.entries[0].names == ("Made", "Other", "G0001")
    assert found.coined == {"Other": "Some Vendor"}
    assert found.techniques == {"T1001", "T1002"}
    assert found.all_techniques == {"T1001", "T1002", "T1003"}
    assert found.software == {"S0001": "A tool"}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("note: a\n", "entries is missing"),
        (BODY.replace("source: mitre", "source: hearsay"), "not one of"),
        (BODY.replace("name: Made,", ""), "name is missing"),
        (BODY.replace("also: [Other]", "also: [1]"), "list of texts"),
        (
            BODY.replace("coined", "  - {source: mitre, id: G0001, name: Made, reference: x}\ncoined"),
            "one entry twice",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where(document, body, why):
    with pytest.raises(FactsError, match=why):
        group_of(document("groups", "made", body))


def test_every_name_that_two_clusters_share_is_a_stated_overlap_of_both():
    groups = load_groups()
    named = {slug: {normalize_name(n) for e in g.entries for n in e.names} for slug, g in groups.items()}
    pairs = [pair for pair in combinations(sorted(groups), 2) if named[pair[0]] & named[pair[1]]]
    assert len(pairs) >= 20
    assert [pair for pair in pairs if pair[1] not in groups[pair[0]].overlaps] == []
    assert [pair for pair in pairs if pair[0] not in groups[pair[1]].overlaps] == []
    assert all(other in groups for group in groups.values() for other in group.overlaps)


def test_techniques_are_those_of_the_catalog_and_their_terms_are_named():
    known = load_techniques()
    with_set = [group for group in load_groups().values() if group.techniques]
    assert len(with_set) == 8
    for group in load_groups().values():
        assert group.all_techniques <= set(known)
    for document in (*read_documents("groups"), *read_documents("techniques")):
        if any("ATT&CK 18.1" in source for source in document.sources):
            assert "The MITRE Corporation" in document.license


def test_nothing_that_the_sources_say_of_names_is_missing(real_data):
    listed = json.loads((real_data / "intel" / "misp-galaxy-dprk.json").read_text())["clusters"]
    source = {
        "threat-actor": "misp",
        "microsoft-activity-group": "microsoft",
        "mitre-intrusion-set": "mitre",
    }
    ours = {
        (entry.source, normalize_name(entry.name)): {normalize_name(name) for name in entry.names}
        for group in load_groups().values()
        for entry in group.entries
    }
    for one in listed:
        name = one["name"].rpartition(" - ")[0] if " - G" in one["name"] else one["name"]
        found = ours[source[one["source"]], normalize_name(name)]
        assert {normalize_name(synonym) for synonym in one["synonyms"]} <= found, one["name"]
