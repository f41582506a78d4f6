"""Two or three people are a couple or flatmates only while they are alone."""

import pytest
from tests.data.event_rows import event, hits_of, sign_ins


def shares(hits, value):
    return {hit.subject: hit.strength for hit in hits if hit.value == value}


def paid(people, account):
    return [event(name, "payout", "iban", account) for name in people]


@pytest.mark.parametrize(
    ("more", "strength"),
    [
        ([], "low"),
        (paid("abcd", "Y"), "very_high"),
        (paid("bcd", "Y"), "low"),  # one of a couple uses a forwarder
        ([*paid("bc", "Y"), *paid("ad", "Z")], "very_high"),
        (paid("abc", "Y"), "low"),
        (paid("cd", "Y"), "low"),
    ],
)
def test_a_pair_that_other_things_join_with_more_is_no_couple(more, strength):
    found = shares(hits_of(*paid("ab", "X"), *more, flag="P01"), "X")
    assert found["a"] == found["b"] == strength


def test_devices_of_an_office_do_not_join_a_couple_with_others():
    desk = [event(name, "second_factor", "serial", "TOKEN1") for name in "acde"]
    found = {hit.subject: hit.strength for hit in hits_of(*paid("ab", "X"), *desk, flag="P01")}
    assert found == {"a": "low", "b": "low"}


def test_a_phone_of_three_who_are_joined_with_more_has_its_strength():
    applied = [event(name, "application") for name in "abc"]
    phones = [event(name, "contact", "phone", "+1555") for name in "abc"]
    pay = paid("abcd", "X")
    assert {hit.strength for hit in hits_of(*applied, *phones, flag="A01")} == {"low"}
    assert {hit.strength for hit in hits_of(*applied, *phones, *pay, flag="A01")} == {"high"}
    assert {hit.strength for hit in hits_of(*applied, *phones, *paid("cdef", "X"), flag="A01")} == {"low"}


@pytest.mark.parametrize(("people", "strength"), [("", "medium"), ("ab", "medium"), ("abc", "high")])
def test_a_connection_that_a_carrier_may_share_and_what_else_is_shared(people, strength):
    rows = [row for name in "abcde" for row in sign_ins(name, "9.9.9.9", range(30))]
    for name in "abcde":
        home = f"{name} st 1"
        rows += [event(name, "home", "postal_address", home), event(name, "shipment", "postal_address", home)]
    rows += paid(people, "X")
    assert {hit.strength for hit in hits_of(*rows, flag="E06")} == {strength}
