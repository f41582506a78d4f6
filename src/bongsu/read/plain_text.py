"""Any text: a line is an event, and all of it is its message."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.log_line import Lines, read_lines
from bongsu.read.raw import reject_table

STREAM = LogStream("")
_ODD = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
"""Characters that no text log has; tab, line ends and the escape of colors are not among them."""


def sniff(head: bytes) -> bool:
    """Whether it is text: not empty, without control characters, and nearly all of it UTF-8."""
    if not head.strip() or head.translate(None, _ODD) != head:
        return False
    text = head.decode("utf-8", "replace")
    return text.count("\ufffd") * 50 <= len(text) or head.translate(None, bytes(range(128, 160))) == head


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of lines that are not blank; the locator is the line."""
    for part in read_lines(file):
        yield from _batches(part, batch_rows)


def _batches(part: Lines, batch_rows: int) -> Iterator[LogBatch]:
    texts = _texts(part.lines)
    places = np.arange(part.first, part.first + len(texts), dtype=np.int64)
    kept = np.fromiter((not one.isspace() and one != b"" for one in part.lines), bool, len(part.lines))
    table = pa.table({"message": texts, "locator": places}).filter(pa.array(kept))
    cut = _("the line is too long; its beginning was searched")
    rejects = reject_table([(place, "bad_row", cut) for place in part.too_long])
    for at in range(0, max(1, table.num_rows), batch_rows):
        yield LogBatch(STREAM, table.slice(at, batch_rows), rejects)
        rejects = rejects.slice(0, 0)


def _texts(lines: list[bytes]) -> pa.Array:
    """Lines as text; in one that is not UTF-8, bytes that are not are replaced."""
    try:
        return pa.array(lines, pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([line.decode("utf-8", "replace") for line in lines], pa.string())
