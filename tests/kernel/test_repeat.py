"""A value that occurs twice is found, whatever the others are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel import repeat
from bongsu.kernel.repeat import occurs_twice

WORD = st.one_of(st.integers(0, 2**64 - 1), st.sampled_from([0, 1, 2**63, 2**64 - 1]))


def twice(words, cut):
    array = np.array(words, dtype=np.uint64)
    return occurs_twice(lambda: [array[:cut], array[cut:]], len(array))


@given(st.lists(WORD, max_size=50), st.integers(0, 50))
def test_it_says_what_a_set_says(words, cut):
    assert twice(words, cut) == (len(set(words)) < len(words))


@pytest.mark.parametrize("bits", [2, 5, 18])
def test_many_in_many_buckets(monkeypatch, bits):
    monkeypatch.setattr(repeat, "_BUCKET_BITS", bits)
    words = np.random.default_rng(5).integers(0, 2**64, 20_000, dtype=np.uint64).tolist()
    assert not twice(words, 7)
    for place in (0, 777, 19_998):
        assert twice([*words[:-1], words[place]], 9_000)


def test_all_alike_in_their_high_bits_are_told_apart():
    assert not twice(range(5_000), 0)
    assert twice([*range(5_000), 4_999], 0)
