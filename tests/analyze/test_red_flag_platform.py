import pytest
from tests.data.event_rows import event, hits_of, subjects

from bongsu.model.event import ACCEPTED, OTHER_ACCOUNT


def logins(names, *, days=5, hours=(0,), **more):
    return [
        event(name, "session", day=day + hour / 24, **more)
        for name in names
        for day in range(days)
        for hour in hours
    ]


def test_accounts_on_one_device():
    hits = hits_of(*logins("abc", device="d"), *logins("z", device="e"), flag="P06")
    assert subjects(hits) == ["a", "b", "c"]
    assert {hit.strength for hit in hits} == {"high"}
    assert hits_of(*logins("ab", device="d"), flag="P06") == []
    assert hits_of(*logins("abc", device="d", days=4), flag="P06") == []


@pytest.mark.parametrize(("hours", "strength"), [(range(24), "high"), (range(9), "medium")])
def test_accounts_behind_one_address_with_and_without_a_pause(hours, strength):
    hits = hits_of(*logins("abcde", hours=hours, ip="9.9.9.9"), flag="P06")
    assert {hit.strength for hit in hits} == {strength}
    assert hits_of(*logins("abcd", hours=hours, ip="9.9.9.9"), flag="P06") == []


def test_an_agency_and_a_crowd_are_explained():
    agency = [event(name, "work", "vendor", "one") for name in "abc"]
    assert subjects(hits_of(*logins("abc", device="d"), *agency, flag="P06")) == []
    crowd = [f"p{i}" for i in range(30)]
    hits = hits_of(*logins(crowd, ip="9.9.9.9", hours=range(24)), flag="P06")
    assert (subjects(hits), len(subjects(hits, explained=True))) == ([], 30)


def asked(day=0, value=OTHER_ACCOUNT):
    return event("a", "request", "request", value, day=day)


def test_another_account_after_a_suspension():
    (hit,) = hits_of(event("a", "suspension", day=0), asked(3), flag="P07")
    assert (hit.subject, hit.strength, hit.rows) == ("a", "high", (0, 1))


@pytest.mark.parametrize("ban", [-60, 5])
def test_another_account_without_a_suspension_before_is_medium(ban):
    assert [hit.strength for hit in hits_of(event("a", "suspension", day=ban), asked(0), flag="P07")] == [
        "medium"
    ]


def test_a_real_lockout():
    assert hits_of(event("a", "suspension"), asked(1, "something"), flag="P07") == []


def bids(name, count, *, won=0, texts=1):
    rows = []
    for i in range(count):
        note = ACCEPTED if i < won else ""
        rows.append(event(name, "bid", day=i / 10, note=note))
        rows.append(event(name, "bid", "proposal", f"{name}{i % texts}", day=i / 10, note=note))
    return rows


@pytest.mark.parametrize(
    ("count", "won", "texts", "found"),
    [(60, 1, 3, ["a"]), (59, 0, 3, []), (60, 5, 3, []), (60, 0, 60, [])],
)
def test_many_bids_of_one_text_of_which_few_are_accepted(count, won, texts, found):
    hits = hits_of(*bids("a", count, won=won, texts=texts), flag="P08")
    assert subjects(hits) == found
    assert {hit.strength for hit in hits} <= {"low"}


def test_a_newcomer_writes_anew_each_time():
    assert hits_of(*bids("n", 70, texts=50), flag="P08") == []
