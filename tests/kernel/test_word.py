"""Operations on words equal Python's integers."""

import numba
import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from bongsu.kernel import word

WORD = st.integers(min_value=0, max_value=2**64 - 1)


@numba.njit
def product(a, b):
    return word.multiply64(a, b)


@numba.njit
def zeros(x):
    return word.leading_zeros(x)


@given(WORD, WORD)
@example(2**64 - 1, 2**64 - 1)
def test_product_is_a_pair(a, b):
    low, high = product(np.uint64(a), np.uint64(b))
    assert int(low) + (int(high) << 64) == a * b


@given(WORD)
@example(0)
@example(2**63)
def test_zeros_above_the_highest_bit(x):
    assert int(zeros(np.uint64(x))) == 64 - x.bit_length()


@numba.njit
def loaded(data, at):
    return word.load_word(data, at)


@given(st.binary(min_size=8, max_size=40), st.data())
def test_eight_bytes_from_any_place_the_first_highest(data, drawn):
    at = drawn.draw(st.sampled_from([0, len(data) - 8]) | st.integers(0, len(data) - 8))
    assert int(loaded(np.frombuffer(data, dtype=np.uint8), at)) == int.from_bytes(data[at : at + 8], "big")
