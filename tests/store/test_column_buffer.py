"""Buffers of columns are what the columns say, in any slice."""

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.model.schema import AMOUNT
from bongsu.store.column_buffer import limbs_of, one_chunk, texts_of

CUT = st.tuples(st.integers(0, 5), st.integers(0, 5))


@settings(max_examples=60)
@given(st.lists(st.text(max_size=4), max_size=5), CUT)
def test_texts(texts, cut):
    column = pa.array(texts, pa.string()).slice(*cut)
    first, data = texts_of(column)
    assert [data[a:b].tobytes().decode() for a, b in pairwise(first)] == [*column.to_pylist()]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10**38 - 1), max_size=5), CUT)
def test_amounts(amounts, cut):
    column = pa.array(amounts, AMOUNT).slice(*cut)
    found = [int(low) + (int(high) << 64) for low, high in limbs_of(column)]
    assert found == [int(one) for one in column.to_pylist()]


@pytest.mark.parametrize("chunks", [0, 1, 3])
def test_a_column_is_in_one_piece(chunks):
    column = pa.chunked_array([pa.array([n, n + 1]) for n in range(chunks)], pa.int64())
    one = one_chunk(column)
    assert isinstance(one, pa.Int64Array)
    assert one.to_pylist() == column.to_pylist()
    assert one_chunk(one) is one
