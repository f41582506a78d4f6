"""Windows event logs as Windows keeps them (EVTX): a header, then chunks of 64 KiB, each readable alone.

The parser is handed some chunks at a time, so memory does not grow with the file, and what a chunk's own
header says it holds is compared with what came out of it: a damaged chunk is never taken for an empty one.
"""

import io
import struct
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from bongsu.errors import FormatError
from bongsu.model.extra import load_extra
from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows
from bongsu.read.windows_event import flat_columns, split_event

HEADER_BYTES = 4096
CHUNK_BYTES = 64 * 1024
PART_CHUNKS = 1024
"""Chunks of a part that one process takes: 64 MiB."""
_AT_ONCE = 32
_MAGIC = b"ElfFile\x00"
_CHUNK_MAGIC = b"ElfChnk\x00"
_HEAD = struct.Struct("<8s4Q")
_TABLES_END = 512
_MOST_RECORDS = CHUNK_BYTES // 24
"""Records in a chunk at most: each has 24 bytes besides its content."""
_HEADER = (_MAGIC + struct.pack("<QQQLHHHH", 0, 0, 0, 128, 1, 3, HEADER_BYTES, 1)).ljust(
    HEADER_BYTES, b"\x00"
)
"""Start of a sound header; the file's own may be damaged, and nothing in it is needed."""

_STYLE = {"separate_json_attributes": True}


class Range(NamedTuple):
    """Chunks of a file: the first, and the one after the last."""

    first: int
    end: int


def sniff(head: bytes) -> bool:
    """Whether it begins as EVTX does."""
    return head.startswith((_MAGIC, _CHUNK_MAGIC))


def parts(size: int) -> list[Range]:
    """Ranges of chunks that share a file of so many bytes between processes."""
    chunks = -(-max(0, size - HEADER_BYTES) // CHUNK_BYTES)
    return [Range(at, min(at + PART_CHUNKS, chunks)) for at in range(0, chunks, PART_CHUNKS)]


def read(file: BinaryIO, *, batch_rows: int, part: Range | None = None) -> Iterator[LogBatch]:
    """Batches of events, one channel and event number each; the locator is the record's number.

    Args:
        file: The log; one that begins with a chunk (its header is lost) is read too.
        batch_rows: Events held, at most.
        part: Chunks to read; all where none is named.

    Raises:
        FormatError: When it is not EVTX.
    """
    start = _start(file)
    rows = EventRows(batch_rows, flat_columns)
    first, end = part or (0, None)
    file.seek(start + first * CHUNK_BYTES)
    met = False
    for number, chunk in _chunks(file, first, end):
        met = met or chunk.startswith(_CHUNK_MAGIC)
        if rows.full(_take_chunk(rows, chunk, number)):
            yield from rows.take("windows")
    if part is None and not met:
        rows.reject(0, "no_chunks", _("the log holds no chunk of records; it is cut off or was never used"))
    yield from rows.take("windows")


def _chunks(file: BinaryIO, first: int, end: int | None) -> Iterator[tuple[int, bytes]]:
    while end is None or first < end:
        wanted = _AT_ONCE if end is None else min(_AT_ONCE, end - first)
        data = file.read(wanted * CHUNK_BYTES)
        if not data:
            return
        for at in range(0, len(data), CHUNK_BYTES):
            yield first + at // CHUNK_BYTES, data[at : at + CHUNK_BYTES]
        first += wanted


def _start(file: BinaryIO) -> int:
    magic = file.read(len(_MAGIC))
    if magic not in {_MAGIC, _CHUNK_MAGIC}:
        raise FormatError(
            _("Cannot read the log: it is not a Windows event log (EVTX)."),
            hint=_("Its first bytes must be ElfFile."),
        )
    return HEADER_BYTES if magic == _MAGIC else 0


def _take_chunk(rows: EventRows, chunk: bytes, number: int) -> int:
    """Bytes of events taken in; what is missing becomes one reject with the number of the first record."""
    if not chunk.strip(b"\x00"):
        return 0
    loads = load_extra("orjson", "hunt").loads
    size = seen = 0
    failure = ""
    expected, first = _expected(chunk)
    for place, text, why in _records(chunk):
        failure = failure or why
        seen += not why
        size += len(text)
        if not why:
            _take_record(rows, loads, (place, text))
    if seen < expected or failure or (not seen and not _is_empty(chunk)):
        message = _("chunk {number} states {expected} records and {seen} could be read: {why}")
        why = failure[:200] or _("its records are damaged")
        place = first if expected else number
        text = message.format(number=number, expected=expected, seen=seen, why=why)
        rows.reject(place, "damaged_chunk", text)
    return size


def _is_empty(chunk: bytes) -> bool:
    """Whether a chunk says that nothing was written into it yet."""
    return chunk.startswith(_CHUNK_MAGIC) and int.from_bytes(chunk[48:52], "little") == _TABLES_END


def _expected(chunk: bytes) -> tuple[int, int]:
    """Number of records that a chunk says it holds, and its first; 0 where its header is damaged."""
    if len(chunk) < _HEAD.size:
        return 0, 0
    magic, _first_number, _last_number, first, last = _HEAD.unpack_from(chunk)
    sound = magic == _CHUNK_MAGIC and first <= last < first + _MOST_RECORDS and last < 2**63
    return (last - first + 1, first) if sound else (0, 0)


def _records(chunk: bytes) -> Iterator[tuple[int, str, str]]:
    """Number and JSON of the records of a chunk, or why one (or all) cannot be read."""
    padded = chunk.ljust(CHUNK_BYTES, b"\x00")
    parser = load_extra("evtx", "hunt").PyEvtxParser
    found = parser(io.BytesIO(_HEADER + padded), 1, **_STYLE).records_json()
    for _once in range(_MOST_RECORDS):
        try:
            record = next(found)
        except StopIteration:
            return
        except (RuntimeError, OSError, ValueError) as error:
            yield -1, "", str(error)
        else:
            number = record["event_record_id"]
            yield number if number < 2**63 else -1, record["data"], ""


def _take_record(rows: EventRows, loads: Callable[[str], Any], record: tuple[int, str]) -> None:
    place, text = record
    try:
        stream, names, values = split_event(loads(text)["Event"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        rows.reject(place, "bad_event", _("the event has no known form: {why}").format(why=str(error)[:200]))
        return
    rows.add(stream, names, (place, values))
