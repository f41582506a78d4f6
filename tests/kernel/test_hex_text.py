"""Hexadecimal text equals Python's, and so do the bytes that a text says."""

import re

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.hex_text import hex_text, read_accounts
from bongsu.store.column_buffer import texts_of


@given(rows=st.lists(st.binary(min_size=7, max_size=7), max_size=20))
def test_text_is_what_python_writes(rows):
    raw = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, 7)
    assert [line.tobytes().decode() for line in hex_text(raw)] == ["0x" + row.hex() for row in rows]


def test_every_byte_and_a_part_of_wider_rows():
    raw = np.arange(256, dtype=np.uint8).reshape(8, 32)[:, :20]
    assert hex_text(raw).tobytes().decode() == "".join("0x" + row.tobytes().hex() for row in raw)


NEAR = ["", "0x", "0x" + "0" * 39, "0x" + "0" * 41, "0X" + "0" * 40, "0x" + "A" * 40, "0x" + "g" + "0" * 39]


@given(
    st.lists(
        st.one_of(st.sampled_from(NEAR), st.binary(min_size=20, max_size=20).map(lambda b: "0x" + b.hex()))
    )
)
def test_accounts_are_the_bytes_that_python_reads(texts):
    keys, read = read_accounts(texts_of(pa.array(["before", *texts], pa.string()).slice(1)))
    assert read.tolist() == [re.fullmatch("0x[0-9a-f]{40}", one) is not None for one in texts]
    for key, text, one in zip(keys, texts, read.tolist(), strict=True):
        assert not one or key.tobytes() == bytes.fromhex(text[2:])
