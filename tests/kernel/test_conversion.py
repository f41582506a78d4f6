"""What is received is shared by what was paid, in whole units, in order."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.conversion import converted, joined

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
