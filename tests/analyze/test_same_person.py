"""Who may be one person: names are needed and never enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.person_rows import made_records, with_rows

from bongsu.analyze import same_person
from bongsu.analyze.same_person import (
    LEAST_PROBABILITY,
    MOST_SHARING,
    Known,
    candidates_of,
    find_same_people,
    probability_of,
    weigh_stated,
)
from bongsu.store.link_engine import open_link_engine

MAIL, PHONE, HOME = ("email", "a@x.example"), ("phone", "+12025550101"), ("postal_address", "1 oak st town")


def known(subject, name, *things, born=()):
    return Known(
        subject,
        frozenset({name} - {""}),
        frozenset({born} if isinstance(born, str) else born),
        frozenset(things),
    )


def pairs(*people):
    return [(one.left, one.right, one.basis) for one in weigh_stated(people)[0]]


@pytest.mark.parametrize(
    ("name", "spelled", "things", "basis"),
    [
        ("Kim Min-su", "Minsu Kim", (MAIL,), ("name", "email")),
        ("김민수", "Kim Min-soo", (PHONE,), ("name", "phone")),
        ("Ada Bell", "Ada Bell", (HOME,), ("name", "postal_address")),
        ("Robert Stone", "Bob Stone", (MAIL, PHONE), ("name", "email", "phone")),
    ],
)
def test_a_name_and_a_thing_that_both_state_make_a_pair(name, spelled, things, basis):
    assert pairs(known("a1", name, *things), known("e1", spelled, *things)) == [("a1", "e1", basis)]


def test_a_name_and_a_day_of_birth_make_a_pair():
    one, other = known("a1", "Ada Bell", born="1990-01-02"), known("e1", "Ada Bell", born="1990-01-02")
    ((left, right, basis),) = pairs(one, other)
    assert (left, right, basis) == ("a1", "e1", ("name", "birth_date"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (known("a", "Kim Minsu"), known("b", "Kim Minsu")),  # the same common name and nothing else
        (known("a", "Ada Bell", MAIL, PHONE), known("b", "Carl Bell", MAIL, PHONE)),  # a couple
        (known("a", "Ada Bell", HOME, born="1990-01-02"), known("b", "Ada Bell", HOME, born="1961-07-09")),
        (known("a", "", MAIL), known("b", "Ada Bell", MAIL)),  # one has no name
        (known("a", "Ada Bell", MAIL, born="1990-01-02"), known("b", "Eve Stone", MAIL, born="1990-01-02")),
    ],
)
def test_decoys_make_no_pair(one, other):
    assert pairs(one, other) == []


def test_what_many_state_puts_nobody_side_by_side():
    agency = [known(f"p{n:02}", "Kim Minsu", PHONE) for n in range(MOST_SHARING + 1)]
    assert pairs(*agency) == []


def test_a_name_that_many_have_is_worth_less():
    crowd = [known(f"z{n}", "Kim Minsu") for n in range(20)]
    two = known("a1", "Kim Minsu", HOME), known("e1", "Kim Minsu", HOME)
    assert len(pairs(*two)) == 1
    assert pairs(*two, *crowd) == []


def test_work_is_bounded_and_what_was_left_out_is_said(monkeypatch):
    people = [known(f"p{n}", "Ada Bell", MAIL) for n in range(5)]
    monkeypatch.setattr(same_person, "MOST_PAIRS", 3)
    found, note = weigh_stated(people)
    assert len(found) <= 3
    assert "Of 10 pairs" in note
    monkeypatch.setattr(same_person, "MOST_RECORDS", 9)
    with open_link_engine() as engine:
        told = find_same_people(made_records(4), {}, people, engine)
    assert (told.candidates, told.records) == ((), 12)
    assert "12 records are more than 9" in told.notes[0]


def test_learned_and_fixed_weights_tell_each_pair_once_and_no_subject_twice():
    records = with_rows(made_records(200))
    owners = {
        record: record[:5] if record.endswith("-2") else record for record in records["record"].to_pylist()
    }
    owners |= {record: record[:5] for record in owners if record.endswith("-1")}  # already one by an alias
    with open_link_engine() as engine:
        found = find_same_people(records, owners, [], engine)
    ends = [(one.left, one.right) for one in found.candidates]
    assert len(ends) == len(set(ends)) > 150
    assert all(left != right for left, right in ends)
    assert sum(left[:5] == right[:5] for left, right in ends) / len(ends) > 0.98
    assert all(one.probability >= LEAST_PROBABILITY - 0.01 for one in found.candidates)
    other, pair = next(candidates_of(found.candidates, ends[0][0]))
    assert other != ends[0][0]
    assert len(pair.why) == len(pair.basis)


@given(st.floats(-80, 80), st.floats(-80, 80))
def test_probability_grows_with_bits(one, other):
    assert 0 <= probability_of(min(one, other)) <= probability_of(max(one, other)) <= 1
    assert probability_of(0) == 0.5
