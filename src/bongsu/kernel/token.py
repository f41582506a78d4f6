"""What stands in free text: names of hosts, addresses, URLs, hashes, mail addresses, long words."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled
from bongsu.kernel.match import Texts

HOST, URL, DIGEST, MAIL, WORD = 0, 1, 2, 3, 4
"""Kinds of tokens; a host is a name or an IPv4 address, a word is letters and digits only."""
_SHORTEST, _SHORTEST_WORD, _LONGEST_WORD = 4, 25, 110
_ROOM = 1 << 16

_NONE, _PART, _DIGIT, _HEX, _LETTER, _DOT, _MAIL_PART, _STOP = 0, 1, 2, 4, 8, 16, 32, 64


class Tokens(NamedTuple):
    """Tokens under way."""

    text: Array
    """int64: text that it stands in."""
    start: Array
    """int64: place in the data."""
    stop: Array
    """int64."""
    kind: Array
    """uint8."""
    filled: Array
    """int64, shape (1,)."""


def _classes() -> Array:
    """What each byte may be part of: uint8, shape (256,)."""
    found = np.zeros(256, np.uint8)
    for byte in b"._-":
        found[byte] |= _PART | _MAIL_PART
    for byte in b"0123456789":
        found[byte] |= _PART | _DIGIT | _HEX | _MAIL_PART
    for byte in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ":
        found[byte] |= _PART | _LETTER | _MAIL_PART
    for byte in b"abcdefABCDEF":
        found[byte] |= _HEX
    for byte in b"+%":
        found[byte] |= _MAIL_PART
    found[ord(".")] |= _DOT
    for byte in (*range(33), *b"\"'<>\\^`{|})]", 127):
        found[byte] |= _STOP
    return found


CLASSES = _classes()
"""What each byte may be part of."""


@compiled
def _emit(tokens: Tokens, text: int, span: tuple[int, int], kind: int) -> None:
    count = tokens.filled[0]
    tokens.text[count], tokens.kind[count] = text, kind
    tokens.start[count], tokens.stop[count] = span
    tokens.filled[0] = count + 1


@compiled
def _url_end(data: Array, classes: Array, place: int, stop: int) -> int:
    """Where the URL ends whose host ends at the place; the place itself where nothing of a URL follows."""
    end = place
    if end < stop and data[end] == np.uint8(58):  # a port
        end += 1
        while end < stop and classes[data[end]] & _DIGIT:
            end += 1
    if end >= stop or data[end] not in (np.uint8(47), np.uint8(63)):
        return place
    while end < stop and not classes[data[end]] & _STOP:
        end += 1
    while data[end - 1] in (np.uint8(44), np.uint8(46), np.uint8(59)):  # , . ; end a sentence
        end -= 1
    return end


@compiled
def _mail_start(data: Array, classes: Array, place: int, first: int) -> int:
    """Where the mail address begins whose at sign is at the place; the place itself where it has none."""
    start = place
    while start > first and classes[data[start - 1]] & _MAIL_PART and place - start < 64:
        start -= 1
    return start


@compiled
def _is_local(data: Array, classes: Array, place: int, stop: int) -> bool:
    """Whether what ends at the place goes on to an at sign: the local part of a mail address."""
    end = place
    while end < stop and classes[data[end]] & _MAIL_PART and end - place < 64:
        end += 1
    return end < stop and data[end] == np.uint8(64)


@compiled
def _read_run(tokens: Tokens, texts: Texts, classes: Array, where: tuple[int, int, int]) -> None:
    """Nothing; emits what a run of letters, digits, dots, hyphens and underscores is."""
    text, start, end = where
    data = texts.data
    dots, hexes, words, last = 0, 0, 0, start
    for place in range(start, end):
        found = classes[data[place]]
        if found & _DOT:
            dots, last = dots + 1, place + 1
        hexes += 1 if found & _HEX else 0
        words += 1 if found & (_DIGIT | _LETTER) else 0
    size = end - start
    if hexes == size and size in (32, 40, 64):
        _emit(tokens, text, (start, end), DIGEST)
    elif words == size and _SHORTEST_WORD <= size <= _LONGEST_WORD:
        _emit(tokens, text, (start, end), WORD)
    is_host = dots and (classes[data[last]] & _LETTER or dots == 3)
    if not is_host or _is_local(data, classes, end, texts.stop[text]):
        return
    _emit(tokens, text, (start, end), HOST)
    if start > texts.start[text] and data[start - 1] == np.uint8(64):
        local = _mail_start(data, classes, start - 1, texts.start[text])
        if local < start - 1:
            _emit(tokens, text, (local, end), MAIL)
    url = _url_end(data, classes, end, texts.stop[text])
    if url > end:
        _emit(tokens, text, (start, url), URL)


@compiled
def tokenize(texts: Texts, classes: Array, tokens: Tokens, done: int) -> int:
    """How many texts are done; fewer than all where the tokens lack room for the next one.

    Args:
        texts: Free texts.
        classes: CLASSES.
        tokens: Room for at least `room_for` the longest text; changed.
        done: How many are done already.

    Cost: about 3 ns a byte.
    """
    data = texts.data
    while done < len(texts.start):
        place, stop = texts.start[done], texts.stop[done]
        if tokens.filled[0] + 3 * ((stop - place) // (_SHORTEST + 1) + 1) > len(tokens.text):
            return done
        while place < stop:
            start = place
            while place < stop and classes[data[place]] & _PART:
                place += 1
            end = place
            while start < end and not classes[data[start]] & (_DIGIT | _LETTER):
                start += 1
            while end > start and not classes[data[end - 1]] & (_DIGIT | _LETTER):
                end -= 1
            if end - start >= _SHORTEST:
                _read_run(tokens, texts, classes, (done, start, end))
            place += 1
        done += 1
    return done


def find_tokens(texts: Texts) -> Tokens:
    """All tokens of the texts, in order.

    Cost: memory 25 bytes a token, twice for a moment.
    """
    longest = int((texts.stop - texts.start).max()) if len(texts.start) else 0
    room = max(_ROOM, 3 * (longest // (_SHORTEST + 1) + 1))
    held = _room_for(room)
    pieces = []
    done = 0
    while done < len(texts.start):
        held.filled[0] = 0
        done = tokenize(texts, CLASSES, held, done)
        pieces.append(_cut(held))
    if not pieces:
        return _cut(_room_for(0))
    text, start, stop, kind = (np.concatenate([one[part] for one in pieces]) for part in range(4))
    return Tokens(text, start, stop, kind, np.array([len(text)], np.int64))


def _room_for(count: int) -> Tokens:
    """Room for so many tokens."""
    text, start, stop = (np.zeros(count, np.int64) for _part in range(3))
    return Tokens(text, start, stop, np.zeros(count, np.uint8), np.zeros(1, np.int64))


def _cut(held: Tokens) -> Tokens:
    """Copy of the tokens that are filled in."""
    text, start, stop, kind = (part[: held.filled[0]].copy() for part in held[:4])
    return Tokens(text, start, stop, kind, held.filled.copy())
