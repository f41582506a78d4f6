"""Portions are exact through 256 bits; Python's integers are the twin."""

from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.amount import to_integers, to_wide
from bongsu.kernel.portion import portions

VALUE = st.integers(0, 2**127 - 1) | st.integers(0, 2**64 - 1) | st.integers(0, 9)


def plain(value, part, whole):
    return value if part == whole else value * part // whole


def test_a_portion_is_rounded_down_and_nothing_of_nothing_is_all():
    rows = [(25, 20, 30), (100, 1, 2), (7, 0, 3), (7, 0, 0), (7, 5, 5)]
    found = portions(*(to_wide(list(column)) for column in zip(*rows, strict=True)))
    assert to_integers(found) == [16, 50, 0, 7, 7]


@given(st.lists(st.tuples(VALUE, VALUE, VALUE), max_size=20))
def test_portions_equal_those_of_integers(rows):
    rows = [(value, min(some, whole), max(some, whole)) for value, some, whole in rows]
    columns = [to_wide([row[place] for row in rows]) for place in range(3)]
    assert to_integers(portions(*columns)) == [plain(*row) for row in rows]
