"""128-bit arithmetic equals Python's integers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel import wide

WIDE = st.integers(min_value=0, max_value=2**127 - 1) | st.sampled_from(
    [0, 1, 2**32 - 1, 2**32, 2**63, 2**64 - 1, 2**64, 2**96, 2**127 - 1]
)


def pair(value):
    return np.uint64(value & (2**64 - 1)), np.uint64(value >> 64)


def number(value):
    return int(value[0]) + (int(value[1]) << 64)


@given(WIDE, WIDE)
def test_sum_difference_and_order(a, b):
    assert number(wide.add(pair(a), pair(b))) == a + b
    assert number(wide.subtract(pair(max(a, b)), pair(min(a, b)))) == abs(a - b)
    assert wide.less(pair(a), pair(b)) == (a < b)


@given(WIDE, WIDE, WIDE)
def test_multiply_divide_is_exact_through_256_bits(a, b, c):
    part, whole = min(b, c), max(b, c, 1)
    quotient, rest = wide.multiply_divide(pair(a), pair(part), pair(whole))
    assert (number(quotient), number(rest)) == divmod(a * part, whole)
