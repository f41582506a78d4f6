"""Two or three people are a couple or flatmates only while they are alone."""

import pytest
from tests.data.event_rows import event, hits_of


def paid(people, account):
    return [event(name, "payout", "iban", account) for name in people]


@pytest.mark.parametrize(
    ("more", "strength"),
    [([], "low"), (paid("bcd", "Y"), "very_high"), (paid("cd", "Y"), "low")],
)
def test_a_pair_that_other_things_join_with_more_is_no_couple(more, strength):
    found = {hit.subject: hit.strength for hit in hits_of(*paid("ab", "X"), *more, flag="P01")}
    assert found["a"] == strength


def test_devices_of_an_office_do_not_join_a_couple_with_others():
    desk = [event(name, "second_factor", "serial", "TOKEN1") for name in "acde"]
    found = {hit.subject: hit.strength for hit in hits_of(*paid("ab", "X"), *desk, flag="P01")}
    assert found == {"a": "low", "b": "low"}
