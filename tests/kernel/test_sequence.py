"""Order, repetition and time of rows equal what Python says of tuples."""

import re
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.sequence import (
    Keys,
    all_hex,
    equal_neighbors,
    is_ordered,
    keeps_time,
    read_hashes,
    same_transaction,
)
from bongsu.store.column_buffer import texts_of

KEY = st.tuples(*[st.integers(-1, 1)] * 6)
HASH = "0x" + "0123456789abcdef" * 4


def keys_of(rows):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    return Keys(*(np.ascontiguousarray(column) for column in columns))


@settings(max_examples=100)
@given(st.lists(KEY, max_size=6), st.booleans())
def test_rows_are_ordered_as_tuples_are(rows, ascend):
    rows = sorted(rows) if ascend else rows
    keys = keys_of(rows)
    assert is_ordered(keys) == (rows == sorted(rows))
    assert equal_neighbors(keys).tolist() == [False, *(a == b for a, b in pairwise(rows))][: len(rows)]


@pytest.mark.parametrize("place", range(6))
def test_every_key_counts_and_the_first_most(place):
    low, high = [0] * 6, [0] * 6
    high[place] = 1
    low[place + 1 :] = [5] * (5 - place)
    assert is_ordered(keys_of([low, high]))
    assert not is_ordered(keys_of([high, low]))
    assert equal_neighbors(keys_of([low, low, high])).tolist() == [False, True, False]


def test_hashes_are_read_as_words():
    texts = ["0x" + "f" * 64, HASH, "0x" + "0" * 63 + "1"]
    words = read_hashes(texts_of(pa.array(["", *texts]).slice(1)))
    assert [row.astype(">u8").tobytes().hex() for row in words] == [text[2:] for text in texts]
    assert read_hashes(texts_of(pa.array([], pa.string()))).shape == (0, 4)


@settings(max_examples=100)
@given(st.integers(0, 65), st.sampled_from("/:@AFGX`gx\x00\x7f"))
def test_a_hash_with_another_character_is_none(at, wrong):
    text = HASH[:at] + wrong + HASH[at + 1 :]
    valid = text == HASH
    assert (read_hashes(texts_of(pa.array([HASH, text, HASH]))) is not None) == valid


@pytest.mark.parametrize("text", ["", "0x", HASH[2:], HASH[:-1], HASH + "0", HASH.upper(), HASH[:-2] + "é"])
def test_what_has_another_length_or_case_is_no_hash(text):
    assert read_hashes(texts_of(pa.array([text]))) is None
    assert read_hashes(texts_of(pa.array([HASH, text]))) is None


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.integers(0, 4))))
def test_neighbors_of_one_block_and_hash_are_of_one_transaction(rows):
    """Each hash differs from the first, which is nought, in another of the four words."""
    hashes = np.vstack([np.zeros((1, 4)), np.eye(4)]).astype(np.uint64)
    words = hashes[[number for *_place, number in rows]].reshape(-1, 4)
    same, forks = same_transaction(keys_of([(0, c, b, p, 0, 0) for c, b, p, _hash in rows]), words)
    near = [(a[:2] == b[:2], a[3] == b[3], a[2] == b[2]) for a, b in pairwise(rows)]
    assert same.tolist() == [False, *(block and alike for block, alike, _place in near)][: len(rows)]
    assert forks == sum(block and place and not alike for block, alike, place in near)


ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 3)), max_size=8)
"""Time, chain, block."""


@settings(max_examples=100)
@given(ROWS, st.integers(0, 8))
def test_time_is_kept_if_each_block_has_one_and_later_blocks_no_earlier_one(rows, cut):
    rows = sorted(rows)
    times = defaultdict(lambda: defaultdict(set))
    for time, chain, block in rows:
        times[chain][block].add(time)
    expected = True
    for blocks in times.values():
        stated = [sorted(blocks[block]) for block in sorted(blocks)]
        expected &= all(len(one) == 1 for one in stated) and stated == sorted(stated)
    last = np.full((2, 2), -1, dtype=np.int64)
    parts = [keys_of([(*one, 0, 0, 0) for one in part]) for part in (rows[:cut], rows[cut:])]
    assert all(keeps_time(part, last) for part in parts) == expected
    if expected:
        assert [tuple(one) for one in last.tolist()] == [
            max(((b, t) for t, c, b in rows if c == chain), default=(-1, -1)) for chain in (0, 1)
        ]


@given(st.lists(st.text("0x9afgA", max_size=14), max_size=6), st.sampled_from([0, 4, 8, 11]))
def test_all_hex_agrees_with_the_regular_expression(words, digits):
    words += ["0x" + "f" * digits]
    expected = all(re.fullmatch(f"0x[0-9a-f]{{{digits}}}", word) for word in words)
    assert all_hex(texts_of(pa.array(words)), digits) == expected
