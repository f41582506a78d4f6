"""Services of a fact file and their labels."""

from datetime import date

import pytest

from bongsu.errors import FactsError
from bongsu.facts.service import service_labels, service_of

BODY = """\
service:
  name: Exchange
  category: exchange
  custodial: true
  legal_entity: Exchange Ltd
  country: KR
  actions: [account_hold]
  valid_to: 2024-01-31
addresses:
  - chain: "eip155:1"
    source: tags
    confidence: 60
    valid_from: 2020-01-01
    table: |
      0xaa Exchange 1
      0xbb
  - chain: "eip155:1"
    category: deposit
    table: |
      0xcc a customer's address
"""


def test_service_and_its_labels(document):
    found = document("services", "exchange", BODY)
    service = service_of(found)
    assert (service.id, service.country, service.actions) == ("exchange", "KR", ("account_hold",))
    assert (service.valid_to, service.confidence) == (date(2024, 1, 31), 80)
    first, second, third = service_labels(found, service)
    assert (first.name, first.category, first.entity) == ("Exchange 1", "exchange", "exchange")
    assert (first.confidence, first.source, first.valid_from) == (60, "tags", date(2020, 1, 1))
    assert second.name == "Exchange"
    assert (third.category, third.confidence, third.license) == ("deposit", 80, "Facts")
    assert third.source == "Somebody, a document: example.org"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("custodial: true", "custodial: false", "custodial contradicts"),
        ("country: KR", "country: Korea", "country is no ISO"),
        ("country: KR", "country: null", "entity_note must say why"),
        ("actions: [account_hold]", "actions: [pray]", "actions is empty or not of"),
        ("actions: [account_hold]", "actions: []", "actions is empty or not of"),
        ("category: exchange", "category: bank", "category is bank"),
    ],
)
def test_contradiction_is_refused(document, old, new, key):
    with pytest.raises(FactsError, match=key):
        service_of(document("services", "exchange", BODY.replace(old, new, 1)))
