import numpy as np
import pyarrow as pa
from tests.data.ledger_rows import at
from tests.data.trace_case import LIMITS, extracted, holders, label, lead, ledger, tallied, theft

from bongsu.analyze.endpoint import (
    amounts_by_end,
    arrivals_by_day,
    arrivals_by_pool,
    candidates,
    direct_amount,
    first_and_last,
    held_stops,
    shares_from_sources,
)
from bongsu.analyze.lead import Limits
from bongsu.analyze.policy import NOT_CONSERVING
from bongsu.analyze.tally import moments_of

ROWS = (("v", "s", 10), ("x", "a", 50), ("s", "a", 10), ("a", "b", 20), ("a", "ex", 30), ("s", "ex", 3))


def made(*rows, limits=LIMITS, policies=("fifo", "pifo", "poison"), labels=("ex",), addresses=("s",)):
    asked = lead(theft(*addresses))
    found = extracted(ledger(*rows), asked, limits, [label(name, "exchange") for name in labels])
    return found, {name: tallied(found, name) for name in policies}


def ends_of(found, tallies, gaps=()):
    held = held_stops(found, pa.array(list(gaps), pa.string()))
    amounts = amounts_by_end(found, tallies, held)
    keys = candidates(found, amounts, held, but=NOT_CONSERVING)
    return {
        (holders(found)[pool], stop): [amounts[p].get((pool, stop), 0) for p in amounts]
        for pool, stop in keys
    }


def test_every_end_is_listed_also_with_nothing():
    found, tallies = made(*ROWS)
    assert ends_of(found, tallies) == {
        ("b", "unspent"): [0, 10, 20],
        ("a", "unspent"): [10, 0, 10],
        ("ex", "service"): [3, 3, 33],
    }


def test_a_pool_that_only_poison_sees_is_no_end():
    found, tallies = made(("v", "s", 10), ("s", "a", 10), ("x", "a", 5), ("a", "b", 15))
    assert set(ends_of(found, tallies)) == {("b", "unspent")}


def test_what_is_held_is_unspent_or_beyond_the_ledger_or_the_window():
    found, tallies = made(
        ("v", "s", 10), ("s", "a", 10), ("s", "b", 0), ("a", "c", 4), limits=Limits(until=at(3))
    )
    named = dict(zip(holders(found), held_stops(found, pa.array(["b", "a"])), strict=True))
    assert named == {"v": "unspent", "s": "unspent", "a": "window_end", "b": "ledger_end"}
    assert ends_of(found, tallies)["a", "window_end"] == [10, 10, 10]


def test_small_arrivals_are_an_end_of_their_own():
    rows = (("v", "s", 30), ("s", "a", 2), ("s", "a", 9), ("s", "b", 2), ("s", "ex", 2))
    found, tallies = made(*rows, limits=Limits(minimum={"*": 5}), policies=("fifo",))
    assert ends_of(found, tallies) == {
        ("s", "unspent"): [15],
        ("a", "unspent"): [9],
        ("a", "below_threshold"): [2],
        ("b", "below_threshold"): [2],
        ("ex", "below_threshold"): [2],
    }


def test_arrivals_are_found_by_pool():
    found, _ = made(*ROWS)
    name = holders(found).index
    rows = {pool: rows.tolist() for pool, rows in arrivals_by_pool(found).items()}
    assert rows == {name("s"): [0], name("a"): [1, 2], name("b"): [3], name("ex"): [4, 5]}


def direct(found, tally, rows, amount):
    shares = shares_from_sources(found, tally)
    return direct_amount(found, tally, shares, rows=np.array(rows, dtype=np.int64), amount=amount)


def test_the_direct_part_is_what_a_source_paid_itself():
    found, tallies = made(("v", "s", 30), ("s", "a", 20), ("s", "b", 10), ("b", "a", 10), ("a", "c", 6))
    tally = tallies["fifo"]
    assert direct(found, tally, [1, 3], 30) == 20
    assert direct(found, tally, [1, 3], 24) == 16
    assert direct(found, tally, [1, 3], 25) == 16
    assert direct(found, tally, [1], 14) == 14
    assert direct(found, tally, [4], 6) == 0
    assert direct(found, tally, [], 0) == 0
    assert direct(found, tally, [0], 30) == 30


def test_a_transaction_hands_on_what_its_inputs_took_from_a_source():
    first, second = "1" * 64, "2" * 64
    rows = (("v", "s", 40), ("s", first, 40), (first, "p", 30), (first, "q", 10), ("p", second, 30))
    more = (("q", second, 10), (second, "r", 40))
    found, tallies = made(*rows, *more)
    assert shares_from_sources(found, tallies["fifo"]) == {
        holders(found).index(first): (40, 40),
        holders(found).index(second): (0, 40),
    }
    assert direct(found, tallies["fifo"], [2], 30) == 30
    assert direct(found, tallies["fifo"], [6], 40) == 0
    mixed, tallies = made(*rows, ("s2", second, 10), (second, "r", 40), addresses=("s", "s2"))
    assert direct(mixed, tallies["fifo"], [6], 40) == 10
    assert mixed.hops[holders(mixed).index("r")] == 1


def test_arrivals_are_added_up_by_day():
    day = 86_400
    rows = (
        ("v", "s", 9),
        ("s", "a", 1, {"time": at(5)}),
        ("s", "a", 2, {"time": at(day - 1)}),
        ("s", "a", 3, {"time": at(day)}),
        ("x", "a", 4, {"time": at(3 * day)}),
    )
    found, tallies = made(*rows, policies=("fifo", "poison"))
    days = arrivals_by_day(found, tallies, np.arange(1, 5), moments_of(found))
    assert days == {"2024-01-01": {"fifo": 3, "poison": 3}, "2024-01-02": {"fifo": 3, "poison": 3}}
    unstated = np.full(5, "NaT", dtype="datetime64[us]")
    assert arrivals_by_day(found, tallies, np.array([1]), unstated) == {"": {"fifo": 1, "poison": 1}}


def test_first_and_last_are_of_the_stated_times():
    times = np.array(["2024-01-02", "NaT", "2024-01-01T00:00:03"], dtype="datetime64[us]")
    assert first_and_last(times) == (at(3), at(86_400))
    assert first_and_last(times[1:2]) == first_and_last(times[:0]) == (None, None)
