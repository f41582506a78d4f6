"""Packages of lockfiles that are malicious: by ecosystem, whole name and version, and by publisher.

A source that names versions means those only: `axios` is not malicious, two of its versions were. Names are
compared whole, so `tailwindcss-anim` is not `tailwindcss-animate`. A dependency under another name is what it
stands for.
"""

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from bongsu.analyze.indicator_index import IndicatorIndex
from bongsu.analyze.indicator_match import Met, View, events_of
from bongsu.model.log import LogBlock
from bongsu.model.version_range import VersionRange

PRODUCT = "lockfile"
"""Product of the streams that are looked at; their service is the ecosystem."""
_ALIAS = re.compile(r"(?:npm:)?(@?[^@]+)(?:@(.*))?")


def match_packages(block: LogBlock, index: IndicatorIndex) -> list[Met]:
    """Rows of a block of a lockfile that are malicious packages; none for other streams.

    Columns: `name`, `version`, and `alias_of` where a name stands for another package. Cost: some
    microseconds a row.
    """
    if block.stream.product != PRODUCT or "name" not in block.columns:
        return []
    texts = [_texts(block, name) for name in ("name", "version", "alias_of")]
    listed = list(zip(*texts, strict=True))
    places = {one: place for place, one in enumerate(dict.fromkeys(listed))}
    code = np.array([places[one] for one in listed], np.int64)
    known = _Known(index, block.stream.service)
    found = [(place, key) for one, place in places.items() for key in known.keys_of(*one)]
    if not found:
        return []
    shown = pa.array([show_package(name, version, alias) for name, version, alias in places], pa.string())
    view = View("name", "package", shown, code)
    pairs = np.array(found, np.int64)
    return [events_of(view, (pairs[:, 0], pairs[:, 1]))]


def show_package(name: str, version: str, alias: str) -> str:
    """Package as `name@version`, by its real name."""
    real, stated = real_package(name, version, alias)
    return f"{real}@{stated}" if stated else real


def real_package(name: str, version: str, alias: str) -> tuple[str, str]:
    """Name and version of what is installed: an alias (`npm:left-pad@1.0.0` or a name) says what it is."""
    found = _ALIAS.fullmatch(alias.strip()) if alias else None
    if found is None:
        return name.strip(), version.strip()
    return found[1], version.strip() or (found[2] or "")


def package_name(ecosystem: str, name: str) -> str:
    """Name as it is compared: in lower case; of PyPI with one hyphen for hyphens, dots and underscores."""
    return re.sub(r"[-_.]+", "-", name.lower()) if ecosystem == "pypi" else name.lower()


class _Known:
    """Packages and publishers of an ecosystem."""

    def __init__(self, index: IndicatorIndex, ecosystem: str) -> None:
        self.index, self.ecosystem = index, ecosystem
        self.packages = dict(self._named("package"))
        self.publishers = dict(self._named("alias"))

    def _named(self, group: str) -> Iterator[tuple[str, int]]:
        for key, (space, value) in enumerate(self.index.values(group), start=self.index.base[group]):
            if space in {"", self.ecosystem}:
                yield package_name(self.ecosystem, value), key

    def keys_of(self, name: str, version: str, alias: str) -> Iterator[int]:
        """Keys that the package meets."""
        real, stated = real_package(name, version, alias)
        key = self.packages.get(package_name(self.ecosystem, real))
        if key is not None and any(holds(row["versions"], stated) for row in self.index.of_key(key)):
            yield key
        if real.startswith("@") and "/" in real:
            publisher = self.publishers.get(real[1:].partition("/")[0].lower())
            if publisher is not None:
                yield publisher


def holds(versions: str, version: str) -> bool:
    """Whether an indicator with these versions means this one; without versions it means all."""
    if not versions:
        return True
    try:
        return VersionRange(versions).holds(version)
    except ValueError:
        return False


def _texts(block: LogBlock, name: str) -> list[str]:
    if name not in block.columns:
        return [""] * block.rows
    return [text or "" for text in block.columns[name].to_pylist()]
