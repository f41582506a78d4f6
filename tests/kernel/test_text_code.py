"""Each column holds each of its values once, whatever the texts are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.text_code import (
    CODE,
    COLUMN,
    FILLED,
    FIRST,
    LENGTH,
    PADDING,
    Room,
    clear_coder,
    enter_text,
    forget_row,
    make_coder,
    same_text,
)


def buffer_of(texts):
    starts = np.cumsum([0, *map(len, texts)]).tolist()
    return np.frombuffer(b"".join(texts) + bytes(PADDING), dtype=np.uint8), starts


def enter(coder, rows):
    data, starts = buffer_of([text for row in rows for text in row])
    place = 0
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            assert enter_text(data, coder, (column, number), (starts[place], len(text), 0))
            place += 1
    return data


@given(st.lists(st.tuples(st.binary(max_size=20), st.sampled_from([b"a", b"aaaaaaaab", b"aaaaaaaac", b""]))))
def test_a_code_stands_for_the_text_and_no_two_codes_for_one(rows):
    coder = make_coder(Room(2, 200, 400))
    data = enter(coder, rows)
    words = [{}, {}]
    for entry in coder.entry[: coder.total].tolist():
        text = data[entry[FIRST] : entry[FIRST] + entry[LENGTH]].tobytes()
        assert entry[CODE] not in words[entry[COLUMN]]
        words[entry[COLUMN]][entry[CODE]] = text
    for column in (0, 1):
        assert len(set(words[column].values())) == len(words[column])
        codes = coder.cell[column, : len(rows)].tolist()
        assert [words[column][code] for code in codes] == [row[column] for row in rows]


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_texts_are_compared_to_their_last_byte(one, other):
    data, starts = buffer_of([one, b"x", other, b"y"])
    length = min(len(one), len(other))
    assert same_text(data, starts[0], starts[2], length) == (one[:length] == other[:length])


def test_a_row_without_a_value_has_none_and_a_row_forgotten_says_nothing():
    coder = make_coder(Room(1, 10, 10))
    data, _ = buffer_of([b"ab"])
    enter_text(data, coder, (0, 2), (0, 2, 0))
    assert coder.cell[0, :3].tolist() == [-1, -1, 0]
    enter_text(data, coder, (0, 3), (0, 1, 0))
    forget_row(coder, 1, 3)
    assert coder.column[0, FILLED] == 3
    enter_text(data, coder, (0, 4), (0, 1, 0))
    assert coder.cell[0, :5].tolist() == [-1, -1, 0, -1, 1]


def test_a_full_coder_says_so_and_is_empty_when_cleared():
    coder = make_coder(Room(1, 10, 2))
    data, _ = buffer_of([b"abc"])
    assert [enter_text(data, coder, (0, row), (row, 1, 0)) for row in range(3)] == [True, True, False]
    assert enter_text(data, coder, (0, 2), (0, 1, 0))
    clear_coder(coder)
    assert coder.total == 0
    assert enter_text(data, coder, (0, 0), (2, 1, 0))
