import pytest
from tests.data.event_rows import event, hits_of, subjects


def resume(name, *passages, thing="passage", kind="resume"):
    return [event(name, kind, thing, one) for one in passages]


def box(name, mailbox=None):
    return event(name, "contact", "email", mailbox or f"{name}@x.example")


SHARED = [f"p{i}" for i in range(4)]


def test_rare_passages_in_two_resumes():
    rows = [
        *resume("a", *SHARED, "own"),
        *resume("b", *SHARED),
        *resume("z", "p0", "p1", "p2"),
        box("a"),
        box("b"),
    ]
    hits = hits_of(*rows, flag="A02")
    assert subjects(hits) == ["a", "b"]
    assert {(hit.strength, hit.others, hit.why[:2]) for hit in hits} == {
        ("medium", ("b",), "4 "),
        ("medium", ("a",), "4 "),
    }


def test_a_template_that_many_have_is_not_rare():
    rows = [row for i in range(26) for row in resume(f"p{i}", *SHARED)]
    assert hits_of(*rows, flag="A02") == []
    assert len(hits_of(*rows[:-4], flag="A02")) == 25


def test_one_person_who_applies_twice_copies_nobody():
    rows = [*resume("a", *SHARED), *resume("b", *SHARED), box("a", "me@x.example"), box("b", "me@x.example")]
    assert hits_of(*rows, flag="A02") == []


def test_an_agency_that_writes_for_its_people_explains_it():
    rows = [row for name in "abc" for row in resume(name, *SHARED)]
    rows += [event(name, "work", "vendor", "agency") for name in "abc"]
    hits = hits_of(*rows, flag="A02")
    assert (subjects(hits), subjects(hits, explained=True)) == ([], ["a", "b", "c"])


@pytest.mark.parametrize(("files", "found"), [(3, ["a", "b"]), (2, [])])
def test_files_of_a_portfolio_that_few_have(files, found):
    own = [f"f{i}" for i in range(files)]
    rows = [row for name in "ab" for row in resume(name, *own, thing="asset", kind="profile")]
    assert subjects(hits_of(*rows, flag="A05")) == found


def test_a_free_template_is_on_many_portfolios():
    files = [f"f{i}" for i in range(5)]
    rows = [row for i in range(30) for row in resume(f"p{i}", *files, thing="asset", kind="profile")]
    assert hits_of(*rows, flag="A05") == []


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("kubernetes 2010", ["a"]),
        ("kubernetes 2013", []),  # a slip of the pen
        ("kubernetes 2015", []),
        ("abacus 1500", []),
        ("kubernetes since", []),
    ],
)
def test_a_technology_before_its_time(claim, found):
    hits = hits_of(event("a", "resume", "skill", claim), flag="A07")
    assert subjects(hits) == found
    assert all("published in 2014" in hit.why for hit in hits)
