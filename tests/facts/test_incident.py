"""Incidents of a fact file and the labels that follow."""

from datetime import UTC, date, datetime

import pytest

from bongsu.errors import FactsError
from bongsu.facts.incident import incident_labels, incident_of

BODY = """\
incident:
  date: 2024-05-01
  dprk: true
  addresses_established: true
  window: {start: 2024-05-01T00:00:00Z, end: 2024-05-02T00:00:00Z}
  attribution:
    - {who: FBI, when: 2024-05-03, statement: The DPRK did it., source: fbi.gov}
  amounts:
    - {asset: ETH, amount: "1,000", source: fbi.gov}
  addresses:
    - chain: "eip155:1"
      role: first receiver
      source: s1
      table: |
        0xaa here it arrived
    - chain: "eip155:1"
      role: victim
      source: s2
      table: |
        0xbb
  transactions:
    - chain: "eip155:1"
      source: s3
      table: |
        0xcc 1,000 ETH
"""


def test_incident_is_read_whole(document):
    incident = incident_of(document("incidents", "case-2024", BODY))
    assert (incident.id, incident.title, incident.date) == ("case-2024", "A case", date(2024, 5, 1))
    assert incident.window_start == datetime(2024, 5, 1, tzinfo=UTC)
    assert [(s.address, s.note, s.source) for s in incident.sources] == [("0xaa", "here it arrived", "s1")]
    assert [(s.address, s.role) for s in incident.related] == [("0xbb", "victim")]
    assert [(t.tx_hash, t.note, t.source) for t in incident.transactions] == [("0xcc", "1,000 ETH", "s3")]
    assert incident.attribution[0].when == date(2024, 5, 3)
    assert (incident.amounts[0].amount, incident.sample, incident.confidence) == ("1,000", None, 80)


def test_labels_tell_thief_from_victim(document):
    found = document("incidents", "case-2024", BODY)
    thief, victim = incident_labels(found, incident_of(found))
    assert (thief.category, thief.name, thief.valid_from) == (
        "theft",
        "A case: here it arrived",
        date(2024, 5, 1),
    )
    assert (victim.category, victim.name, victim.valid_from) == ("victim", "A case: victim", None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("addresses_established: true", "addresses_established: false"),
        ("role: first receiver", "role: holder"),
        ("role: first receiver", "role: thief"),
        ("date: 2024-05-01", "date: first of May"),
    ],
)
def test_contradiction_is_refused(document, old, new):
    with pytest.raises(FactsError, match=r"case-2024\.yaml: incident"):
        incident_of(document("incidents", "case-2024", BODY.replace(old, new)))
