"""What may be handed over, and what must stay."""

import pytest
from tests.data.event_rows import event, events, sign_ins

from bongsu.app.jobs.screen import screen_events
from bongsu.app.jobs.screen_identifier import Identifiers, summary

WALLET, OTHER_WALLET, BAD = "0x" + "ab" * 20, "0x" + "cd" * 20, "0xnot"
FARM, HOTEL = "8.8.8.8", "2606:4700::1111"


def network(*more):
    """Four people who share a place and a wallet, and more rows."""
    rows = [event(name, "payout", "wallet", WALLET, day=2) for name in "abcd"]
    rows += [event(name, "shipment", "postal_address", "9 basement ln farmtown", day=1) for name in "abcd"]
    return events(*rows, *more)


def handed(table, withheld=frozenset()):
    """Type and value to what is handed over of each subject."""
    found = screen_events(table)
    made = Identifiers(found, table, withheld)
    return {one.subject: {(x["type"], x["value"]): x for x in made.of(one)} for one in found.referrals}


def test_a_thing_that_a_hit_names_is_handed_over_with_dates_and_reasons():
    found = handed(network())
    assert list(found) == ["a", "b", "c", "d"]
    (one,) = found["a"].values()
    assert (one["type"], one["chain"], one["flags"], one["confidence"]) == ("wallet", "eip155:*", ["P01"], 75)
    assert (one["first_seen"], one["last_seen"]) == ("2026-01-07T15:00:00+00:00",) * 2
    assert [row["locator"] for row in one["evidence"]] == [1, 2, 3, 4]


def test_what_a_referred_person_states_is_handed_over_as_less_sure():
    found = handed(
        network(event("a", "contact", "email", "a@x.example"), event("a", "account", "handle", "aa"))
    )
    assert {key for key in found["a"] if key[0] != "wallet"} == {("email", "a@x.example"), ("handle", "aa")}
    assert found["a"]["email", "a@x.example"]["confidence"] == 40
    assert summary(found["a"].values()) == {
        "wallets": [WALLET],
        "addresses": [],
        "domains": [],
        "emails": ["a@x.example"],
        "handles": ["aa"],
    }


def test_what_people_share_who_are_not_referred_stays():
    stated = [event(name, "contact", "email", "family@x.example") for name in ("a", "z")]
    assert list(handed(network(*stated))["a"]) == [("wallet", WALLET)]


@pytest.mark.parametrize("strangers", [4, 5])
def test_a_connection_that_more_strangers_use_than_referred_people_stays(strangers):
    used = [row for name in "abcd" for row in sign_ins(name, FARM, range(10, 60))]
    used += [row for n in range(strangers) for row in sign_ins(f"z{n}", FARM, range(10, 60))]
    table = network(*used)
    found = handed(table)["a"]
    assert (("ipv4", FARM) in found) == (strangers == 4)
    locators = {row["locator"] for one in found.values() for row in one["evidence"]}
    subjects = dict(zip(table["locator"].to_pylist(), table["subject"].to_pylist(), strict=True))
    assert {subjects[place] for place in locators} <= {*"abcd"}


def test_withheld_values_and_what_is_no_address_stay():
    stated = [event("a", "payout", "wallet", OTHER_WALLET), event("b", "payout", "wallet", BAD)]
    found = handed(network(*stated), frozenset({OTHER_WALLET}))
    assert list(found["a"]) == [("wallet", WALLET)]
    assert list(found["b"]) == [("wallet", WALLET)]
