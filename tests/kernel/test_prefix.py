"""The longest prefix at a time, beside a slow twin."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.prefix import WIDTHS, Prefixes, longest_match

SMALL = 6
"""Bits that differ in these tests, the upper ones of an address."""


def prefixes(*rows):
    bits, first, start, stop = (np.array(column) for column in zip(*rows, strict=True)) if rows else [[]] * 4
    return Prefixes(
        *(np.array(x, np.int64) for x in (bits,)),
        np.array(first, np.uint64),
        np.array(start, np.int64),
        np.array(stop, np.int64),
    )


def twin(rows, wanted, time, width):
    """The answer by looking at every row."""
    best = -1
    for place, (bits, first, start, stop) in enumerate(rows):
        inside = wanted >> (width - bits) == first >> (width - bits) and start <= time < stop
        if inside and (best < 0 or (bits, start) > (rows[best][0], rows[best][2])):
            best = place
    return best


@st.composite
def row(draw, width):
    bits = draw(st.integers(0, SMALL))
    first = draw(st.integers(0, 2**bits - 1)) << (width - bits)
    start = draw(st.integers(0, 20))
    return bits, first, start, start + draw(st.integers(1, 20))


@given(
    st.sampled_from(WIDTHS).flatmap(
        lambda w: st.tuples(
            st.just(w),
            st.lists(row(w), max_size=12),
            st.lists(st.tuples(st.integers(0, 2**SMALL - 1), st.integers(0, 40)), max_size=12),
        )
    )
)
def test_it_agrees_with_looking_at_every_row(case):
    width, rows, asked = case
    wanted = [high << (width - SMALL) | 1 for high, _time in asked]
    times = [time for _high, time in asked]
    found = longest_match(prefixes(*rows), np.array(wanted, np.uint64), np.array(times, np.int64), width)
    expected = [twin(rows, one, time, width) for one, time in zip(wanted, times, strict=True)]
    answers = [rows[at] if at >= 0 else None for at in found.tolist()]
    told = [rows[at] if at >= 0 else None for at in expected]
    assert [x and x[:3] for x in answers] == [x and x[:3] for x in told]


def test_the_longer_prefix_wins_and_an_old_owner_is_not_the_new_one():
    rows = [(8, 8 << 24, 0, 100), (24, 8 << 24 | 8 << 16, 10, 20), (24, 8 << 24 | 8 << 16, 20, 30)]
    wanted = np.array([8 << 24 | 8 << 16 | 5] * 4 + [9 << 24], np.uint64)
    found = longest_match(prefixes(*rows), wanted, np.array([5, 15, 25, 35, 15]), 32)
    assert found.tolist() == [0, 1, 2, 0, -1]
