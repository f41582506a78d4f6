"""Lines of a text log, some megabytes at a time; a line that never ends is cut and told, not held."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

CHUNK_BYTES = 8 * 1024 * 1024
"""Bytes that are read at once."""
MOST_LINE = 4 * 1024 * 1024
"""Bytes of one line; a longer one is a reject."""


class Lines(NamedTuple):
    """Lines in a row."""

    first: int
    """Number of the first, from 1."""
    lines: list[bytes]
    """Without their ends; the carriage return of CR LF is left off too."""
    size: int
    """Bytes that they were read from."""
    too_long: list[int]
    """Numbers of lines longer than MOST_LINE, of which only the beginning stands in `lines`."""


def read_lines(file: BinaryIO, chunk_bytes: int = CHUNK_BYTES) -> Iterator[Lines]:
    """Lines of a file in order, from where it stands."""
    held = b""
    cut = False
    first = 1
    while chunk := file.read(chunk_bytes):
        if first == 1 and not held:
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
        body, newline, rest = chunk.rpartition(b"\n")
        if not newline:
            cut = cut or len(held) + len(rest) > MOST_LINE
            held = (held + rest)[:MOST_LINE]
            continue
        part = _lines(first, held + body if held else body, cut)
        yield part
        first += len(part.lines)
        cut = len(rest) > MOST_LINE
        held = rest[:MOST_LINE]
    if held:
        yield _lines(first, held, cut)


def _lines(first: int, body: bytes, cut: bool) -> Lines:
    lines = body.split(b"\n")
    if b"\r" in body:
        lines = [line.removesuffix(b"\r") for line in lines]
    too_long = [first] if cut else []
    if len(body) > MOST_LINE:
        longer = [at for at, line in enumerate(lines) if len(line) > MOST_LINE]
        for at in longer:
            lines[at] = lines[at][:MOST_LINE]
        too_long = sorted({*too_long, *(first + at for at in longer)})
    return Lines(first, lines, len(body), too_long)
