from fractions import Fraction

import numpy as np
import pytest
from tests.data.ledger_rows import at
from tests.data.trace_case import extracted, holders, lead, ledger, tallied

from bongsu.analyze.lead import Limits
from bongsu.analyze.way import (
    SAFE,
    Shown,
    Ways,
    doubts_of,
    product_of,
    shown_ways,
    weakest_steps,
    widest_ways,
)
from bongsu.kernel.amount import to_wide
from bongsu.kernel.widest import Unrolled


def way_to(book, holder, asked=("s",), policy="fifo"):
    found = extracted(book, lead(*asked))
    tally = tallied(found, policy)
    way = widest_ways(found, tally).to(holders(found).index(holder))
    return found, tally, way


def weakest(found, tally, way):
    """Weakest step of a way, which stands behind an empty one and before itself once more."""
    ways = Unrolled(np.array([0, 0, len(way), 2 * len(way)]), np.array([*way, *way]))
    none, first, second = weakest_steps(doubts_of(found, tally), ways)
    assert (none, second) == (None, first)
    return first


def test_the_widest_way_is_shown_oldest_first():
    book = ledger(("v", "s", 9), ("s", "a", 3), ("s", "b", 6), ("a", "z", 3), ("b", "z", 5), ("b", "z", 1))
    assert way_to(book, "z")[2] == [2, 4]
    assert way_to(book, "a")[2] == [1]


def test_a_way_is_as_wide_as_its_narrowest_movement():
    book = ledger(("v", "s", 30), ("s", "a", 2), ("s", "b", 4), ("x", "a", 0), ("a", "z", 2), ("b", "z", 3))
    assert way_to(book, "z")[2] == [2, 5]
    narrow = ledger(("v", "s", 90), ("s", "a", 9), ("s", "b", 5), ("a", "c", 1), ("b", "c", 5), ("c", "z", 6))
    assert way_to(narrow, "z")[2] == [2, 4, 5]


def test_of_two_ways_as_wide_the_earlier_is_shown():
    book = ledger(("v", "s", 9), ("s", "a", 3), ("s", "b", 3), ("a", "z", 3), ("b", "z", 3))
    assert way_to(book, "z")[2] == [1, 3]


def test_a_way_uses_what_had_come_by_then():
    book = ledger(("v", "s", 9), ("s", "a", 1), ("a", "z", 1), ("s", "b", 8), ("b", "a", 8))
    assert way_to(book, "z")[2] == [1, 2]


def test_money_that_came_back_to_a_source_starts_anew():
    book = ledger(("v", "s", 9), ("s", "a", 9), ("a", "s", 9), ("s", "b", 9))
    assert way_to(book, "b")[2] == [3]


def test_nothing_arrived_no_way():
    book = ledger(("x", "q", 10), ("v", "s", 5), ("s", "q", 5), ("q", "z", 10))
    assert way_to(book, "z")[2] == []
    assert Ways(best=np.full(8, -1), before=np.empty(0, dtype=np.int64)).to(3) == []


def test_no_way_leads_on_from_what_was_not_followed():
    book = ledger(
        ("v", "s", 100), ("x", "m", 60), ("s", "m", 6), ("m", "a", 11), ("s", "a", 4), ("a", "b", 15)
    )
    found = extracted(book, lead("s"), Limits(minimum={"*": 5}))
    ways, place = widest_ways(found, tallied(found, "haircut")), holders(found).index
    assert ways.to(place("b")) == [2, 3, 5]
    assert ways.to(place("a")) == [2, 3]
    assert ways.to(place("a"), stopped=True) == [4]
    assert ways.to(place("b"), stopped=True) == []


def test_the_way_ends_where_value_became_stolen():
    found, _, way = way_to(ledger(("v", "s", 9), ("s", "a", 9)), "s")
    assert way == [0]
    assert found.table["amount"][0].as_py() == 9


def test_a_sure_way_has_no_weakest_step():
    assert weakest(*way_to(ledger(("v", "s", 9), ("s", "a", 9), ("a", "b", 5)), "b")) is None


@pytest.mark.parametrize(
    ("rows", "to", "expected"),
    [
        ((("v", "s", 1), ("s", "a", 9), ("a", "b", 9)), "b", (1, "assumed", 40)),
        ((("v", "s", 3), ("s", "a", 3), ("x", "a", 6), ("a", "b", 9)), "b", (2, "mixed", 33)),
        ((("v", "s", 1), ("s", "a", 1), ("x", "a", 999), ("a", "b", 1000)), "b", (2, "mixed", 5)),
        ((("v", "s", 3), ("s", "a", 3), ("x", "a", 3), ("a", "b", 6)), "b", None),
        ((("s", "a", 9), ("x", "a", 81), ("a", "b", 90)), "b", (2, "mixed", 10)),
    ],
)
def test_the_least_sure_movement_says_why(rows, to, expected):
    assert weakest(*way_to(ledger(*rows), to)) == expected


def test_a_movement_of_unknown_place_is_less_sure():
    loose = {"block": 5, "time": at(5), "tx_index": None, "position": None}
    book = ledger(("v", "s", 9), ("s", "a", 9), ("a", "b", 4, loose), ("a", "c", 5, loose))
    assert weakest(*way_to(book, "c")) == (2, "order", 60)


def test_the_way_that_is_shown_is_that_of_the_first_policy_that_has_one():
    book = ledger(("x", "a", 50), ("v", "s", 10), ("s", "a", 10), ("a", "z", 50), ("a", "b", 10))
    found = extracted(book, lead("s"))
    tallies = {name: tallied(found, name) for name in ("poison", "haircut", "fifo")}
    slot = 2 * holders(found).index("z")

    def shown(tallies, *slots, **amounts):
        given = {name: to_wide(amounts.get(name, [0] * len(slots))) for name in tallies}
        return shown_ways(found, tallies, given, np.array(slots, dtype=np.int64))

    haircut = Shown("haircut", (2, 3), (2, "mixed", 16), (SAFE, (16, "mixed")))
    poison = Shown("poison", (2, 3), None, (SAFE, SAFE))
    assert shown(tallies, slot, slot, fifo=[0, 0], haircut=[8, 0]) == [haircut, poison]
    assert shown(tallies, slot + 1, slot, fifo=[1, 1]) == [Shown(), poison]
    assert shown({"fifo": tallies["fifo"]}, slot, fifo=[1]) == [Shown("", (), None)]
    assert shown(tallies) == []


def test_the_product_of_a_way_is_exact():
    assert product_of([SAFE, (75, "plain"), (60, "order")]) == 45
    assert product_of([SAFE]) == 100
    assert product_of([(75, "plain")] * 3) == Fraction(675, 16)
