"""A line is taken if and only if it is a JSON object, and its values are those that Python reads."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.json_line import (
    KEY_FIRST,
    KEY_LENGTH,
    MOST_DEPTH,
    clear_desk,
    is_hex,
    line_end,
    make_desk,
    read_json_lines,
    skip_blanks,
    zero_bytes,
)
from bongsu.kernel.text_code import PADDING, Room
from bongsu.read.coded_text import coded_columns

DESK = make_desk(Room(64, 256, 4096))
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
GOOD = (
    b'{"a":1,"b":"x"}', b"{}", b' { "a" : [ 1 , "y" ] } ', b'{"a":{"b":{"c":true}},"d":null}',
    b'{"a":-0.5e+10,"b":[[{"c":[]}],{}]}', b'{"a":"\\u00e9\\ud83d\\ude00\\n"}', b'{"a":1}\r',
)  # fmt: skip
BYTES = st.sampled_from(list(b'{}[]":,\\u019aeE.+-tfn \t\x00\x1f/'))


def take(lines):
    """Rows by line number, and numbers of refused lines."""
    text = b"".join(line + b"\n" for line in lines)
    data = np.frombuffer(text + bytes(PADDING), dtype=np.uint8)
    DESK.state[:] = 0
    clear_desk(DESK)
    assert read_json_lines(data, len(text), DESK)
    rows = int(DESK.state[1])
    columns = {
        name_of(data, key): column.to_pylist()
        for key, column in coded_columns(data, DESK.coder, rows).items()
    }
    found = [{name: values[row] for name, values in columns.items()} for row in range(rows)]
    return dict(zip(DESK.row[:rows].tolist(), found, strict=True)), DESK.bad[: DESK.state[3], 0].tolist()


def name_of(data, key):
    first, length = DESK.keys[key, KEY_FIRST], DESK.keys[key, KEY_LENGTH]
    return key, data[first : first + length].tobytes().decode()


def no_constant(text):
    raise ValueError(text)


def is_object(line):
    try:
        return isinstance(json.loads(line, parse_constant=no_constant), dict)
    except ValueError:
        return False


@given(
    st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=4), min_size=1, max_size=5), st.booleans()
)
def test_every_object_is_taken_in_both_spellings(objects, escaped):
    rows, refused = take(
        [json.dumps(one, ensure_ascii=escaped).encode("utf-8", "replace") for one in objects]
    )
    assert (len(rows), refused) == (len(objects), [])


@given(st.sampled_from(GOOD), st.integers(0, 60), st.lists(BYTES, max_size=3), st.integers(0, 3))
def test_a_broken_line_is_refused_when_python_refuses_it(line, place, put, cut):
    line = line[:place] + bytes(put) + line[place + cut :]
    rows, refused = take([b'{"z":0}', line, b'{"z":1}'])
    if line.strip(b" \t\r"):
        assert (1 in rows, 1 in refused) == (is_object(line), not is_object(line)), line
    assert [row for number, row in rows.items() if number != 1 for row in [next(iter(row.items()))]] == [
        ((1, "z"), "0"),
        ((1, "z"), "1"),
    ]


@pytest.mark.parametrize("line", GOOD)
def test_good_lines_are_taken(line):
    assert take([line])[1] == []


def test_numbers_stay_the_text_that_was_written():
    rows, _ = take([b'{"a":1.50,"b":12345678901234567890123,"c":-0e5}'])
    assert list(rows[0].values()) == ["1.50", "12345678901234567890123", "-0e5"]


def test_a_refused_line_leaves_nothing_in_the_next_row():
    rows, refused = take([b'{"a":"x","b":oops}', b'{"b":2}'])
    assert (refused, [value for value in rows[1].values() if value is not None]) == ([0], ["2"])


def test_one_name_in_two_objects_is_two_keys_and_the_last_of_two_wins():
    rows, _ = take([b'{"a":{"x":1},"b":{"x":2},"x":3,"x":4}'])
    assert sorted((name, value) for (_, name), value in rows[0].items()) == [
        ("x", "1"),
        ("x", "2"),
        ("x", "4"),
    ]


def test_objects_too_deep_are_refused():
    deep = [b'{"a":' * count + b"1" + b"}" * count for count in (MOST_DEPTH, MOST_DEPTH + 1)]
    assert take(deep)[1] == [1]


def test_a_desk_without_room_stops_before_the_line():
    small = make_desk(Room(3, 2, 16))
    text = b'{"a":1}\n{"a":2}\n{"a":3}\n'
    data = np.frombuffer(text + bytes(PADDING), dtype=np.uint8)
    assert not read_json_lines(data, len(text), small)
    assert small.state[:3].tolist() == [16, 2, 2]
    clear_desk(small)
    assert read_json_lines(data, len(text), small)
    assert small.state[:3].tolist() == [24, 1, 3]


def test_small_steps():
    data = np.frombuffer(b" \t\rx\n" + bytes(PADDING), dtype=np.uint8)
    assert (skip_blanks(data, 0), line_end(data, 0)) == (3, 4)
    assert [is_hex(byte) for byte in b"09afAFgG/:`@"] == [True] * 6 + [False] * 6
    assert zero_bytes(np.uint64(0x0100FF8000010203)) == 0x0080000080000000
