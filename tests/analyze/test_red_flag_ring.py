from tests.data.event_rows import event, hits_of

from bongsu.analyze.damping import ScreenContext

LIST = ScreenContext(listed={("handle", "bad"): "a court"})


def account(name):
    return [event(name, "account", "handle", name), event(name, "commit", "email", f"{name}@x.example")]


def follow(one, other, note=""):
    return [event(one, "account", "handle", one), event(one, "follow", "handle", other, note=note)]


def found(*rows):
    return [(hit.subject, hit.strength) for hit in hits_of(*rows, flag="A11", context=LIST)]


def test_who_follows_a_listed_account_and_is_followed_back():
    rows = [*account("a"), *follow("a", "bad"), *follow("bad", "a")]
    assert found(*rows) == [("a", "medium")]
    assert [(h.subject, h.strength) for h in hits_of(*rows, flag="A11")] == []  # nobody is listed


def test_who_works_with_a_listed_account():
    assert found(*account("a"), *follow("a", "bad", "commit")) == [("a", "medium")]


def test_a_follow_of_one_side_is_nothing():
    assert found(*account("a"), *follow("a", "bad")) == []
    assert found(*account("a"), *follow("bad", "a")) == []


def test_two_steps_are_low_and_who_stands_between_is_not_looked_at():
    rows = [*account("a"), *follow("a", "b", "commit"), *follow("b", "bad", "commit")]
    assert found(*rows) == [("a", "low")]


def test_an_account_that_everybody_follows_joins_nobody():
    crowd = [row for i in range(30) for row in (*follow(f"c{i}", "hub"), *follow("hub", f"c{i}"))]
    rows = [
        *account("a"),
        *follow("a", "hub"),
        *follow("hub", "a"),
        *follow("hub", "bad"),
        *follow("bad", "hub"),
    ]
    assert found(*rows) == [("a", "low")]
    assert found(*rows, *crowd) == []


def test_a_course_that_follows_each_other_has_no_listed_account():
    names = "abcdef"
    rows = [row for x in names for y in names if x != y for row in (*account(x), *follow(x, y))]
    assert found(*rows) == []
