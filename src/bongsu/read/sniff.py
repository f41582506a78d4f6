"""What a file is, by its content: compression, kind, column names, delimiter. Never by its name."""

import bz2
import csv
import gzip
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.errors import FormatError, InputError
from bongsu.model.text import _

HEAD_BYTES = 64 * 1024
"""How much of a file, decompressed, decides its format."""
_CHUNK = 256 * 1024
_DELIMITERS = ",\t;|"
_KEY = re.compile(r'"([A-Za-z_][A-Za-z0-9_]*)"\s*:')


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a file is laid out."""

    kind: str
    """`delimited`, `json_lines`, `json`, `parquet` or `unknown`."""
    names: tuple[str, ...] = ()
    """Column names or top-level keys."""
    delimiter: str = ","
    header_line: int = 0
    """Physical lines before the header line."""
    first: dict[str, str] = field(default_factory=dict)
    """The first row as text; of a Parquet file, its column types."""


class Source(io.RawIOBase):
    """A file, decompressed, that ends instead of raising where its compressed data is damaged.

    After the end `failure` says why it ended early; the incomplete last line is then held back, so
    that half a number is never read as a number.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.failure = ""
        self._inner = _open_plain(path)
        self._ready = memoryview(b"")
        self._tail = b""
        self._ended = False

    def readable(self) -> bool:
        """True."""
        return True

    def close(self) -> None:
        """Nothing; closes the file below too."""
        self._inner.close()
        super().close()

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        """Number of bytes put into the target; 0 at the end."""
        while not self._ready and not self._ended:
            self._fill()
        part = self._ready[: len(target)]
        target[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)

    def _fill(self) -> None:
        try:
            chunk = self._inner.read1(_CHUNK)
        except (OSError, EOFError, ValueError, _zlib_error()) as error:
            self.failure = str(error) or type(error).__name__
            self._tail, self._ended = b"", True
            return
        data = self._tail + chunk
        cut = len(data) if not chunk else max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
        self._ready, self._tail, self._ended = memoryview(data[:cut]), data[cut:], not chunk


def _zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def _open_plain(path: Path) -> io.BufferedReader:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        if magic[:2] == b"\x1f\x8b":
            return cast(io.BufferedReader, gzip.open(path, "rb"))
        if magic[:3] == b"BZh":
            return cast(io.BufferedReader, bz2.open(path, "rb"))
        if magic == b"\x28\xb5\x2f\xfd":
            return cast(io.BufferedReader, pa.input_stream(str(path), compression="zstd"))
        return path.open("rb")
    except OSError as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=path, why=error.strerror or error),
            hint=_("Check that the file exists and that you may read it."),
        ) from error


def read_head(path: Path) -> bytes:
    """First 64 KiB of the file, decompressed; shorter where the data ends or is damaged."""
    with _open_plain(path) as inner:
        head = b""
        while len(head) < HEAD_BYTES:
            try:
                chunk = inner.read1(HEAD_BYTES - len(head))
            except (OSError, EOFError, ValueError, _zlib_error()):
                break
            if not chunk:
                break
            head += chunk
    return head


def shape_of(path: Path, head: bytes) -> Shape:
    """Layout of the file whose decompressed beginning is `head`."""
    if head[:4] == b"PAR1":
        return _parquet_shape(path)
    text = head.decode("utf-8-sig", errors="replace")
    start = text.lstrip()
    if not start or "\0" in text.partition("\n")[0] or head[:2] in {b"PK", b"\xff\xfe", b"\xfe\xff"}:
        return Shape(kind="unknown")
    if start[0] == "{":
        return _json_shape(start)
    if start[0] == "[":
        return Shape(kind="json", names=tuple(dict.fromkeys(_KEY.findall(start))))
    return _delimited_shape(text)


def _parquet_shape(path: Path) -> Shape:
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        raise FormatError(
            _("Cannot read {path}: it begins as a Parquet file but its footer is damaged or cut off.").format(
                path=path
            ),
            hint=_("Copy or download the file again and compare its size with the original."),
        ) from error
    return Shape(kind="parquet", names=tuple(schema.names), first={f.name: str(f.type) for f in schema})


def _json_shape(start: str) -> Shape:
    line = start.partition("\n")[0]
    try:
        first = json.loads(line, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        kind = "json" if line.strip() == "{" else "json_lines"
        return Shape(kind=kind, names=tuple(dict.fromkeys(_KEY.findall(start if kind == "json" else line))))
    values = {name: value for name, value in first.items() if isinstance(value, str)}
    return Shape(kind="json_lines", names=tuple(first), first=values)


def _delimited_shape(text: str) -> Shape:
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() and not line.startswith("sep="))
    delimiter = max(_DELIMITERS, key=lambda mark: len(_split(lines[at], mark)))
    names = tuple(name.strip() for name in _split(lines[at], delimiter))
    row = _split(lines[at + 1], delimiter) if at + 1 < len(lines) else []
    return Shape(
        kind="delimited",
        names=names,
        delimiter=delimiter,
        header_line=at,
        first=dict(zip(names, row, strict=False)),
    )


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return line.split(delimiter)
