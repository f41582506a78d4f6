"""Which of many texts are, or stand below, one of many known values, in one pass over the texts' bytes.

A table holds values by a 64-bit hash of their bytes, in lower case. Names of hosts are hashed from the right
and looked up where a label begins, so that `a.evil.com` meets `evil.com` and `notevil.com` does not; URLs and
paths are hashed from the left and looked up where a part ends. What the hash finds is compared byte for byte.
"""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled

BELOW = np.uint8(1)
"""Flag of a value that also what is below it matches."""
FILTER_BITS = 8
"""Bits of the filter for each place of the table."""
_ONE, _TAG, _NUMBER = np.uint64(1), np.uint64(32), np.uint64(0xFFFFFFFF)
_START, _ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
_MIX_1, _MIX_2 = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_DOT, _SLASH, _COLON, _PERCENT = np.uint8(46), np.uint8(47), np.uint8(58), np.uint8(37)
_QUERY, _HASH, _AND, _EQUAL, _AT = np.uint8(63), np.uint8(35), np.uint8(38), np.uint8(61), np.uint8(64)


class Texts(NamedTuple):
    """Texts over shared bytes: text i is data[start[i]:stop[i]]."""

    start: Array
    """int64, shape (n,)."""
    stop: Array
    """int64, shape (n,)."""
    data: Array
    """uint8."""


class Table(NamedTuple):
    """Known values; value k is data[first[k]:first[k + 1]]."""

    slot: Array
    """Upper half of the hash, below it the value's number + 1; 0: free. uint64, a power of two of them."""
    sieve: Array
    """A bit for each hash, FILTER_BITS for each place of `slot`: uint64. Most unknown texts end here."""
    first: Array
    """int64, shape (values + 1,)."""
    data: Array
    """uint8."""
    flag: Array
    """uint8, shape (values,): BELOW or 0."""


class Ranges(NamedTuple):
    """Ranges of 128-bit numbers by their first, each a pair of upper and lower half: uint64."""

    first_high: Array
    first_low: Array
    last_high: Array
    last_low: Array
    back: Array
    """How many ranges before it may still reach a number at or after its first: int64."""


class Hits(NamedTuple):
    """What met what, as far as there is room."""

    text: Array
    """int64: text."""
    value: Array
    """int64: value of the table, or range."""
    filled: Array
    """int64, shape (1,): how many are filled in."""


@compiled
def lowered(byte: np.uint8) -> np.uint8:
    """The byte, in lower case where it is a letter of ASCII."""
    if np.uint8(65) <= byte <= np.uint8(90):
        return np.uint8(byte + np.uint8(32))
    return byte


@compiled
def _mixed(hashed: np.uint64) -> np.uint64:
    hashed = (hashed ^ (hashed >> np.uint64(33))) * _MIX_1
    hashed = (hashed ^ (hashed >> np.uint64(29))) * _MIX_2
    return hashed ^ (hashed >> np.uint64(32))


@compiled
def _stepped(hashed: np.uint64, byte: np.uint8) -> np.uint64:
    return (hashed ^ np.uint64(byte)) * _ODD


@compiled
def _same(table: Table, number: int, data: Array, start: int) -> bool:
    """Whether the value stands there; both in lower case."""
    first = table.first[number]
    for place in range(table.first[number + 1] - first):
        if lowered(data[start + place]) != lowered(table.data[first + place]):
            return False
    return True


@compiled
def _find(table: Table, hashed: np.uint64, data: Array, span: tuple[int, int]) -> int:
    """Number of the value that stands in the span of the data; -1 for none."""
    bits = np.uint64(len(table.sieve) * 64 - 1)
    bit = hashed & bits
    if not table.sieve[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63)) & _ONE:
        return -1
    mask, size = np.int64(len(table.slot) - 1), span[1] - span[0]
    place = np.int64(hashed >> np.uint64(20)) & mask
    while table.slot[place]:
        slot = table.slot[place]
        number = int(np.int64(slot & _NUMBER)) - 1
        alike = slot >> _TAG == hashed >> _TAG and table.first[number + 1] - table.first[number] == size
        if alike and _same(table, number, data, span[0]):
            return int(number)
        place = (place + 1) & mask
    return -1


@compiled
def insert(table: Table, backward: bool) -> None:
    """Nothing; slots and sieve, all zero before, hold all values. Equal values: the first is found.

    Args:
        table: Values and room.
        backward: Whether values are hashed from the right, as `match_hosts` does.

    Cost: some 100 ns a value where the slots are far larger than the caches.
    """
    mask = np.int64(len(table.slot) - 1)
    bits = np.uint64(len(table.sieve) * 64 - 1)
    for number in range(len(table.first) - 1):
        hashed = _START
        first, last = table.first[number], table.first[number + 1]
        for step in range(last - first):
            place = last - 1 - step if backward else first + step
            hashed = _stepped(hashed, lowered(table.data[place]))
        hashed = _mixed(hashed)
        bit = hashed & bits
        table.sieve[np.int64(bit >> np.uint64(6))] |= _ONE << (bit & np.uint64(63))
        place = np.int64(hashed >> np.uint64(20)) & mask
        while table.slot[place]:
            place = (place + 1) & mask
        table.slot[place] = hashed >> _TAG << _TAG | np.uint64(number + 1)


@compiled
def _put(hits: Hits, text: int, value: int) -> None:
    count = hits.filled[0]
    hits.text[count], hits.value[count] = text, value
    hits.filled[0] = count + 1


@compiled
def _host_span(texts: Texts, i: int) -> tuple[int, int]:
    """Where the host stands: without final dot and port."""
    start, stop = texts.start[i], texts.stop[i]
    place = stop
    while place > start and np.uint8(48) <= texts.data[place - 1] <= np.uint8(57):
        place -= 1
    if start < place < stop and texts.data[place - 1] == _COLON:
        stop = place - 1
    if stop > start and texts.data[stop - 1] == _DOT:
        stop -= 1
    return start, stop


@compiled
def match_hosts(table: Table, texts: Texts, hits: Hits, done: int) -> int:
    """How many texts are done; fewer than all where the hits lack room for what one text may meet.

    A value is met by itself, and with the flag BELOW by what ends in a dot and it. Case, a final dot and a
    port do not matter.

    Args:
        table: Values, inserted backward.
        texts: Names of hosts.
        hits: Room for at least 256 more; changed.
        done: How many texts are done already.

    Cost: about 5 cycles a byte and a look-up for each label.
    """
    while done < len(texts.start):
        if hits.filled[0] + 256 > len(hits.text):
            return done
        start, stop = _host_span(texts, done)
        hashed = _START
        for step in range(min(stop - start, 255)):
            place = stop - 1 - step
            hashed = _stepped(hashed, lowered(texts.data[place]))
            if place != start and texts.data[place - 1] != _DOT:
                continue
            number = _find(table, _mixed(hashed), texts.data, (place, stop))
            if number >= 0 and (place == start or table.flag[number] & BELOW):
                _put(hits, done, number)
        done += 1
    return done


@compiled
def match_whole(table: Table, texts: Texts, hits: Hits, done: int) -> int:
    """As `match_hosts`, for texts that are one of the values, inserted forward; only case does not matter."""
    while done < len(texts.start):
        if hits.filled[0] + 256 > len(hits.text):
            return done
        start, stop = texts.start[done], texts.stop[done]
        hashed = _START
        for place in range(start, stop):
            hashed = _stepped(hashed, lowered(texts.data[place]))
        number = _find(table, _mixed(hashed), texts.data, (start, stop))
        if number >= 0:
            _put(hits, done, number)
        done += 1
    return done


@compiled
def _ends(data: Array, place: int, stop: int) -> bool:
    """Whether a part of a URL ends before this place."""
    if place == stop or data[place - 1] == _EQUAL:
        return True
    byte = data[place]
    return byte in (_SLASH, _QUERY, _HASH, _AND)


@compiled
def _is_all(data: Array, place: int, stop: int) -> bool:
    """Whether nothing of weight follows: the end, a last slash, or a fragment."""
    if place < stop and data[place] == _SLASH:
        place += 1
    return place == stop or data[place] == _HASH


@compiled
def match_prefixes(table: Table, texts: Texts, hits: Hits, done: int) -> int:
    """As `match_hosts`, for URLs from their host on or paths: values inserted forward meet whole parts.

    A value is met by itself, and with the flag BELOW by what goes on with `/`, `?`, `#`, `&` or after `=`.
    """
    while done < len(texts.start):
        if hits.filled[0] + 256 > len(hits.text):
            return done
        start = texts.start[done]
        stop = min(texts.stop[done], start + 4096)
        hashed, found = _START, 0
        for place in range(start + 1, stop + 1):
            hashed = _stepped(hashed, lowered(texts.data[place - 1]))
            if not _ends(texts.data, place, stop):
                continue
            number = _find(table, _mixed(hashed), texts.data, (start, place))
            if number < 0 or found == 255:
                continue
            if table.flag[number] & BELOW or _is_all(texts.data, place, stop):
                _put(hits, done, number)
                found += 1
        done += 1
    return done


@compiled
def url_spans(texts: Texts, hosts: Texts, paths: Array) -> None:
    """Nothing; `hosts` gets where the host of each URL begins and ends, with its port; `paths` where it ends.

    Args:
        texts: URLs, with or without scheme and user. A text that begins with a slash has an empty host.
        hosts: Room: start and stop.
        paths: Room: int64, start of the path.
    """
    for i in range(len(texts.start)):
        start, stop = texts.start[i], texts.stop[i]
        for place in range(start, min(stop - 2, start + 12)):
            if texts.data[place] == _COLON and texts.data[place + 1] == _SLASH == texts.data[place + 2]:
                start = place + 3
                break
        end = start
        while end < stop and texts.data[end] not in (_SLASH, _QUERY, _HASH):
            if texts.data[end] == _AT:
                start = end + 1
            end += 1
        hosts.start[i], hosts.stop[i], paths[i] = start, end, end


@compiled
def _ipv4_of(data: Array, start: int, stop: int) -> int:
    """The dotted IPv4 address that stands there; -1 where none does."""
    value, part, dots, digits = np.int64(0), np.int64(0), 0, 0
    for place in range(start, stop):
        byte = data[place]
        if byte == _DOT and digits:
            value, part, dots, digits = value * 256 + part, np.int64(0), dots + 1, 0
        elif np.uint8(48) <= byte <= np.uint8(57) and not (digits and part == 0):
            part, digits = part * 10 + np.int64(byte) - 48, digits + 1
        else:
            return -1
        if part > 255:
            return -1
    return int(value * 256 + part) if dots == 3 and digits else -1


@compiled
def parse_ipv4(texts: Texts, number: Array) -> None:
    """Nothing; `number` (int64) gets the address of each text, or -1 where it is no dotted IPv4 address.

    A port after a colon is left aside. A part with a leading zero is none: programs read it differently.
    """
    for i in range(len(texts.start)):
        start, stop = _host_span(texts, i)
        number[i] = _ipv4_of(texts.data, start, stop)


@compiled
def _at_most(a_high: np.uint64, a_low: np.uint64, b_high: np.uint64, b_low: np.uint64) -> bool:
    return bool(a_high < b_high or (a_high == b_high and a_low <= b_low))


@compiled
def _last_from(ranges: Ranges, high: np.uint64, low: np.uint64) -> int:
    """The last range that begins at or before the number; -1 for none."""
    left, right = 0, len(ranges.first_high)
    while left < right:
        middle = (left + right) // 2
        if _at_most(ranges.first_high[middle], ranges.first_low[middle], high, low):
            left = middle + 1
        else:
            right = middle
    return left - 1


@compiled
def match_ranges(ranges: Ranges, numbers: tuple[Array, Array], hits: Hits, done: int) -> int:
    """As `match_hosts`, for numbers (upper and lower halves: uint64) that lie in ranges; at most 256 each."""
    highs, lows = numbers
    while done < len(highs):
        if hits.filled[0] + 256 > len(hits.text):
            return done
        at = _last_from(ranges, highs[done], lows[done])
        found = 0
        for back in range(ranges.back[at] + 1 if at >= 0 else 0):
            one = at - back
            if found < 256 and _at_most(highs[done], lows[done], ranges.last_high[one], ranges.last_low[one]):
                _put(hits, done, one)
                found += 1
        done += 1
    return done
