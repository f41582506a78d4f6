"""What a file is, by its content: compression, kind, column names, delimiter. Never by its name."""

import bz2
import csv
import gzip
import io
import json
import re
from collections.abc import Sequence
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
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LONGEST_TAIL = 64 * 1024 * 1024
"""Bytes without a line's end that are held back; no reader takes a line as long as that."""
_SHOWN_NAMES, _SHOWN = 20, 40
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
        self._tail = bytearray()
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
            self._tail, self._ended = bytearray(), True
            return
        cut = max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) + 1
        self._tail += chunk[:cut]
        if cut or not chunk or len(self._tail) > _LONGEST_TAIL:
            self._ready, self._tail = memoryview(self._tail), bytearray()
        self._tail += chunk[cut:]
        self._ended = not chunk


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
    """First 64 KiB of the file, decompressed; up to the last whole line where it is damaged."""
    with _open_plain(path) as inner:
        head = b""
        while len(head) < HEAD_BYTES:
            try:
                chunk = inner.read1(HEAD_BYTES - len(head))
            except (OSError, EOFError, ValueError, _zlib_error()):
                return head if b"\0" in head else head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1]
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
    if not start or head[:2] in {b"PK", b"\xff\xfe", b"\xfe\xff"}:
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
    lines = _LINE_END.split(text)
    at = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("sep=")), -1)
    if at < 0 or _CONTROL.search(lines[at]):
        return Shape(kind="unknown")
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


def say_seen(path: Path, shape: Shape, head: bytes) -> str:
    """What the file holds, in words that go after "it has"; nothing in it can steer a terminal."""
    if not head:
        return _("no content") if not _damage(path) else _("no content that can be decompressed")
    if len(shape.names) > 1 or (shape.names and shape.kind != "delimited"):
        return _("the columns {names}").format(names=say_names(shape.names))
    return _("the first bytes {head}").format(head=head[:16].hex(" "))


def say_names(names: Sequence[str]) -> str:
    """The first names, shortened, without what cannot be printed."""
    shown = [name if len(name) <= _SHOWN else name[:_SHOWN] + "…" for name in names[:_SHOWN_NAMES]]
    printed = ["".join(mark if mark.isprintable() else "�" for mark in name) for name in shown]
    return ", ".join(printed) + (", …" if len(names) > _SHOWN_NAMES else "")


def mend_hint(path: Path, shape: Shape, head: bytes) -> str:
    """What to do with a file that is no table; empty where nothing can be said."""
    damage = "" if head else _damage(path)
    if damage:
        return _("Its compressed data is damaged ({why}): copy or download it again.").format(why=damage)
    if not head.strip():
        return _("The file is empty: export or download it again.")
    if head[:2] == b"PK":
        return _("This is a ZIP archive or a spreadsheet: unpack it, or save it as CSV in UTF-8.")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or _half_zeros(head[:64]):
        return _("This is UTF-16 text: save it as CSV in UTF-8.")
    if shape.kind == "json":
        return _("This is one JSON document: write one object a line (JSON lines).")
    return ""


def _half_zeros(data: bytes) -> bool:
    """Whether every other byte is zero and not all are: text in UTF-16 without its mark."""
    return len(data) > 3 and any(data[::2]) != any(data[1::2])


def _damage(path: Path) -> str:
    """Why nothing of the file can be decompressed; empty where it can, or is empty."""
    with Source(path) as source:
        source.read(1)
        return source.failure
