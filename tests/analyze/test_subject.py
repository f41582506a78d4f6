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


def test_a_mailbox_leads_by_the_application_to_the_employee():
    table = events(
        event("e1", "alias", "account", "a7"),
        event("a7", "alias", "account", "me@x.example"),
        event("me@x.example", "meeting"),
    )
    assert names(resolve_subjects(table)) == ["e1", "e1", "e1"]


def test_aliases_in_a_circle_are_one():
    table = events(
        event("b", "alias", "account", "a"), event("a", "alias", "account", "b"), event("b", "hired")
    )
    assert len({*names(resolve_subjects(table))}) == 1


def test_the_id_of_an_employee_is_nobody_elses_account():
    table = events(event("7", "alias", "handle", "kim"), event("kim", "hire"), event("7", "hire"))
    assert names(resolve_subjects(table)) == ["7", "kim", "7"]
