from tests.data.event_rows import event, events

from bongsu.analyze.subject import resolve_subjects
from bongsu.model.event import EVENT


def names(table):
    return table["subject"].to_pylist()


def test_an_alias_becomes_the_subject():
    table = events(
        event("e1", "alias", "email", "Kim@x.example"), event("kim@x.example", "sign_in"), event("z", "hire")
    )
    found = resolve_subjects(table)
    assert names(found) == ["e1", "e1", "z"]
    assert found.schema == EVENT


def test_an_alias_of_two_is_nobodys():
    table = events(
        event("e1", "alias", "email", "a@x"), event("e2", "alias", "email", "a@x"), event("a@x", "sign_in")
    )
    assert names(resolve_subjects(table)) == ["e1", "e2", "a@x"]


def test_without_aliases_nothing_changes():
    table = events(event("e1", "hire"))
    assert names(resolve_subjects(table)) == ["e1"]
    assert resolve_subjects(EVENT.empty_table()).num_rows == 0
