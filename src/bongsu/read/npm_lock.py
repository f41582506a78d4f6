"""Lockfiles of npm: package-lock.json of versions 1 to 3, npm-shrinkwrap.json, the one in node_modules.

Versions 2 and 3 name a package by its folder; version 1 nests packages as they are nested on disk.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.lock_entry import Item, LineFinder, LockEntry, json_of, lock_batches, text_of

_FOLDER = "node_modules/"
_BEGINS = re.compile(rb"\s*\{")
_ENTRY = re.compile(r'"((?:[^"\\\n]|\\.){0,400}?node_modules/[^"\\\n]{1,400})"\s*:\s*(?=\{)')
_ALIAS = re.compile(r"npm:((?:@[^/@]+/)?[^@]+)(?:@(.*))?")
_DEEPEST = 200


def sniff(head: bytes) -> bool:
    """Whether the head is that of a lockfile of npm."""
    body = head.removeprefix(b"\xef\xbb\xbf")
    if not _BEGINS.match(body) or b'"_meta"' in body or re.search(rb'"workspaces"\s*:\s*\{\s*""', body):
        return False
    if b'"lockfileVersion"' in body:
        return b'"packages"' in body or b'"dependencies"' in body or len(body) < 400
    return b'"dependencies"' in body and b'"resolved"' in body and b'"version"' in body


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the packages in the order of the file; of a damaged file, those that are whole.

    Cost: the file is held whole, once as text and once as objects.
    """
    text, found, fault = json_of(file)
    return lock_batches("npm", _damaged(text, fault) if fault else _items(text, found), batch_rows)


def _items(text: str, found: dict[str, Any]) -> Iterator[Item]:
    kind = f"npm v{found.get('lockfileVersion', 1)}"[:20]
    packages = found.get("packages")
    if isinstance(packages, dict):
        yield from _flat(LineFinder(text), packages, kind)
    elif isinstance(found.get("dependencies"), dict):
        yield from _nested(LineFinder(text), found["dependencies"], kind)
    elif found.get("packages", found.get("dependencies")) is not None:
        yield 1, "bad_entry", _("the packages of the lockfile are no mapping")


def _flat(finder: LineFinder, packages: dict[str, Any], kind: str) -> Iterator[Item]:
    for folder, entry in packages.items():
        if _FOLDER not in folder:  # the project itself, or a workspace of it
            continue
        line = finder.find("", folder, ": {")
        yield _package(line, folder.rpartition(_FOLDER)[2], entry, kind)


def _package(line: int, name: str, entry: object, kind: str) -> Item:
    if not isinstance(entry, dict) or not name:
        return line, "bad_entry", _("the entry of {name} is no mapping").format(name=repr(name[:80]))
    real, version = text_of(entry.get("name")), text_of(entry.get("version"))
    if met := _ALIAS.fullmatch(version):
        real, version = met[1], met[2] or ""
    if not version and not entry.get("link"):
        return line, "bad_entry", _("the entry of {name} states no version").format(name=repr(name[:80]))
    resolved, integrity = text_of(entry.get("resolved")), text_of(entry.get("integrity"))
    alias = real if real != name else ""
    return LockEntry(line, name, version, resolved, integrity, alias, kind)


def _nested(finder: LineFinder, packages: dict[str, Any], kind: str) -> Iterator[Item]:
    """Packages of version 1, each before those that are nested in it."""
    open_levels = [iter(packages.items())]
    while open_levels:
        name, entry = next(open_levels[-1], ("", None))
        if entry is None and not name:
            open_levels.pop()
            continue
        line = finder.find("", name, ": {")
        yield _package(line, name, entry, kind)
        inner = entry.get("dependencies") if isinstance(entry, dict) else None
        if isinstance(inner, dict) and len(open_levels) < _DEEPEST:
            open_levels.append(iter(inner.items()))
        elif inner is not None:
            yield line, "bad_entry", _("what is nested in {name} cannot be read").format(name=repr(name[:80]))


def _damaged(text: str, fault: tuple[int, str, str]) -> Iterator[Item]:
    """The fault, and the entries of versions 2 and 3 that are whole."""
    yield fault
    decoder, at, line = json.JSONDecoder(), 0, 1
    for met in _ENTRY.finditer(text):
        line += text.count("\n", at, met.start())
        at = met.start()
        try:
            entry, _end = decoder.raw_decode(text, met.end())
        except (ValueError, RecursionError):
            yield line, "bad_entry", _("the entry of {name} is damaged").format(name=repr(met[1][:80]))
            continue
        yield _package(line, met[1].rpartition(_FOLDER)[2], entry, "npm, damaged")
