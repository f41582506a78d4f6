"""Columns of a kernel's values are dictionaries without a value twice."""

import numpy as np
import pyarrow as pa

from bongsu.kernel.json_line import ESCAPED, PLAIN
from bongsu.kernel.text_code import PADDING, Room, enter_text, make_coder
from bongsu.model.log import LOG_COLUMN
from bongsu.read.coded_text import coded_columns, dictionary, made_once, words_and_codes


def test_two_spellings_of_a_value_are_one():
    text = b"a/ba\\/bc"
    data = np.frombuffer(text + bytes(PADDING), dtype=np.uint8)
    coder = make_coder(Room(3, 4, 8))
    spans = [(0, 3, PLAIN), (3, 4, ESCAPED), (7, 1, PLAIN)]
    assert all(enter_text(data, coder, (1, row), span) for row, span in enumerate(spans))
    assert enter_text(data, coder, (2, 1), (7, 1, PLAIN))
    found = coded_columns(data, coder, 4)
    assert list(found) == [1, 2]
    assert found[1].to_pylist() == ["a/b", "a/b", "c", None]
    assert found[1].dictionary.to_pylist() == ["a/b", "c"]
    assert found[2].to_pylist() == [None, "c", None, None]
    assert {column.type for column in found.values()} == {LOG_COLUMN}


def test_a_word_that_is_null_is_no_value():
    codes = np.array([0, 1, 2, -1], dtype=np.int32)
    made = made_once(codes, pa.array(["x", None, "x"]))
    assert (made.to_pylist(), made.dictionary.to_pylist()) == (["x", None, "x", None], ["x"])


def test_codes_and_words_are_what_a_column_is_made_of():
    codes, words = words_and_codes(dictionary(np.array([1, -1, 0], dtype=np.int32), pa.array(["a", "b"])))
    assert (codes.tolist(), words.to_pylist()) == ([1, -1, 0], ["a", "b"])
