"""go.sum: module, version and hash on each line; with `/go.mod` only its requirements were read."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.lock_entry import Item, LockEntry, lines_of, lock_batches

_LINE = re.compile(r"(\S{1,400}) (v[^\s/]+)(/go\.mod)? (h1:[A-Za-z0-9+/]{43}=)")
_FIRST = re.compile(rb"\s*[^\s]{1,400} v\d[^\s]{0,200} h1:[A-Za-z0-9+/]{43}=")


def sniff(head: bytes) -> bool:
    """Whether the head is that of a go.sum."""
    return _FIRST.match(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the modules in the order of the file."""
    return lock_batches("go", _items(lines_of(file)), batch_rows)


def _items(lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
    for number, text in lines:
        if not text.strip():
            continue
        met = _LINE.fullmatch(text.strip())
        if met is None:
            yield number, "bad_entry", _("{text} is no module with a hash").format(text=repr(text[:80]))
            continue
        kind = "go.sum, go.mod only" if met[3] else "go.sum"
        yield LockEntry(number, met[1], met[2], "", met[4], "", kind)
