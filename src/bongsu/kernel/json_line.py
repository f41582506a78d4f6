"""Objects of JSON lines as codes of texts, in one pass over the bytes.

The grammar is that of RFC 8259, so a line is taken only if it is JSON; numbers stay the text that was
written. Logs repeat the order of their keys, so each key is compared with the one that followed last time.
"""

from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.jit import compiled
from bongsu.kernel.text_code import Coder, Room, clear_coder, enter_text, forget_row, make_coder, same_text
from bongsu.kernel.word import leading_zeros, load_word

Array = np.ndarray[Any, Any]

PLAIN, ESCAPED, LIST, TREE = 0, 1, 2, 3
"""Forms of values: as they stand, with escapes, a list of plain values, a list that has lists or objects."""
BAD, FULL = -1, -2
_STATE = 4
MOST_DEPTH = 32
"""Objects within objects; a line with more is refused. A list may hold 63 levels of its own."""

_QUOTE, _BACKSLASH, _COLON, _COMMA = 34, 92, 58, 44
_OPEN, _CLOSE, _LEFT, _RIGHT = 123, 125, 91, 93
_NEWLINE, _MINUS, _PLUS, _POINT, _ZERO, _NINE = 10, 45, 43, 46, 48, 57
_LOW7 = np.uint64(0x7F7F7F7F7F7F7F7F)
_QUOTES = np.uint64(0x2222222222222222)
_BACKSLASHES = np.uint64(0x5C5C5C5C5C5C5C5C)
_HIGH3 = np.uint64(0xE0E0E0E0E0E0E0E0)


KEY_FIRST, KEY_LENGTH, KEY_PARENT, KEY_NEXT = range(4)
"""Places in a key: where it was first seen, its bytes, key of the object it stands in, and the key that
came next last time, or 0. Key 0 is the line itself; the first place in it is the number of keys."""


class Desk(NamedTuple):
    """All that a pass works with."""

    keys: Array
    """int64, shape (columns, 4)."""
    coder: Coder
    row: Array
    """int64: line of each row, from 0."""
    bad: Array
    """int64, shape (most, 2): line and first byte of each line that is no object."""
    state: Array
    """int64: next byte, rows, lines, bad lines; then MOST_DEPTH keys of open objects."""


def make_desk(room: Room) -> Desk:
    """Desk that nothing was read at."""
    found = Desk(
        np.zeros((room.columns, 4), dtype=np.int64),
        make_coder(room),
        np.zeros(room.rows, dtype=np.int64),
        np.zeros((room.rows, 2), dtype=np.int64),
        np.zeros(_STATE + MOST_DEPTH, dtype=np.int64),
    )
    found.keys[0, KEY_FIRST] = 1
    return found


def clear_desk(desk: Desk) -> None:
    """Nothing; the desk has no rows and knows no key; the next pass goes on where the last one stopped."""
    clear_coder(desk.coder)
    desk.keys.fill(0)
    desk.keys[0, KEY_FIRST] = 1
    desk.state[1], desk.state[3] = 0, 0


@compiled
def zero_bytes(word: Any) -> Any:  # noqa: ANN401
    """The high bit of each byte that is zero."""
    return ~(((word & _LOW7) + _LOW7) | word | _LOW7)


@compiled
def _plain_end(data: Array, at: int) -> int:
    """First quote, backslash or control character from a place on."""
    while True:
        word = load_word(data, at)
        found = zero_bytes(word ^ _QUOTES) | zero_bytes(word ^ _BACKSLASHES) | zero_bytes(word & _HIGH3)
        if found:
            return at + int(np.int64(leading_zeros(found))) // 8
        at += 8


@compiled
def is_hex(byte: int) -> bool:
    """Whether it is a hexadecimal digit."""
    return 48 <= byte <= 57 or 65 <= byte <= 70 or 97 <= byte <= 102


@compiled
def _escape_end(data: Array, at: int) -> int:
    """Place after the escape whose backslash is at a place, or BAD."""
    kind = data[at + 1]
    if kind in (34, 92, 47, 98, 102, 110, 114, 116):
        return at + 2
    if kind != 117:
        return BAD
    for place in range(at + 2, at + 6):
        if not is_hex(data[place]):
            return BAD
    return at + 6


@compiled
def _string_end(data: Array, at: int) -> tuple[int, int]:
    """Place of the closing quote and the form of the text from a place on; BAD if it has none."""
    form = PLAIN
    while True:
        at = _plain_end(data, at)
        if data[at] == _QUOTE:
            return at, form
        if data[at] != _BACKSLASH:
            return BAD, form
        form = ESCAPED
        at = _escape_end(data, at)
        if at < 0:
            return BAD, form


@compiled
def _digits_end(data: Array, at: int) -> int:
    """Place after one or more digits, or BAD."""
    start = at
    while _ZERO <= data[at] <= _NINE:
        at += 1
    return at if at > start else BAD


@compiled
def _number_end(data: Array, at: int) -> int:
    """Place after the number, or BAD."""
    if data[at] == _MINUS:
        at += 1
    at = at + 1 if data[at] == _ZERO else _digits_end(data, at)
    if at > 0 and data[at] == _POINT:
        at = _digits_end(data, at + 1)
    if at > 0 and data[at] in (69, 101):
        at += 1
        if data[at] in (_PLUS, _MINUS):
            at += 1
        at = _digits_end(data, at)
    return at


@compiled
def _word_end(data: Array, at: int) -> int:
    """Place after `true`, `false` or `null`, or BAD."""
    word = load_word(data, at)
    four = word >> np.uint64(32)
    if four in (np.uint64(0x74727565), np.uint64(0x6E756C6C)):
        return at + 4
    if word >> np.uint64(24) == np.uint64(0x66616C7365):
        return at + 5
    return BAD


@compiled
def skip_blanks(data: Array, at: int) -> int:
    """First place from this one on that is no space, tab or carriage return."""
    while data[at] <= 32 and data[at] in (32, 9, 13):
        at += 1
    return at


@compiled
def _scalar_end(data: Array, at: int) -> int:
    """Place after a text, number or word, or BAD."""
    byte = data[at]
    if byte == _QUOTE:
        end = _string_end(data, at + 1)[0]
        return end + 1 if end > 0 else BAD
    if byte == _MINUS or _ZERO <= byte <= _NINE:
        return _number_end(data, at)
    return _word_end(data, at)


@compiled
def _value_start(data: Array, quote: int) -> int:
    """Place of the value whose key ends with the quote at a place, or BAD."""
    if quote < 0:
        return BAD
    at = skip_blanks(data, quote + 1)
    return skip_blanks(data, at + 1) if data[at] == _COLON else BAD


@compiled
def _key_end(data: Array, at: int) -> int:
    """Place of the value whose key begins at a place, or BAD."""
    return _value_start(data, _string_end(data, at + 1)[0]) if data[at] == _QUOTE else BAD


@compiled
def _list_end(data: Array, at: int) -> tuple[int, int]:
    """Place after the list that begins at a place, or BAD, and its form."""
    kinds, depth, form, empty = np.uint64(0), 1, LIST, True
    at = skip_blanks(data, at + 1)
    while True:
        close = _CLOSE if kinds & np.uint64(1) else _RIGHT
        if not (empty and data[at] == close):
            if close == _CLOSE:
                at = _key_end(data, at)
            if at > 0 and data[at] in (_OPEN, _LEFT) and depth < 64:
                kinds = kinds << np.uint64(1) | np.uint64(data[at] == _OPEN)
                depth, form, empty = depth + 1, TREE, True
                at = skip_blanks(data, at + 1)
                continue
            at = _scalar_end(data, at) if at > 0 else BAD
            if at < 0:
                return BAD, form
        at = skip_blanks(data, at)
        while data[at] == (_CLOSE if kinds & np.uint64(1) else _RIGHT):
            depth, kinds = depth - 1, kinds >> np.uint64(1)
            if depth == 0:
                return at + 1, form
            at = skip_blanks(data, at + 1)
        if data[at] != _COMMA:
            return BAD, form
        at, empty = skip_blanks(data, at + 1), False


@compiled
def _is_key(data: Array, key: Array, parent: int, span: tuple[int, int]) -> bool:
    same = key[KEY_PARENT] == parent and key[KEY_LENGTH] == span[1]
    return bool(same and same_text(data, key[KEY_FIRST], span[0], span[1]))


@compiled
def _find_key(data: Array, keys: Array, place: tuple[int, int], span: tuple[int, int]) -> int:
    """Number of a key in an object (its key, the key before), a new one if it has none; FULL: no room."""
    parent, before = place
    total = keys[0, KEY_FIRST]
    for key in range(1, total):
        if _is_key(data, keys[key], parent, span):
            keys[before, KEY_NEXT] = key
            return key
    if total == len(keys):
        return FULL
    keys[0, KEY_FIRST] += 1
    keys[total, KEY_FIRST], keys[total, KEY_LENGTH], keys[total, KEY_PARENT] = span[0], span[1], parent
    keys[before, KEY_NEXT] = total
    return int(total)


@compiled
def _read_key(data: Array, at: int, keys: Array, place: tuple[int, int]) -> tuple[int, int]:
    """Number of the key that begins at a place, and where its value does; BAD or FULL second."""
    if data[at] != _QUOTE:
        return 0, BAD
    likely = keys[place[1], KEY_NEXT]
    length, same = keys[likely, KEY_LENGTH], likely > 0 and keys[likely, KEY_PARENT] == place[0]
    if same and same_text(data, keys[likely, KEY_FIRST], at + 1, length + 1):
        return likely, _value_start(data, at + 1 + length)
    end = _string_end(data, at + 1)[0]
    value = _value_start(data, end)
    if value < 0:
        return 0, BAD
    key = _find_key(data, keys, place, (at + 1, end - at - 1))
    return key, (FULL if key < 0 else value)


@compiled
def _enter_value(data: Array, at: int, coder: Coder, cell: tuple[int, int]) -> int:
    """Place after a value that is no object, which is entered, or BAD or FULL."""
    byte = data[at]
    if byte == _QUOTE:
        end, form = _string_end(data, at + 1)
        span = (at + 1, end - at - 1, form)
        end += end > 0
    elif byte == _LEFT:
        end, form = _list_end(data, at)
        span = (at, end - at, form)
    else:
        end = _scalar_end(data, at)
        span = (at, end - at, PLAIN)
        if byte == 110:  # null
            return end
    if end <= 0:
        return BAD
    return end if enter_text(data, coder, cell, span) else FULL


@compiled
def _close_objects(data: Array, at: int, depth: int) -> tuple[int, int]:
    """Place after the objects that end here, and the depth there."""
    at = skip_blanks(data, at)
    while data[at] == _CLOSE and depth >= _STATE:
        depth -= 1
        at = skip_blanks(data, at + 1)
    return at, depth


@compiled
def _read_object(data: Array, at: int, row: int, desk: Desk) -> int:
    """Place after the object whose first key may begin at a place, or BAD or FULL."""
    depth, before, empty = _STATE, 0, True
    desk.state[depth] = 0
    while True:
        at = skip_blanks(data, at)
        if not (empty and data[at] == _CLOSE):
            before, value = _read_key(data, at, desk.keys, (desk.state[depth], before))
            if value < 0:
                return value
            if data[value] == _OPEN and depth + 1 < len(desk.state):
                depth += 1
                desk.state[depth], at, empty = before, value + 1, True
                continue
            at = _enter_value(data, value, desk.coder, (before, row))
            if at < 0:
                return at
        at, depth = _close_objects(data, at, depth)
        if depth < _STATE:
            return at
        if data[at] != _COMMA:
            return BAD
        at, empty = at + 1, False


@compiled
def line_end(data: Array, at: int) -> int:
    """Place of the newline that ends the line that a place is in."""
    while data[at] != _NEWLINE:
        at += 1
    return at


@compiled
def _read_line(data: Array, at: int, row: int, desk: Desk) -> int:
    """Place of the line's end after an object, or BAD or FULL."""
    if data[at] != _OPEN:
        return BAD
    end = _read_object(data, at + 1, row, desk)
    if end < 0:
        return end
    end = skip_blanks(data, end)
    return end if data[end] == _NEWLINE else BAD


@compiled
def read_json_lines(data: Array, stop: int, desk: Desk) -> bool:
    """Whether the pass came to the end; otherwise there was no room for the line at which it stands.

    Args:
        data: uint8; each line up to `stop` ends with a newline, and PADDING more bytes follow.
        stop: Place after the last line.
        desk: What is found is entered here; the pass goes on where its state says.

    Cost: some 0.8 ns a byte.
    """
    at, row, line, bad = desk.state[0], desk.state[1], desk.state[2], desk.state[3]
    room = True
    while at < stop:
        start = skip_blanks(data, at)
        if data[start] == _NEWLINE:
            at, line = start + 1, line + 1
            continue
        room = row < len(desk.row) and bad < len(desk.bad)
        end = _read_line(data, start, row, desk) if room else FULL
        if end == FULL:
            room = False
            break
        if end < 0:
            forget_row(desk.coder, desk.keys[0, KEY_FIRST], row)
            desk.bad[bad, 0], desk.bad[bad, 1] = line, at
            bad, end = bad + 1, line_end(data, at)
        else:
            desk.row[row] = line
            row += 1
        at, line = end + 1, line + 1
    desk.state[0], desk.state[1], desk.state[2], desk.state[3] = at, row, line, bad
    return room
