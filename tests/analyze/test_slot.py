import pyarrow as pa
from tests.data.ledger_rows import at
from tests.data.trace_case import LIMITS, extracted, holders, label, lead, ledger, sums, tallied, theft

from bongsu.analyze.lead import Limits
from bongsu.analyze.policy import NOT_CONSERVING
from bongsu.analyze.slot import end_slots, resting, slots_of, stops_of
from bongsu.analyze.stop import STOPS

ROWS = (("v", "s", 10), ("x", "a", 50), ("s", "a", 10), ("a", "b", 20), ("a", "ex", 30), ("s", "ex", 3))


def made(*rows, limits=LIMITS, policies=("fifo", "pifo", "poison"), labels=("ex",), addresses=("s",)):
    asked = lead(theft(*addresses))
    found = extracted(ledger(*rows), asked, limits, [label(name, "exchange") for name in labels])
    return found, {name: tallied(found, name) for name in policies}


def ends_of(found, tallies, gaps=()):
    stops = stops_of(found, pa.array(list(gaps), pa.string()))
    amounts = {name: resting(found, tally) for name, tally in tallies.items()}
    slots = end_slots(found, amounts, but=NOT_CONSERVING).tolist()
    return {
        (holders(found)[slot // 2], STOPS[stops[slot]]): [sums(amounts[p]).get(slot, 0) for p in amounts]
        for slot in slots
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
    stops = stops_of(found, pa.array(["b", "a"]))
    named = dict(zip(holders(found), (STOPS[code] for code in stops[::2]), strict=True))
    assert named == {"v": "unspent", "s": "unspent", "a": "window_end", "b": "ledger_end"}
    assert {STOPS[code] for code in stops[1::2]} == {"below_threshold"}
    assert ends_of(found, tallies)["a", "window_end"] == [10, 10, 10]


def test_small_arrivals_are_an_end_of_their_own_and_come_first():
    rows = (("v", "s", 30), ("s", "a", 2), ("s", "a", 9), ("s", "b", 2), ("s", "ex", 2))
    found, tallies = made(*rows, limits=Limits(minimum={"*": 5}), policies=("fifo",))
    ends = ends_of(found, tallies)
    assert ends == {
        ("s", "unspent"): [15],
        ("a", "unspent"): [9],
        ("a", "below_threshold"): [2],
        ("b", "below_threshold"): [2],
        ("ex", "below_threshold"): [2],
    }
    assert [stop for name, stop in ends if name == "a"] == ["below_threshold", "unspent"]


def test_movements_bring_to_the_slot_of_their_pool():
    found, _ = made(*ROWS)
    name = holders(found).index
    assert slots_of(found).tolist() == [2 * name(holder) for holder in ("s", "a", "a", "b", "ex", "ex")]
    small, _ = made(("v", "s", 30), ("s", "a", 2), ("s", "a", 9), limits=Limits(minimum={"*": 5}))
    place = holders(small).index("a")
    assert slots_of(small).tolist()[1:] == [2 * place + 1, 2 * place]
