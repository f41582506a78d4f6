from tests.data.event_rows import event, hits_of, subjects

from bongsu.model.event import INTERNET_LINE


def line(names, note=INTERNET_LINE):
    return [event(name, "contact", "phone", "+1555", note=note) for name in names]


def boxes(names):
    return [event(name, "contact", "email", f"{name}@x.example") for name in names]


def test_an_internet_line_of_several_applicants():
    hits = hits_of(*line("abcd"), *boxes("abcd"), flag="A06")
    assert subjects(hits) == list("abcd")
    assert {hit.strength for hit in hits} == {"medium"}
    assert {hit.strength for hit in hits_of(*line("ab"), *boxes("ab"), flag="A06")} == {"low"}  # a couple


def test_an_internet_line_of_one_person_is_nothing():
    assert hits_of(*line("a"), *boxes("a"), flag="A06") == []


def test_a_shared_line_of_another_kind_is_no_such_line():
    assert hits_of(*line("abcd", ""), *boxes("abcd"), flag="A06") == []


def test_one_person_who_applied_twice():
    same = [event(name, "contact", "email", "me@x.example") for name in "abcd"]
    assert hits_of(*line("abcd"), *same, flag="A06") == []
