import pytest
from tests.data.event_rows import event, hits_of, sign_ins, subjects


def sent(name, to, home=""):
    return [
        event(name, "shipment", "postal_address", to),
        event(name, "home", "postal_address", home or f"{name} home st 1"),
    ]


def test_a_laptop_that_goes_elsewhere_is_medium():
    hits = hits_of(*sent("a", "5 far rd"), *sent("b", "b home st 1"), flag="O01")
    assert [(hit.subject, hit.strength) for hit in hits] == [("a", "medium")]
    assert hits_of(event("c", "shipment", "postal_address", "5 far rd"), flag="O01") == []


@pytest.mark.parametrize(("people", "strength"), [("ab", "low"), ("abcd", "high")])
def test_laptops_to_one_address(people, strength):
    hits = hits_of(*(row for name in people for row in sent(name, "5 far rd")), flag="O02")
    assert subjects(hits) == list(people)
    assert {hit.strength for hit in hits} == {strength}


@pytest.mark.parametrize(("offset", "found"), [("-300", []), ("540", ["a"])])
def test_hours_that_fit_another_zone(offset, found):
    rows = [event("a", "work", "utc_offset", offset), *sign_ins("a", "9.9.9.9", range(45))]
    assert subjects(hits_of(*rows, flag="E09")) == found


def test_few_days_or_two_zones_say_nothing():
    rows = [event("a", "work", "utc_offset", "540"), *sign_ins("a", "9.9.9.9", range(20))]
    assert hits_of(*rows, flag="E09") == []
    rows = [*rows, event("a", "work", "utc_offset", "-300"), *sign_ins("a", "9.9.9.9", range(20, 60))]
    assert hits_of(*rows, flag="E09") == []
