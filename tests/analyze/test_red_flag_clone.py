import pytest
from tests.data.event_rows import event, hits_of

from bongsu.model.event import OUTSIDE, PUBLIC


def clones(count, note=OUTSIDE, hours=0.1):
    return [
        event("a", "clone", "repository", f"acme/{i}", day=i * hours / 24, note=note) for i in range(count)
    ]


def test_many_repositories_to_an_account_outside_in_a_day():
    (hit,) = hits_of(*clones(10), flag="E10")
    assert (hit.subject, hit.family, hit.strength) == ("a", "code", "high")
    assert hit.why.startswith("10 repositories")
    assert hits_of(*clones(9), flag="E10") == []


def test_forks_of_what_is_public_and_clones_over_weeks_are_none():
    assert hits_of(*clones(40, PUBLIC), flag="E10") == []
    assert hits_of(*clones(40, OUTSIDE, hours=24), flag="E10") == []


@pytest.mark.parametrize(("count", "found"), [(30, ["medium"]), (29, [])])
def test_without_a_destination_it_is_medium_and_takes_more(count, found):
    assert [hit.strength for hit in hits_of(*clones(count, ""), flag="E10")] == found


def test_who_was_hired_lately_clones_much():
    assert hits_of(event("a", "hire", day=-10), *clones(30, ""), flag="E10") == []
    assert len(hits_of(event("a", "hire", day=-40), *clones(30, ""), flag="E10")) == 1
    assert len(hits_of(event("a", "hire", day=-10), *clones(10), flag="E10")) == 1
