"""Lockfiles in TOML that are a list of packages: read by lines, as every such tool writes them.

A line in brackets begins a package or ends it; values of one line are read, a list of files gives its hashes.
The parser of the standard library reads a hundredth as fast, and nothing of a file that is cut off.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bongsu.read.lock_entry import lines_of

_VALUE = re.compile(r"(name|version|source|checksum|resolved|index|registry|url) = (.+)")
_HASH = re.compile(r'(hash|sha256|sha512) ?= ?"((?:sha256:|sha512:|md5:)?[0-9a-f]{32,128})"')
_FROM = re.compile(r'(registry|url|git|editable|virtual|directory|path) ?= ?"([^"]*)"')
_LOCAL = ("editable", "virtual", "directory", "path")
_MOST_HASHES = 64

Block = tuple[int, dict[str, str]]
"""Line of a package's head, and its fields; `hashes` are parted by spaces, `local` says it is a folder."""


def blocks_of(file: BinaryIO, heads: tuple[str, ...]) -> Iterator[Block]:
    """Packages in the order of the file.

    Args:
        file: At its start.
        heads: Lines that begin a package, for instance `[[package]]`.
    """
    return _blocks(lines_of(file), heads)


def _blocks(lines: Iterable[tuple[int, str]], heads: tuple[str, ...]) -> Iterator[Block]:
    line, fields, within = 0, dict[str, str](), False
    for number, text in lines:
        if text.rstrip() in heads:
            if line:
                yield line, fields
            line, fields, within = number, {}, True
        elif text.startswith("["):
            within = text.startswith(("[package.source]", "[packages.vcs]"))
        elif line:
            _add(fields, text, within=within)
    if line:
        yield line, fields


def _add(fields: dict[str, str], text: str, *, within: bool) -> None:
    """Nothing; what a line states is in the fields."""
    if "hash" in text or "sha" in text:
        for name, digest in _HASH.findall(text):
            found = digest if name == "hash" else f"{name}:{digest}"
            if fields.get("hashes", "").count(" ") < _MOST_HASHES:
                fields["hashes"] = f"{fields.get('hashes', '')} {found}".strip()
    if within and (met := _VALUE.match(text)):
        value = met[2].strip()
        if (place := _FROM.search(value)) and value.startswith("{"):
            fields["local"] = "yes" if place[1] in _LOCAL else ""
            fields["resolved"] = place[2]
        elif value.startswith('"'):
            fields.setdefault(met[1], value[1:].partition('"')[0])
