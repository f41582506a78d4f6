"""Entries of lockfiles as batches: what is the same in the files of all package managers."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.raw import Fault, reject_table

COLUMNS = ("name", "version", "resolved", "integrity", "alias_of", "file_kind")
"""Columns of a lockfile's entries."""
LARGEST = 128 * 1024 * 1024
"""Bytes of a lockfile in JSON, which is read whole, at most; real ones are below 10 MB."""
LONGEST_LINE = 1024 * 1024
_MOST_MISSES = 100
"""Entries whose line is looked for in vain, at most: beyond it no package manager wrote the file."""


class LockEntry(NamedTuple):
    """One package that a lockfile pins; text as the file has it, empty: not stated."""

    line: int
    name: str
    """Name that the project uses; where `alias_of` stands, another package is installed under it."""
    version: str = ""
    resolved: str = ""
    """Where it comes from."""
    integrity: str = ""
    """Hashes, each after the name of its algorithm, parted by spaces."""
    alias_of: str = ""
    """Package that is really installed."""
    file_kind: str = ""


Item = LockEntry | Fault
"""An entry, or why something is none."""


def lock_batches(service: str, items: Iterable[Item], batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the entries of one file, in its order.

    Args:
        service: Registry that the names are of: npm, pypi, go, cargo, packagist.
        items: Entries and faults.
        batch_rows: Entries and faults in a batch, at most.
    """
    stream, source = LogStream("lockfile", service), iter(items)
    while part := list(islice(source, batch_rows)):
        entries = [one for one in part if isinstance(one, LockEntry)]
        faults = [one for one in part if not isinstance(one, LockEntry)]
        columns = {
            name: pa.array([storable(getattr(one, name)) or None for one in entries], pa.string())
            for name in COLUMNS
        }
        columns["locator"] = pa.array([one.line for one in entries], pa.int64())
        yield LogBatch(stream, pa.table(columns), reject_table(faults))


def storable(text: str) -> str:
    """The text; what UTF-8 cannot hold becomes question marks."""
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode()


def lines_of(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends; a long one is cut, bytes that are no UTF-8 are replaced."""
    number, whole = 0, True
    while line := file.readline(LONGEST_LINE):
        number += whole
        if whole:
            yield number, line.decode("utf-8", errors="replace").rstrip("\r\n")
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE


def json_of(file: BinaryIO) -> tuple[str, Any, Fault | None]:
    """Text of a file, the object that it holds, and what is wrong where it holds none."""
    raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        message = _("the lockfile is larger than {most} bytes and was not read").format(most=LARGEST)
        return "", None, (1, "too_large", message)
    text = raw.decode("utf-8-sig", errors="replace")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        return text, None, (error.lineno, "bad_json", _("the file is not JSON: {why}").format(why=error.msg))
    except (ValueError, RecursionError) as error:
        return text, None, (1, "bad_json", _("the file is not JSON: {why}").format(why=error))
    if not isinstance(found, dict):
        return text, None, (1, "bad_json", _("the file holds no JSON object"))
    return text, found, None


class LineFinder:
    """Lines of keys or values of a JSON text that are asked for in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line, self._misses = text, 0, 1, 0

    def find(self, before: str, word: str, after: str) -> int:
        """Line of the next place where the word stands between the two; where none is, the last line found.

        Args:
            before: What stands before the word, as package managers write it.
            word: The word as text; it is looked for as JSON writes it.
            after: What stands behind it.
        """
        if self._misses < _MOST_MISSES:
            wanted = before + json.dumps(word, ensure_ascii=False) + after
            found = self._text.find(wanted, self._at)
            if found < 0:
                self._misses += 1
            else:
                self._line += self._text.count("\n", self._at, found)
                self._at = found
        return self._line


def text_of(value: object) -> str:
    """The value where it is text, else nothing."""
    return value if isinstance(value, str) else ""
