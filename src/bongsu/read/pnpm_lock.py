"""pnpm-lock.yaml of lockfile versions 5, 6 and 9: the packages, by what is really installed.

Read by lines, as pnpm writes them: a file of 10^5 packages takes a YAML parser minutes. A project's alias
stands in its specifiers; the packages carry their real names, so none is missed by an alias.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.lock_entry import Item, LockEntry, lines_of, lock_batches

_VERSION = re.compile(rb"(?m)^lockfileVersion: ")
_NEAR = re.compile(rb"(?m)^(settings|importers|packages|snapshots|dependencies|devDependencies|specifiers):")
_KEY = re.compile(r"  (\S.*):(?: \{.*\})?\s*")
_OLD = re.compile(r"/((?:@[^/@]+/)?[^/@]+)/([^/@_(]+)(?:[_(].*)?")
_NEW = re.compile(r"/?((?:@[^/@]+/)?[^/@(]+)@([^(]+)(?:\(.*)?")
_INTEGRITY = re.compile(r"integrity: ([^,}\s]+)")
_TARBALL = re.compile(r"tarball: ([^,}\s]+)")
_FIELD = re.compile(r"    (resolution|name|version): ?(.*)")


def sniff(head: bytes) -> bool:
    """Whether the head is that of a pnpm-lock.yaml."""
    return _VERSION.search(head[:4096]) is not None and _NEAR.search(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the packages in the order of the file."""
    return lock_batches("npm", _items(lines_of(file)), batch_rows)


def _items(lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
    kind, section, line, key, fields = "pnpm", "", 0, "", dict[str, str]()
    for number, text in lines:
        if not text.strip() or text.startswith("#"):
            continue
        if not text.startswith(" "):
            yield from _entry(line, key, fields, kind)
            section, key = text.partition(":")[0], ""
            if section == "lockfileVersion":
                kind = "pnpm " + text.partition(":")[2].strip().strip("'\"")[:8]
        elif section != "packages":
            continue
        elif met := _KEY.fullmatch(text):
            yield from _entry(line, key, fields, kind)
            line, key, fields = number, met[1].strip("'\""), {}
        elif text.startswith("  ") and text[2] != " ":
            yield from _entry(line, key, fields, kind)
            line, key, fields = number, text.strip(), {}
        else:
            _add(fields, text)
    yield from _entry(line, key, fields, kind)


def _add(fields: dict[str, str], text: str) -> None:
    """Nothing; what a line of an entry states is in the fields."""
    if met := _FIELD.fullmatch(text):
        fields[met[1]] = met[2].strip().strip("'\"")
    elif text.startswith("      ") and "resolution" in fields:
        fields["resolution"] += " " + text.strip()


def _entry(line: int, key: str, fields: dict[str, str], kind: str) -> Iterator[Item]:
    if not key:
        return
    met = _OLD.fullmatch(key) or _NEW.fullmatch(key)
    name = fields.get("name") or (met[1] if met else "")
    version = fields.get("version") or (met[2] if met else "")
    if not name or not version:
        yield line, "bad_entry", _("{key} has no name or no version").format(key=repr(key[:80]))
        return
    resolution = fields.get("resolution", "")
    integrity, tarball = _INTEGRITY.search(resolution), _TARBALL.search(resolution)
    resolved = tarball[1] if tarball else ""
    yield LockEntry(line, name, version, resolved, integrity[1] if integrity else "", "", kind)
