import pytest
from tests.data.event_rows import event, hits_of, subjects


def paid(*pairs):
    return [event(name, "payout", "iban", account, day=day) for name, account, day in pairs]


def test_people_paid_to_one_account():
    rows = paid(*((name, "X", 1) for name in "abcd"), ("e", "Y", 1))
    assert subjects(hits_of(*rows, flag="P01")) == ["a", "b", "c", "d"]


def test_a_couple_says_little_and_a_household_nothing():
    rows = paid(("a", "X", 1), ("b", "X", 1))
    assert {hit.strength for hit in hits_of(*rows, flag="P01")} == {"low"}
    homes = [event(name, "home", "postal_address", "1 main st") for name in "ab"]
    assert subjects(hits_of(*rows, *homes, flag="P01"), explained=True) == ["a", "b"]


@pytest.mark.parametrize(("day", "found"), [(30, ["a"]), (200, [])])
def test_a_change_soon_after_hire(day, found):
    rows = [event("a", "hire"), *paid(("a", "X", 1), ("a", "X", 2), ("a", "Y", day))]
    assert subjects(hits_of(*rows, flag="P02")) == found


def test_many_changes_without_a_day_of_hire():
    rows = paid(*(("a", account, day) for day, account in enumerate("WXYZ")))
    assert subjects(hits_of(*rows, flag="P02")) == ["a"]
    assert hits_of(*rows[:3], flag="P02") == []


def test_pay_in_coins_is_low():
    (hit,) = hits_of(event("a", "payout", "wallet", "0x1"), flag="P03")
    assert hit.strength == "low"
