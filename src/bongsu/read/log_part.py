"""Parts of a large uncompressed log, so that several processes read one file.

Contract: `cut_log` gives byte ranges that begin and end at line ends; `open_part` gives a file that a
reader reads as if it were whole: the header lines of the log, then the range. Its locators count from the
first of these lines. The true line is `locator - part.head_lines + lines of the parts before`, where
`count_lines` gives the lines of a part. The first part has its header lines in its range, and no others.
"""

import io
import mmap
from typing import BinaryIO, NamedTuple

_STEP = 4 * 1024 * 1024
_LEAST = 32 * 1024 * 1024
"""Bytes that a part has at least: less is not worth a process."""
_MOST_HEAD = 64 * 1024


class LogPart(NamedTuple):
    """A range of bytes of a log."""

    start: int
    stop: int
    head: bytes
    """Header lines to read before it."""

    @property
    def head_lines(self) -> int:
        """Number of lines of the head."""
        return self.head.count(b"\n")


class _Range(io.RawIOBase):
    """The head and the range as one file."""

    def __init__(self, file: BinaryIO, part: LogPart) -> None:
        super().__init__()
        self._file, self._part, self._place = file, part, 0
        self._size = len(part.head) + part.stop - part.start

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = (0, self._place, self._size)[whence] + offset
        return self._place

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._read(len(view))
        view[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        head = len(self._part.head)
        if self._place < head:
            data = self._part.head[self._place : self._place + size]
        else:
            self._file.seek(self._part.start + self._place - head)
            data = self._file.read(max(0, min(size, self._size - self._place)))
        self._place += len(data)
        return data


def cut_log(file: BinaryIO, parts: int, *, least: int = _LEAST) -> list[LogPart]:
    """Parts of the file, in its order: as many as asked for, fewer where they would be small.

    A log that has header lines after its beginning is one part, for what they say holds for what follows.

    Args:
        file: A file of the file system, uncompressed.
        parts: How many, at most.
        least: Bytes of a part, at least.

    Cost: a look at each byte, about 0.2 seconds a GiB, where the log has headers; none otherwise.
    """
    size = file.seek(0, io.SEEK_END)
    count = max(1, min(parts, size // max(least, 1)))
    file.seek(0)
    head = _head(file.read(_MOST_HEAD))
    if count == 1 or (head and _has_more_headers(file, len(head))):
        return [LogPart(0, size, b"")]
    ends = sorted({_line_end(file, size * number // count) for number in range(1, count)} | {size})
    starts = [0, *ends[:-1]]
    return [
        LogPart(start, stop, head if start else b"")
        for start, stop in zip(starts, ends, strict=True)
        if stop > start
    ]


def open_part(file: BinaryIO, part: LogPart) -> BinaryIO:
    """File of the part's head and bytes; seekable, and good as long as the file is open."""
    return io.BufferedReader(_Range(file, part))


def count_lines(file: BinaryIO, part: LogPart) -> int:
    """Lines of the part's range, its head not counted."""
    lines, left, last = 0, part.stop - part.start, b"\n"
    file.seek(part.start)
    while left and (data := file.read(min(_STEP, left))):
        lines, left, last = lines + data.count(b"\n"), left - len(data), data[-1:]
    return lines + (last != b"\n")


def _head(data: bytes) -> bytes:
    end = 0
    while data.startswith(b"#", end) and (stop := data.find(b"\n", end)) >= 0:
        end = stop + 1
    return data[:end]


def _has_more_headers(file: BinaryIO, after: int) -> bool:
    """Whether a line after a place begins with `#`, other than Zeek's last one."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = data.find(b"\n#", after - 1)
        while found >= 0 and data[found : found + 8] == b"\n#close\t":
            found = data.find(b"\n#", found + 1)
        return found >= 0


def _line_end(file: BinaryIO, place: int) -> int:
    """Place after the line that a byte is in."""
    file.seek(place)
    file.readline()
    return file.tell()
