"""composer.lock of PHP."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.lock_entry import Item, LineFinder, LockEntry, json_of, lock_batches, text_of

_SECTIONS = ("packages", "packages-dev")


def sniff(head: bytes) -> bool:
    """Whether the head is that of a composer.lock."""
    return head.lstrip()[:1] == b"{" and (
        re.search(rb'"content-hash"\s*:', head) is not None or b"getcomposer.org/doc" in head
    )


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the packages in the order of the file."""
    return lock_batches("packagist", _items(file), batch_rows)


def _items(file: BinaryIO) -> Iterator[Item]:
    text, found, fault = json_of(file)
    if fault:
        yield fault
        return
    finder = LineFinder(text)
    for section in _SECTIONS:
        packages = found.get(section) or []
        if not isinstance(packages, list):
            yield 1, "bad_entry", _("{section} is no list").format(section=section)
            continue
        for entry in packages:
            yield _package(finder, entry)


def _package(finder: LineFinder, entry: Any) -> Item:  # noqa: ANN401
    name = text_of(entry.get("name")) if isinstance(entry, dict) else ""
    line = finder.find('"name": ', name, "")
    if not name or not text_of(entry.get("version")):
        return (
            line,
            "bad_entry",
            _("the package {name} has no name or no version").format(name=repr(name[:80])),
        )
    dist = entry.get("dist")
    place = dist if isinstance(dist, dict) else {}
    digest = text_of(place.get("shasum"))
    integrity = f"sha1:{digest}" if digest else ""
    return LockEntry(line, name, entry["version"], text_of(place.get("url")), integrity, "", "composer")
