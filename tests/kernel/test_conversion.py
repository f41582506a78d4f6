"""What is received is shared by what was paid, in whole units, in order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.queue_case import build, rows, swapped

from bongsu.kernel.case import CARRIED, CONVERTED
from bongsu.kernel.conversion import converted, joined
from bongsu.kernel.haircut import haircut
from bongsu.kernel.poison import poison
from bongsu.kernel.priority_taint import priority_taint
from bongsu.kernel.queue_taint import queue_taint

PARTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2**100)), min_size=1, max_size=9).filter(
    lambda parts: any(value for _, value in parts)
)


def test_t13_two_fifths_of_the_ether_are_two_fifths_of_the_dollars():
    ether, dollars = 10**18, 10**6
    paid = [(2, 8 * ether // 10), (0, 12 * ether // 10)]
    assert converted(paid, 5_000 * dollars) == [(2, 2_000 * dollars), (0, 3_000 * dollars)]


def test_what_is_left_over_goes_to_the_largest_remainder_then_to_the_earlier():
    assert converted([(2, 1), (0, 1), (3, 1)], 5) == [(2, 2), (0, 2), (3, 1)]
    assert converted([(2, 1), (0, 5), (3, 1)], 3) == [(2, 1), (0, 2), (3, 0)]
    assert converted([(2, 3), (2, 3), (0, 6)], 3) == [(2, 2), (0, 1)]


def test_neighbors_of_one_tag_are_one_part():
    assert joined([(2, 1), (2, 4), (0, 0), (2, 2), (3, 1)]) == [(2, 7), (3, 1)]


@given(PARTS, st.integers(0, 2**100))
def test_nothing_is_made_or_lost_and_no_part_is_a_unit_off(parts, received):
    paid, got = joined(parts), converted(parts, received)
    whole = sum(value for _, value in paid)
    assert sum(value for _, value in got) == received
    assert [tag for tag, _ in got] == [tag for tag, _ in paid]
    for (_, value), (_, share) in zip(paid, got, strict=True):
        assert abs(share - Fraction(value * received, whole)) < 1


BOTH = [
    queue_taint,
    lambda case: queue_taint(case, newest_first=True),
    lambda case: priority_taint(case, stolen_first=True),
    lambda case: priority_taint(case, stolen_first=False),
    lambda case: priority_taint(case, stolen_first=True, highest_out=True),
    haircut,
]


@pytest.mark.parametrize("run", BOTH)
@pytest.mark.parametrize("wide", [True, False])
def test_a_payment_that_became_two_assets_has_its_share_in_each(run, wide):
    """400 stolen and 600 other funds become 50 and 70 units: 20 and 28 of them are stolen."""
    moves = [(0, 1, 400), (0, 1, 600), (1, 2, 1000), (1, 3, 0), (2, 4, 50), (3, 4, 70)]
    case = swapped(build(moves, credit=[0], wide=wide), {2: 50, 3: 70})
    fragments, held = run(case)
    became = [(m, value) for m, tag, kind, value in rows(fragments) if kind == CONVERTED and tag == 2]
    assert became == [(2, 20), (3, 28)]
    assert [(m, value) for m, tag, kind, value in rows(fragments) if kind == CARRIED and m == 2] == [(2, 400)]
    assert sum(value for pool, tag, value in rows(held) if tag == 2 and pool == 4) == 48


def test_poison_touches_both():
    moves = [(0, 1, 400), (0, 1, 600), (1, 2, 1000), (1, 3, 0)]
    fragments, _held = poison(swapped(build(moves, credit=[0]), {2: 50, 3: 70}))
    assert [(m, value) for m, _, kind, value in rows(fragments) if kind == CONVERTED] == [(2, 50), (3, 70)]


def test_what_another_pays_nothing_for_is_not_of_this_payment():
    moves = [(0, 1, 400), (1, 2, 400), (3, 4, 0)]
    case = swapped(build(moves, credit=[0]), {1: 50, 2: 70})
    fragments, _held = queue_taint(case)
    assert [(m, value) for m, _, kind, value in rows(fragments) if kind == CONVERTED] == [(1, 50)]
