"""Hexadecimal text equals Python's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.hex_text import hex_text


@given(rows=st.lists(st.binary(min_size=7, max_size=7), max_size=20))
def test_text_is_what_python_writes(rows):
    raw = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, 7)
    assert [line.tobytes().decode() for line in hex_text(raw)] == ["0x" + row.hex() for row in rows]


def test_every_byte_and_a_part_of_wider_rows():
    raw = np.arange(256, dtype=np.uint8).reshape(8, 32)[:, :20]
    assert hex_text(raw).tobytes().decode() == "".join("0x" + row.tobytes().hex() for row in raw)
