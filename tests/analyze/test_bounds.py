import itertools
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.plain_ledger import plain_ledger
from tests.data.trace_case import LIMITS, extracted, holders, label, lead, resting_at

from bongsu.analyze import bounds
from bongsu.analyze.bounds import components_of, order_bounds, orders_of
from bongsu.analyze.lead import Limits
from bongsu.analyze.policy import policies_for, run_policies
from bongsu.analyze.tally import tally_policy
from bongsu.kernel.case import Moves

POLICIES = policies_for(2)


def made(rows, ties, limits=LIMITS, **other):
    book = plain_ledger(rows, ties=ties, **other)
    return extracted(book, lead("s", "r"), limits, [label("ex", "exchange")])


def in_order(found, rows):
    """The case with its movements in another order."""
    case = found.case._replace(moves=Moves(*(column[rows] for column in found.case.moves)))
    return replace(found, case=case, fees=found.fees[rows], table=found.table.take(rows))


def bounded(found):
    """Kind and ranges by (holder, not followed)."""
    names = holders(found)

    def run(case, rows):
        return run_policies(replace(found, case=case, fees=found.fees[rows]), POLICIES)

    result = order_bounds(found, run, list(POLICIES))
    kind = {(names[pool], flag): value for (pool, flag), value in result.kind.items()}
    return kind, {(names[pool], flag): value for (pool, flag), value in result.ranges.items()}


def all_orders(found):
    """Rows of the case in every order that the ledger leaves open."""
    groups = [itertools.permutations(range(*group)) for group in found.ties.tolist()]
    for choice in itertools.product(*groups):
        rows = np.arange(len(found.case.moves.source))
        for group, order in zip(found.ties.tolist(), choice, strict=True):
            rows[slice(*group)] = order
        yield rows


def tried(found):
    """(holder, not followed) and policy to what is there in each order; by the tallies, not the bounds."""
    names = holders(found)
    seen = defaultdict(list)
    for rows in all_orders(found):
        other = in_order(found, rows)
        for policy, result in run_policies(other, POLICIES).items():
            sums = defaultdict(int)
            for (pool, stop), value in resting_at(other, tally_policy(other, *result)).items():
                sums[names[pool], int(stop == "below_threshold")] += value
            for key in itertools.product(names, (0, 1)):
                seen[key, policy].append(sums[key])
    return seen


def check(found):
    kind, ranges = bounded(found)
    for (key, policy), values in tried(found).items():
        least, most = min(values), max(values)
        told = ranges.get(key, {}).get(policy, (values[0], values[0]))
        if kind.get(key, "exact") == "outer":
            assert told[0] <= least <= most <= told[1], (key, policy)
        else:
            assert told == (least, most), (key, policy, kind.get(key))
    return kind


NAMES = ("s", "r", "a", "b", "c", "ex")
PAYMENT = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 9))
LISTS = st.tuples(
    st.lists(PAYMENT, max_size=4),
    st.lists(PAYMENT, min_size=2, max_size=4),
    st.lists(PAYMENT, max_size=2),
    st.lists(PAYMENT, max_size=2),
)
"""In order, without, in order, without."""


@st.composite
def cases(draw):
    first, second, third, fourth = draw(LISTS)
    before = [("v", "s", draw(st.integers(1, 9))), ("v", "r", 4), ("x", "a", 3), *first]
    rows = [*before, *second, *third, *fourth]
    ties = [0] * len(before) + [1] * len(second) + [0] * len(third) + [2] * len(fourth)
    hashes = draw(st.lists(st.sampled_from(["t1", "t2", ""]), min_size=len(rows), max_size=len(rows)))
    limits = draw(st.sampled_from([LIMITS, Limits(minimum={"*": 4})]))
    return rows, ties, limits, hashes


@settings(max_examples=50)
@given(case=cases())
def test_bounds_are_those_of_all_orders(case):
    found = made(*case[:3], hashes=case[3])
    assert "outer" not in check(found).values()


@settings(max_examples=40)
@given(case=cases())
def test_outer_bounds_hold_all_orders(case):
    found = made(*case[:3], hashes=case[3])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "MOST_MOVEMENTS", 2)
        patch.setattr(bounds, "MOST_ORDERS", 2)
        check(found)


def test_the_order_of_pay_and_be_paid_matters():
    found = made([("v", "s", 5), ("s", "a", 5), ("a", "b", 5)], [0, 1, 1])
    kind, ranges = bounded(found)
    assert kind[("b", 0)] == kind[("a", 0)] == "ordered"
    assert ranges["b", 0]["fifo"] == ranges["a", 0]["fifo"] == (0, 5)
    assert ("s", 0) not in kind or ranges["s", 0]["fifo"] == (0, 0)
    check(found)


def test_movements_that_share_no_pool_are_exact():
    found = made([("v", "s", 5), ("v", "r", 5), ("s", "a", 5), ("r", "b", 5)], [0, 0, 1, 1])
    assert components_of(found) == []
    assert bounded(found) == ({}, {})
    check(found)


def test_sharing_an_end_is_no_sharing():
    found = made([("v", "s", 5), ("v", "r", 5), ("s", "ex", 5), ("r", "ex", 5)], [0, 0, 1, 1])
    assert components_of(found) == []


def test_a_payment_to_oneself_changes_nothing():
    found = made([("v", "s", 5), ("s", "a", 5), ("a", "a", 5)], [0, 1, 1])
    assert components_of(found) == []


def test_a_group_falls_apart_into_what_shares_a_pool():
    rows = [("v", "s", 9), ("v", "r", 9), ("s", "a", 5), ("r", "b", 5), ("a", "c", 5), ("b", "d", 5)]
    found = made(rows, [0, 0, 1, 1, 1, 1])
    assert components_of(found) == [[2, 4], [3, 5]]
    _kind, ranges = bounded(found)
    assert ranges["c", 0]["fifo"] == ranges["d", 0]["fifo"] == (0, 5)
    check(found)


def test_orders_that_leave_every_pair_as_it_is_are_one():
    rows = [("v", "s", 9), ("s", "a", 2), ("a", "b", 2), ("b", "c", 2)]
    found = made(rows, [0, 1, 1, 1])
    assert orders_of(found, [1, 2, 3])[0] == (1, 2, 3)
    assert len(orders_of(found, [1, 2, 3])) == 4
    alike = made([("v", "s", 9), ("s", "a", 2), ("s", "a", 2)], [0, 1, 1], hashes=["x", "y", "y"])
    assert len(orders_of(alike, [1, 2])) == 1


def test_too_many_orders_give_outer_bounds():
    count = bounds.MOST_MOVEMENTS + 1
    rows = [("v", "s", 90), *(("s", "a", n) for n in range(1, count)), ("a", "b", 7)]
    kind, ranges = bounded(made(rows, [0] + [1] * count))
    gross = sum(range(1, count))
    assert kind["a", 0] == kind["b", 0] == "outer"
    assert ranges["a", 0]["fifo"] == ranges["a", 0]["libr"] == (0, gross)
    assert ranges["b", 0]["fifo"] == (0, 7)


def test_a_large_group_falls_apart_without_listing_its_pairs(monkeypatch):
    rows = [("v", "s", 9000), *[("s", f"a{n % 700}", 1) for n in range(5000)]]
    found = made(rows, [0] + [1] * 5000)
    monkeypatch.setattr(bounds, "_conflicts", None)
    assert components_of(found) == [list(range(1, 5001))]


def test_orders_are_tried_cheapest_first_within_the_limit_of_work(monkeypatch):
    rows = [("v", "s", 90), ("s", "a", 5), ("a", "b", 7), ("s", "c", 3), ("c", "d", 2), ("c", "e", 2)]
    ties = [0, 1, 1, 2, 2, 2]
    found = made(rows, ties)
    assert set(check(found).values()) == {"ordered"}
    monkeypatch.setattr(bounds, "MOST_WORK", 2 * len(rows))
    kinds = check(found)
    assert {name for (name, _), kind in kinds.items() if kind == "ordered"} == {"a", "b"}
    assert {name for (name, _), kind in kinds.items() if kind == "outer"} >= {"c", "d", "e"}
