"""Bytes as texts equal Python's."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.store.hex_text import hash_texts, hex_texts

HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=6)


@settings(max_examples=60)
@given(st.integers(1, 33).flatmap(lambda width: st.lists(st.binary(min_size=width, max_size=width))))
def test_rows_are_what_python_writes(rows):
    width = len(rows[0]) if rows else 20
    column = hex_texts(np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, width))
    column.validate(full=True)
    assert column.to_pylist() == ["0x" + row.hex() for row in rows]


@settings(max_examples=60)
@given(HASHES, st.integers(0, 6))
def test_hashes_are_texts_in_either_form_and_any_slice(rows, cut):
    texts = pa.array(["0x" + row.hex() for row in rows], pa.string()).slice(cut)
    packed = pa.array(rows, pa.binary(32)).slice(cut)
    assert hash_texts(packed).equals(texts)
    assert hash_texts(texts) is texts
