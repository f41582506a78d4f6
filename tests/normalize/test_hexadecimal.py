import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bongsu.normalize.hexadecimal import lower_hex

WORDS = st.one_of(
    st.from_regex(r"\A0x[0-9a-f]{6}\Z"),
    st.from_regex(r"\A0x[0-9A-Fa-f]{6}\Z"),
    st.text("0123456789abcdefxX/:`g\n", min_size=7, max_size=9),
)


@given(st.lists(WORDS, max_size=6), st.integers(0, 3))
def test_agrees_with_the_regular_expression_row_by_row(words, skip):
    column = pa.array(words, pa.string()).slice(min(skip, len(words)))
    lowered, right = lower_hex(column, 6)
    rest = words[min(skip, len(words)) :]
    assert lowered.to_pylist() == [word.lower() for word in rest]
    assert right.tolist() == [bool(re.fullmatch(r"0x[0-9a-f]{6}", word.lower())) for word in rest]


def test_right_letters_in_wrong_places_are_seen():
    for word in ("x0abcdef", "0xabcdex", "00abcdef", "0xabcde\n", "0xabcdeg"):
        _lowered, right = lower_hex(pa.array([word, "0xabcdef"]), 6)
        assert right.tolist() == [False, True]


def test_a_null_is_not_hexadecimal():
    lowered, right = lower_hex(pa.array(["0xABCDEF", None]), 6)
    assert lowered.to_pylist() == ["0xabcdef", None]
    assert right.tolist() == [True, False]
