"""Arrays go to Arrow and back as they were."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.store.wrap import unwrapped, wrapped, wrapped_texts

KINDS = ["u1", "<u4", "<u8", "<i4", "<i8", "?"]
VALUES = st.lists(st.integers(0, 255), max_size=40)


@settings(max_examples=100)
@given(VALUES, st.sampled_from(KINDS), st.data())
def test_slices_and_chunks_come_back(values, kind, data):
    given = (np.array(values, dtype=np.uint8) % 2 if kind == "?" else np.array(values)).astype(kind)
    column = wrapped(given)
    column.validate(full=True)
    assert column.to_pylist() == given.tolist()
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(values))] * 2)))
    parts = [column.slice(first, last - first), column.slice(0, first), column.slice(last)]
    back = [unwrapped(parts[0]), unwrapped(pa.chunked_array(parts))]
    assert [one.dtype for one in back] == [given.dtype] * 2
    assert back[0].tolist() == given[first:last].tolist()
    assert back[1].tolist() == [*given[first:last], *given[:first], *given[last:]]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 255), st.booleans()), max_size=20), st.sampled_from(KINDS))
def test_nulls_are_where_they_are_said_to_be(rows, kind):
    values = np.array([value for value, _valid in rows], dtype=np.uint8).astype(kind)
    column = wrapped(values, valid=np.array([valid for _value, valid in rows], dtype=bool))
    column.validate(full=True)
    pairs = zip(values.tolist(), rows, strict=True)
    assert column.to_pylist() == [value if valid else None for value, (_given, valid) in pairs]
    assert column.null_count == sum(not valid for _value, valid in rows)


def test_parts_of_arrays_are_wrapped_without_what_is_between():
    given = np.arange(12, dtype=np.int64)
    assert wrapped(given[1::3]).to_pylist() == [1, 4, 7, 10]
    assert wrapped(given.reshape(4, 3)[:, 2]).to_pylist() == [2, 5, 8, 11]


def test_numbers_are_not_copied():
    given = np.arange(9, dtype=np.uint32)
    assert wrapped(given).buffers()[1].address == given.ctypes.data


@pytest.mark.parametrize("texts", [[], [""], ["a", "", "ünlü", "봉수"]])
def test_texts_are_wrapped(texts):
    column = wrapped_texts(texts)
    column.validate(full=True)
    assert column.equals(pa.array(texts, pa.string()))
