"""yarn.lock, of Yarn 1 and of Yarn 2 and later: a head line of descriptors, then indented fields."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.lock_entry import Item, LockEntry, lines_of, lock_batches

_CLASSIC = re.compile(rb"(?m)^# yarn lockfile v1\s*$")
_BERRY = re.compile(rb"(?m)^__metadata:\s*$")
_RESOLUTION = re.compile(rb'(?m)^  resolution: "')
_BODY = re.compile(rb'(?m)^"?(@[\w.~-]+/)?[\w.~-]+@[^\n]+:\r?\n  version:? ')
_DESCRIPTOR = re.compile(r"((?:@[^/@\s]+/)?[^@\s/]+)@(?:([a-z+]+):)?(.*)")
_FIELD = re.compile(r"  (version|resolved|resolution|integrity|checksum|linkType):? (.+)")


def sniff(head: bytes) -> bool:
    """Whether the head is that of a yarn.lock."""
    if _CLASSIC.search(head[:4096]) or (_BERRY.search(head) and _RESOLUTION.search(head)):
        return True
    return head[:1] in b'"@#abcdefghijklmnopqrstuvwxyz' and _BODY.search(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the packages in the order of the file."""
    return lock_batches("npm", _items(lines_of(file)), batch_rows)


def _items(lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
    line, head, fields = 0, "", dict[str, str]()
    kind = "yarn 1"
    for number, text in lines:
        if not text.strip() or text.startswith("#"):
            continue
        if not text.startswith(" "):
            yield from _entry(line, head, fields, kind)
            line, head, fields = number, text, {}
            kind = "yarn berry" if text.startswith("__metadata") else kind
        elif met := _FIELD.fullmatch(text):
            fields[met[1]] = met[2].strip().strip('"')
    yield from _entry(line, head, fields, kind)


def _entry(line: int, head: str, fields: dict[str, str], kind: str) -> Iterator[Item]:
    """The entry of a head line and its fields; nothing before the first one."""
    if not head or head.startswith("__metadata"):
        return
    first = head.rstrip().removesuffix(":").split(", ")[0].strip().strip('"').split(", ")[0]
    met = _DESCRIPTOR.fullmatch(first)
    if met is None or "version" not in fields:
        why = _("the entry {head} has no name or no version").format(head=repr(head[:80]))
        yield line, "bad_entry", why
        return
    name, real = met[1], _real(met[2] or "", met[3], fields.get("resolution", ""))
    resolved = fields.get("resolved") or fields.get("resolution", "")
    integrity = fields.get("integrity") or fields.get("checksum", "")
    yield LockEntry(line, name, fields["version"], resolved, integrity, real if real != name else "", kind)


def _real(protocol: str, rest: str, resolution: str) -> str:
    """Package that is installed, where it is told; the resolution of Yarn 2 says it, else an alias `npm:`."""
    met = _DESCRIPTOR.fullmatch(resolution)
    if met:
        return met[1]
    met = _DESCRIPTOR.fullmatch(rest) if protocol == "npm" else None
    return met[1] if met else ""
