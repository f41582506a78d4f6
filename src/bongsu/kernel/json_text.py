"""Texts of JSON values: escapes are what they stand for, a list is its values with commas between."""

from typing import Any

import numpy as np

from bongsu.kernel.jit import compiled
from bongsu.kernel.json_line import ESCAPED, LIST
from bongsu.kernel.text_code import FIRST, FORM, LENGTH

Array = np.ndarray[Any, Any]

_QUOTE, _BACKSLASH, _LEFT, _RIGHT, _SPACE, _SMALL_U = 34, 92, 91, 93, 32, 117
_UNKNOWN = 0xFFFD


@compiled
def _hex_digit(byte: int) -> int:
    if byte <= 57:
        return int(byte) - 48
    return (int(byte) | 32) - 87


@compiled
def _unit(data: Array, at: int) -> int:
    """UTF-16 unit of the four digits at a place."""
    found = 0
    for place in range(at, at + 4):
        found = found * 16 + _hex_digit(data[place])
    return found


@compiled
def _put_point(out: Array, to: int, point: int) -> int:
    """Place after the UTF-8 bytes of a code point."""
    if point < 0x80:
        out[to] = point
        return to + 1
    if point < 0x800:
        out[to], out[to + 1] = 0xC0 | point >> 6, 0x80 | point & 63
        return to + 2
    if point < 0x10000:
        out[to], out[to + 1], out[to + 2] = 0xE0 | point >> 12, 0x80 | point >> 6 & 63, 0x80 | point & 63
        return to + 3
    out[to], out[to + 1] = 0xF0 | point >> 18, 0x80 | point >> 12 & 63
    out[to + 2], out[to + 3] = 0x80 | point >> 6 & 63, 0x80 | point & 63
    return to + 4


@compiled
def _point_at(data: Array, at: int) -> tuple[int, int]:
    """Code point of the escape with `u` at a place and the place after it; half a pair is U+FFFD."""
    point = _unit(data, at + 2)
    at += 6
    if not 0xD800 <= point < 0xE000:
        return point, at
    if point < 0xDC00 and data[at] == _BACKSLASH and data[at + 1] == _SMALL_U:
        low = _unit(data, at + 2)
        if 0xDC00 <= low < 0xE000:
            return 0x10000 + ((point - 0xD800) << 10) + low - 0xDC00, at + 6
    return _UNKNOWN, at


@compiled
def _put_escape(data: Array, at: int, out: Array, to: int) -> tuple[int, int]:
    """Place after the escape at a place, and after what it stands for."""
    kind = data[at + 1]
    if kind == _SMALL_U:
        point, at = _point_at(data, at)
        return at, _put_point(out, to, point)
    if kind == 110:
        kind = np.uint8(10)
    elif kind == 116:
        kind = np.uint8(9)
    elif kind == 114:
        kind = np.uint8(13)
    elif kind == 98:
        kind = np.uint8(8)
    elif kind == 102:
        kind = np.uint8(12)
    out[to] = kind
    return at + 2, to + 1


@compiled
def _put_escaped(data: Array, span: tuple[int, int], out: Array, to: int) -> int:
    at, end = span
    while at < end:
        if data[at] == _BACKSLASH:
            at, to = _put_escape(data, at, out, to)
            continue
        out[to] = data[at]
        at, to = at + 1, to + 1
    return to


@compiled
def _put_plain(data: Array, span: tuple[int, int], out: Array, to: int) -> int:
    for at in range(span[1] - span[0]):
        out[to + at] = data[span[0] + at]
    return to + span[1] - span[0]


@compiled
def _put_list(data: Array, span: tuple[int, int], out: Array, to: int) -> int:
    at, end = span[0] + 1, span[1] - 1
    quoted = False
    while at < end:
        byte = data[at]
        if byte == _BACKSLASH:
            at, to = _put_escape(data, at, out, to)
            continue
        if byte == _QUOTE:
            quoted = not quoted
        elif quoted or byte > _SPACE:
            out[to] = byte
            to += 1
        at += 1
    return to


@compiled
def spell_values(data: Array, entries: Array, room: tuple[Array, Array]) -> None:
    """Nothing; `room` has the texts one after another (uint8) and where each begins (int32, one more).

    A text is never longer than its value.

    Args:
        data: What the values stand in.
        entries: Of a `bongsu.kernel.text_code.Coder`.
        room: Where to write.
    """
    out, first = room
    to = 0
    for place in range(len(entries)):
        entry = entries[place]
        first[place] = to
        span = (entry[FIRST], entry[FIRST] + entry[LENGTH])
        if entry[FORM] == ESCAPED:
            to = _put_escaped(data, span, out, to)
        elif entry[FORM] == LIST:
            to = _put_list(data, span, out, to)
        else:
            to = _put_plain(data, span, out, to)
    first[len(entries)] = to
