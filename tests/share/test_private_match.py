"""Two sets are compared by their messages alone, and the messages say no more than they should."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.errors import FormatError, InputError
from bongsu.share.private_match import (
    answer,
    answer_document,
    ask,
    in_order,
    question_document,
    read_answer,
    read_question,
    shared_count,
    shared_values,
)

SETS = st.sets(st.text(min_size=1, max_size=8), max_size=12)


def sent(document):
    """The document as the other side gets it."""
    return json.loads(json.dumps(document))


def exchanged(asked, held, *, shared=None):
    question, key = ask(sorted(asked), round_id="r", kinds=["iban"], shared=shared)
    got = read_question(sent(question_document(question)))
    assert got == question
    return read_answer(sent(answer_document(answer(got, sorted(held))))), key


@settings(max_examples=30, deadline=None)
@given(SETS, SETS)
def test_the_number_and_the_values_are_those_of_sets(asked, held):
    found, key = exchanged(asked, held)
    assert shared_count(found, key) == len(asked & held)
    found, key = exchanged(asked, held, shared=len(asked & held))
    assert shared_values(found, key, sorted(asked)) == sorted(asked & held)


def test_an_answer_that_counts_reveals_nothing_and_fits_one_key_only():
    asked, held = {"a", "b", "c"}, {"b", "c", "d"}
    found, key = exchanged(asked, held)
    with pytest.raises(InputError, match="does not reveal"):
        shared_values(found, key, sorted(asked))
    _found, other = exchanged(asked, held)
    assert shared_count(found, other) == 0


def test_messages_hold_no_value_and_are_never_the_same_twice():
    values = [f"iban:DE{n:020}" for n in range(50)]
    question, _key = ask(values, round_id="r", kinds=["iban"])
    again, _other = ask(values, round_id="r", kinds=["iban"])
    replies = [answer(one, values) for one in (question, again)]
    messages = [
        question.elements,
        again.elements,
        *(part for one in replies for part in (one.setup, one.elements)),
    ]
    assert len(set(messages)) == len(messages)
    assert not any(value.encode() in message for value in values for message in messages)


def test_places_in_a_question_do_not_tell_the_order_of_values():
    values = [f"v{n:03}" for n in range(200)]
    first, second = in_order(values, b"1" * 32), in_order(values, b"2" * 32)
    assert sorted(first) == sorted(second) == values
    assert first != second != values != first


@pytest.mark.parametrize(
    "change",
    [
        {"count": 9},
        {"schema": "other"},
        {"elements": "?"},
        {"elements": "AAAA"},
        {"reveal": True},
        {"reveal": True, "shared": 1},
        {"round": 7},
        {"round": "../x"},
        {"round": ""},
        {"count": -1},
    ],
)
def test_a_question_that_is_not_what_it_says_is_refused(change):
    question, _key = ask(["a", "b"], round_id="r", kinds=["iban"])
    with pytest.raises(InputError, match="Cannot use this message"):
        answer(read_question(question_document(question) | change), ["a"])


@pytest.mark.parametrize(
    "change", [{"setup": "AAAA"}, {"elements": "AAAA"}, {"schema": ""}, {"setup": 3}, {"round": "a/b"}]
)
def test_a_damaged_answer_is_refused(change):
    question, key = ask(["a", "b"], round_id="r", kinds=["iban"])
    document = answer_document(answer(question, ["a"]))
    with pytest.raises(InputError, match="Cannot use this message"):
        shared_count(read_answer(document | change), key)


def test_a_value_counts_once_however_often_it_is_asked():
    question, _key = ask(["a", "a", "b"], round_id="r", kinds=["iban"])
    with pytest.raises(FormatError, match="more than once"):
        answer(question, ["a"])
