import numpy as np
import pytest
from tests.analyze.test_slot import ROWS, made
from tests.data.ledger_rows import at
from tests.data.trace_case import holders, sums

from bongsu.analyze.arrival import (
    Arrivals,
    arrivals_at,
    arrivals_by_day,
    direct_amounts,
    earliest_and_latest,
    first_and_last,
    shares_from_sources,
    straight_amounts,
)
from bongsu.analyze.tally import moments_of
from bongsu.kernel.amount import to_integers, to_wide

DAY = 86_400


def slots(found, *names):
    return np.array([2 * holders(found).index(name) for name in names], dtype=np.int64)


def test_arrivals_are_found_by_end():
    found, tallies = made(*ROWS)
    came = arrivals_at(found, tallies, slots(found, "b", "s", "a", "ex"))
    assert came.ends == 4
    assert list(zip(came.row.tolist(), came.end.tolist(), strict=True)) == [
        (0, 1),
        (2, 2),
        (3, 0),
        (4, 3),
        (5, 3),
    ]
    fifo = {"fifo": tallies["fifo"]}
    assert arrivals_at(found, fifo, slots(found, "b", "ex")).row.tolist() == [5]


def direct(found, tally, holder, amount):
    """Part of an amount at an end that came straight from a source."""
    rests, at_end = to_wide([0] * 2 * len(found.stops)), slots(found, holder)
    rests[at_end] = to_wide([amount])
    return to_integers(direct_amounts(found, tally, rests, at_end))[0]


def test_the_direct_part_is_what_a_source_paid_itself():
    found, tallies = made(("v", "s", 30), ("s", "a", 20), ("s", "b", 10), ("b", "a", 10), ("a", "c", 6))
    tally = tallies["fifo"]
    assert sums(straight_amounts(found, tally)) == {0: 30, 1: 20, 2: 10}
    assert direct(found, tally, "a", 30) == 20
    assert direct(found, tally, "a", 24) == 16
    assert direct(found, tally, "a", 25) == 16
    assert direct(found, tally, "b", 4) == 4
    assert direct(found, tally, "c", 6) == 0
    assert direct(found, tally, "v", 0) == 0
    assert direct(found, tally, "s", 30) == 30


def test_a_transaction_hands_on_what_its_inputs_took_from_a_source():
    first, second = "1" * 64, "2" * 64
    rows = (("v", "s", 40), ("s", first, 40), (first, "p", 30), (first, "q", 10), ("p", second, 30))
    more = (("q", second, 10), (second, "r", 40))
    found, tallies = made(*rows, *more)
    shares = shares_from_sources(found, tallies["fifo"])
    straight, gross = sums(shares.straight), sums(shares.gross)
    assert {pool: (straight.get(pool, 0), value) for pool, value in gross.items()} == {
        holders(found).index(first): (40, 40),
        holders(found).index(second): (0, 40),
    }
    assert direct(found, tallies["fifo"], "p", 30) == 30
    assert direct(found, tallies["fifo"], "r", 40) == 0
    mixed, tallies = made(*rows, ("s2", second, 10), (second, "r", 40), addresses=("s", "s2"))
    assert direct(mixed, tallies["fifo"], "r", 40) == 10
    assert mixed.hops[holders(mixed).index("r")] == 1


@pytest.mark.parametrize("resting", [0, 3])
def test_arrivals_are_added_up_by_day(resting):
    """Also where what rests at an end is what arrived on a day."""
    rows = (
        ("v", "s", 9),
        ("s", "a", 1, {"time": at(5)}),
        ("s", "a", 2, {"time": at(DAY - 1)}),
        ("s", "b", 1, {"time": at(DAY - 1)}),
        ("s", "a", 3, {"time": at(DAY)}),
        ("x", "a", 4, {"time": at(3 * DAY)}),
    )
    found, tallies = made(*rows, policies=("fifo", "poison"))
    came = arrivals_at(found, tallies, slots(found, "a", "v", "b"))
    there = {name: np.array([[resting, 0]] * 3, np.uint64) for name in tallies}
    rest = [dict.fromkeys(tallies, resting)] * 3, there
    days = arrivals_by_day(came, tallies, moments_of(found), rest=rest)
    first = {"2024-01-01": {"fifo": 1, "poison": 1}}
    assert days == [
        {"2024-01-01": {"fifo": 3, "poison": 3}, "2024-01-02": {"fifo": 3, "poison": 3}}, {}, first,
    ]  # fmt: skip
    assert list(days[0]) == sorted(days[0])
    unstated = np.full(len(found.rows), "NaT", dtype="datetime64[us]")
    assert arrivals_by_day(came, tallies, unstated, rest=rest)[2] == {"": {"fifo": 1, "poison": 1}}
    nobody = arrivals_at(found, tallies, slots(found, "v"))
    assert arrivals_by_day(nobody, tallies, moments_of(found), rest=rest) == [{}]


def test_first_and_last_are_of_the_stated_times():
    times = np.array(["2024-01-02", "NaT", "2024-01-01T00:00:03", "NaT"], dtype="datetime64[us]")
    came = Arrivals(np.arange(4), np.array([0, 0, 0, 1]), 3)
    assert first_and_last(came, times) == [(at(3), at(DAY)), (None, None), (None, None)]
    first, last = earliest_and_latest(came, times)
    assert (first.astype(str).tolist()[1:], np.isnat(last).tolist()) == (["NaT", "NaT"], [False, True, True])
