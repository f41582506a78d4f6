import numpy as np
from tests.data.pattern_case import DAY, HOUR, flows, named, pool

from bongsu.analyze.dwell import dwell_times, stays


def whats(*given):
    return [(one.what, one.subject.rpartition(":")[2]) for one in dwell_times(*flows(*given))]


def test_passed_through_and_woken():
    book, payments = flows(("s", "a", 100, 0), ("a", "b", 95, HOUR), ("b", "c", 90, 100 * DAY))
    stay = stays(payments)
    assert named(book, stay.pool) == ["a", "b"]
    assert stay.time.tolist() == [HOUR * 10**6, (100 * DAY - HOUR) * 10**6]
    quick, slow = dwell_times(book, payments)
    assert (quick.what, slow.what) == ("pass_through", "dormancy")
    assert "after 60 minutes" in quick.why[0]
    assert "rested for 99 days" in slow.why[0]
    assert len(quick.evidence) == 2


def test_neither():
    assert whats(("s", "a", 100, 0), ("a", "b", 95, 2 * HOUR)) == []
    assert whats(("s", "a", 100, 0), ("a", "b", 80, 60)) == []  # most stays
    assert whats(("a", "b", 95, 0), ("s", "a", 100, 60)) == []  # paid before it came
    assert whats(("s", "a", 100, 0), ("a", "b", 95, 60, {"time": None, "block": None})) == []


def test_focus():
    book, payments = flows(("s", "a", 100, 0), ("a", "b", 95, HOUR), ("b", "c", 90, 100 * DAY))
    focus = np.arange(book.pools.num_rows) == pool(book, "b")
    assert [one.what for one in dwell_times(book, payments, focus)] == ["dormancy"]
