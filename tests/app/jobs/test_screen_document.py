import json
from datetime import UTC, datetime

import pytest
from tests.data.event_rows import event, events

from bongsu.app.jobs.screen import PERSONAL, screen_events
from bongsu.app.jobs.screen_document import screen_document, shown_value

ACCOUNT, PLACE = "DE89370400440532013000", "9 basement ln farmtown"


def document():
    rows = [event(name, "payout", "iban", ACCOUNT, day=2) for name in "abcd"]
    rows += [event(name, "shipment", "postal_address", PLACE, day=1) for name in "abcd"]
    rows += [event(name, "work", "employer", "one") for name in "ab"]
    table = events(*rows)
    made = datetime(2026, 3, 1, tzinfo=UTC)
    return screen_document(
        screen_events(table), table, sources={"a" * 64: "pay.csv"}, marking=PERSONAL, made=made
    )


def test_every_hit_can_be_walked_back_to_a_row():
    found = document()
    hits = [hit for one in found["referrals"] for hit in one["for"]]
    assert len(hits) == 8
    for hit in hits:
        assert hit["sources"]
        for row in hit["evidence"]:
            assert (row["sha256"], row["file"]) == ("a" * 64, "pay.csv")
            assert row["locator"] >= 1
    assert found["referrals"][0]["timeline"][0]["flag"] == "O02"
    assert found["marking"] == {"tlp": "TLP:AMBER+STRICT", "releasable_to": None}


def test_no_whole_account_or_address_leaves():
    text = json.dumps(document(), ensure_ascii=False)
    assert ACCOUNT not in text
    assert PLACE not in text
    assert "DE89…00" in text


@pytest.mark.parametrize(
    ("thing", "value", "shown"),
    [
        ("iban", "DE89370400440532", "DE89…32"),
        ("serial", "AB123", "AB…"),
        ("serial", "AB1", "AB1"),
        ("wallet", "0xabcdef012345", "0xabcdef012345"),
    ],
)
def test_values_are_shortened_but_for_what_is_handed_on(thing, value, shown):
    assert shown_value(thing, value) == shown


def test_what_very_many_share_is_listed_for_a_person_to_look_at():
    rows = [event(f"p{i:02}", "shipment", "postal_address", PLACE) for i in range(26)]
    table = events(*rows)
    found = screen_document(
        screen_events(table), table, sources={}, marking=PERSONAL, made=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert found["hubs"] == [{"kind": "postal_address", "value": "9 ba…wn", "people": 26}]
    assert (found["referrals"], found["networks"]) == ([], [])
