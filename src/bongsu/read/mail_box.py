"""Mails of a file: of an mbox each, of any other file the one that it is."""

import re
from collections.abc import Collection, Iterator
from typing import BinaryIO, NamedTuple

LARGEST = 64 * 1024 * 1024
"""Bytes of one mail that are held, at most."""
_CHUNK = 4 * 1024 * 1024
_LONGEST_MARK = 1024
_NEXT = re.compile(rb"\n\r?\n(?=From [^\r\n]*\d)")
_QUOTED = re.compile(rb"(?m)^>(>*From )")


class Letter(NamedTuple):
    """One mail as it stands in a file."""

    line: int
    """1-based line that it begins at."""
    raw: bytes
    """As it was delivered: without the line that parts mails in an mbox, its quotes taken back."""
    whole: bool
    """False: it is larger than LARGEST, and the rest is left out."""


def is_box(head: bytes) -> bool:
    """Whether the head is that of an mbox."""
    return head.startswith(b"From ")


def letters_of(file: BinaryIO) -> Iterator[Letter]:
    """Mails in the order of the file; not more than two of the largest size are held."""
    start = file.read(5)
    file.seek(0)
    if is_box(start):
        yield from _boxed(file)
        return
    raw = file.read(LARGEST + 1)
    if raw:
        yield Letter(1, raw[:LARGEST], len(raw) <= LARGEST)


def letters_at(file: BinaryIO, lines: Collection[int]) -> Iterator[Letter]:
    """Mails that begin at the lines, in the order of the file."""
    wanted = set(lines)
    for letter in letters_of(file):
        if letter.line in wanted:
            wanted.discard(letter.line)
            yield letter
        if not wanted:
            return


def _boxed(file: BinaryIO) -> Iterator[Letter]:
    held, line, skipping = b"", 1, False
    while chunk := file.read(_CHUNK):
        held += chunk
        start = 0
        for met in _NEXT.finditer(held):
            if not skipping:
                yield _letter(held[start : met.start() + 1], line)
            line += held.count(b"\n", start, met.end())
            start, skipping = met.end(), False
        held = held[start:]
        if skipping or len(held) > LARGEST:
            if not skipping:
                yield _letter(held[:LARGEST], line)._replace(whole=False)
            line += held.count(b"\n", 0, max(len(held) - _LONGEST_MARK, 0))
            held, skipping = held[-_LONGEST_MARK:], True
    if held and not skipping:
        yield _letter(held, line)


def _letter(raw: bytes, line: int) -> Letter:
    body = raw.partition(b"\n")[2]
    return Letter(line, _QUOTED.sub(rb"\1", body) if b"\n>" in body else body, True)
