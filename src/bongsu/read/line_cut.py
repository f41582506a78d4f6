"""Cuts of a file of lines: some megabytes at a time, each ending where a line does."""

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from bongsu.kernel.text_code import PADDING

Array = np.ndarray[Any, Any]
CUT_BYTES = 8 * 1024 * 1024
MOST_LINE_BYTES = 64 * 1024 * 1024
"""A line that is longer by as much as is read at a time is left out: it would have to be held whole."""


class Cut(NamedTuple):
    """Some whole lines; they stand until the next cut is asked for."""

    data: Array
    """uint8: UTF-8, each line with its newline, then PADDING bytes."""
    stop: int
    """Place after the last newline."""
    skipped: int
    """Lines before it that were left out for their length."""


def read_cuts(file: BinaryIO, *, size: int = CUT_BYTES, mend: str = "replace") -> Iterator[Cut]:
    """Cuts of the file in order; bytes that are not UTF-8 are mended.

    Args:
        file: Decompressed; anything with `read`.
        size: Bytes to read at a time.
        mend: What becomes of such bytes, as `bytes.decode` has it: `replace` gives U+FFFD, `backslashreplace`
            the text of an escape.
    """
    held, filled, skipped, ahead = np.empty(0, dtype=np.uint8), 0, 0, b""
    while chunk := ahead or file.read(size):
        ahead = b""
        if filled + len(chunk) + PADDING + 1 > len(held):
            held = _longer(held, filled, 2 * (filled + len(chunk)) + PADDING + 1)
        held[filled : filled + len(chunk)] = np.frombuffer(chunk, dtype=np.uint8)
        end = filled + chunk.rfind(b"\n") + 1
        whole, filled = end > filled, filled + len(chunk)
        if whole:
            yield _cut(held, end, skipped, mend)
            held[: filled - end] = held[end:filled].copy()
            filled, skipped = filled - end, 0
        elif filled > MOST_LINE_BYTES:
            ahead, skipped, filled = _skip_line(file, size), skipped + 1, 0
    if filled or skipped:
        held = _longer(held, filled, filled + PADDING + 1)
        held[filled] = 10
        yield _cut(held, filled + 1 if filled else 0, skipped, mend)


def _longer(held: Array, filled: int, size: int) -> Array:
    """Another array of so many bytes with what is held; a cut may still look at the old one."""
    longer = np.empty(size, dtype=np.uint8)
    longer[:filled] = held[:filled]
    return longer


def _cut(held: Array, stop: int, skipped: int, mend: str) -> Cut:
    if stop and held[:stop].max() > 127:
        try:
            str(held[:stop].data, "utf-8")
        except UnicodeDecodeError:
            text = str(held[:stop].data, "utf-8", mend).encode()
            return Cut(np.frombuffer(text + bytes(PADDING), dtype=np.uint8), len(text), skipped)
    return Cut(held, stop, skipped)


def _skip_line(file: BinaryIO, size: int) -> bytes:
    """What stands after the end of the line that the file is in."""
    while chunk := file.read(size):
        end = chunk.find(b"\n") + 1
        if end:
            return chunk[end:]
    return b""
