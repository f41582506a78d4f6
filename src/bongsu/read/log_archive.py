"""What a file holds: compressed streams and archives are unpacked to a folder, within stated limits."""

import bz2
import codecs
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

from bongsu.model.extra import load_extra
from bongsu.model.text import _

CHUNK_BYTES = 1024 * 1024
HEAD_BYTES = 512
_ALWAYS_ALLOWED = 256 * 1024 * 1024
"""Bytes that may come out whatever the ratio: a small file full of one line is no bomb."""
_STREAMS = {"gzip": b"\x1f\x8b", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd"}
_CLOSED = {
    "7z": b"7z\xbc\xaf\x27\x1c",
    "RAR": b"Rar!\x1a\x07",
    "CAB": b"MSCF\x00\x00\x00\x00",
    "lz4": b"\x04\x22\x4d\x18",
}
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENTS = ("[Content_Types].xml", "META-INF/", "mimetype")
"""First entries of documents and programs that are zip files inside; they are left whole."""
_BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, OverflowError, MemoryError,
    zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, struct.error,
)  # fmt: skip


class Limits(NamedTuple):
    """How much is unpacked."""

    most_bytes: int = 20 * 1024**3
    """Of all that one file holds, unpacked."""
    most_ratio: int = 1000
    """Bytes out of one byte in, once 256 MiB came out."""
    most_entries: int = 100_000
    """Entries of one archive."""
    most_layers: int = 4
    """Archives and streams within each other; `.tar.gz` has two."""


class Unpacked(NamedTuple):
    """One entry on disk, or why it is not there; both where only its beginning could be unpacked."""

    name: str
    """Name within the archive; empty for the one content of a compressed stream."""
    path: Path | None
    why: str


class Spool:
    """A folder for what is unpacked of one file, and how much more may be."""

    def __init__(self, folder: Path, prefix: str, limits: Limits) -> None:
        self.folder = folder
        self.prefix = prefix
        self.limits = limits
        self.left = limits.most_bytes
        self._count = 0

    def save(self, source: IO[bytes], packed: int) -> tuple[Path | None, str]:
        """Where the content now lies, and why it is not all there (empty: it is).

        Args:
            source: What is unpacked, while it is read.
            packed: Bytes that it is unpacked from.
        """
        self._count += 1
        path = self.folder / f"{self.prefix}-{self._count}"
        allowed = max(_ALWAYS_ALLOWED, packed * self.limits.most_ratio)
        with path.open("wb") as target:
            written, why = self._copy(source, target, min(allowed, self.left))
        self.left -= written
        if why and (not written or written >= min(allowed, self.left + written)):
            path.unlink()
            return None, why
        return path, why

    def _copy(self, source: IO[bytes], target: BinaryIO, most: int) -> tuple[int, str]:
        written = 0
        read = getattr(source, "read1", source.read)  # a whole read loses what came before a fault
        try:
            while chunk := read(CHUNK_BYTES):
                if written + len(chunk) > most:
                    return most, self._too_large(most)
                written += target.write(chunk)
        except gzip.BadGzipFile as error:
            beyond = written and "Not a gzipped" in str(error)
            told = _("something else stands after its end") if beyond else str(error)
            return written, told
        except _BROKEN as error:
            return written, _("it is damaged or cut off: {why}").format(
                why=str(error) or type(error).__name__
            )
        return written, ""

    def _too_large(self, most: int) -> str:
        if most == self.left:
            size = self.limits.most_bytes
            return _("the file holds more than {size} bytes unpacked").format(size=size)
        return _("one byte of it unpacks to more than {ratio}").format(ratio=self.limits.most_ratio)


def kind_of(head: bytes) -> str:
    """`zip`, `tar`, the name of a compression, `closed NAME` for what is not opened, or nothing.

    Args:
        head: First 512 bytes, at least.
    """
    if head.startswith(_ZIPS):
        first = head[30:94]
        return "" if any(first.startswith(one.encode()) for one in _DOCUMENTS) else "zip"
    if head[257:262] == b"ustar":
        return "tar"
    known = {**_STREAMS, **{f"closed {name}": magic for name, magic in _CLOSED.items()}}
    return next((name for name, magic in known.items() if head.startswith(magic)), "")


def unpack(path: Path, kind: str, spool: Spool) -> Iterator[Unpacked]:
    """What a compressed or archived file holds, each entry when it is asked for, in the order of the file."""
    try:
        if kind == "zip":
            yield from _zip(path, spool)
        elif kind == "tar":
            yield from _tar(path, spool)
        else:
            with path.open("rb") as packed, _stream(packed, kind) as source:
                yield Unpacked("", *spool.save(source, path.stat().st_size))
    except _BROKEN as error:
        yield Unpacked("", None, _damage(error))


def _damage(error: BaseException) -> str:
    return _("it is damaged or cut off: {why}").format(why=str(error) or type(error).__name__)


def _stream(packed: BinaryIO, kind: str) -> IO[bytes]:
    if kind == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=packed))
    if kind == "bzip2":
        return bz2.BZ2File(packed)
    if kind == "xz":
        return lzma.LZMAFile(packed)
    zstd = load_extra("zstandard", "hunt")
    return cast(IO[bytes], zstd.ZstdDecompressor().stream_reader(packed, read_across_frames=True))


def _zip(path: Path, spool: Spool) -> Iterator[Unpacked]:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        for entry in entries[: spool.limits.most_entries]:
            if not entry.is_dir():
                yield Unpacked(entry.filename, *_zipped(archive, entry, spool))
    if len(entries) > spool.limits.most_entries:
        yield Unpacked("", None, _too_many(spool))


def _zipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, spool: Spool) -> tuple[Path | None, str]:
    if entry.flag_bits & 1:
        return None, _("it is encrypted")
    try:
        with archive.open(entry) as source:
            return spool.save(source, entry.compress_size)
    except _BROKEN as error:
        return None, _damage(error)


def _tar(path: Path, spool: Spool) -> Iterator[Unpacked]:
    with tarfile.open(path, "r:") as archive:
        for count, entry in enumerate(archive):
            if count >= spool.limits.most_entries:
                yield Unpacked("", None, _too_many(spool))
                return
            if entry.isdir():
                continue
            source = archive.extractfile(entry) if entry.isreg() else None
            if source is None:
                yield Unpacked(entry.name, None, _("it is a link or a device, not a file"))
            else:
                yield Unpacked(entry.name, *spool.save(source, entry.size))


def _too_many(spool: Spool) -> str:
    return _("it has more than {count} entries; the rest is not looked at").format(
        count=spool.limits.most_entries
    )


def to_utf8(path: Path, spool: Spool) -> tuple[Path | None, str] | None:
    """Where a text in UTF-16 now lies as UTF-8, and why not all of it; None for any other file."""
    with path.open("rb") as file:
        mark = file.read(2)
        if mark not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return None
        order = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
        return spool.save(cast(IO[bytes], _Recoded(file, order)), path.stat().st_size)


class _Recoded:
    """A file of UTF-16, read as UTF-8."""

    def __init__(self, file: BinaryIO, order: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(order)("replace")

    def read(self, size: int) -> bytes:
        """Bytes, some more than asked for; empty at the end."""
        while chunk := self._file.read(size):
            if text := self._decoder.decode(chunk):
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode()
