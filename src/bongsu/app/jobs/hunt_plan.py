"""The work of a hunt: files met, cut into parts that processes share, and where in its file a line is."""

import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from bongsu.app.jobs.hunt_search import Found, Part, Searched
from bongsu.model.evidence import Evidence
from bongsu.model.sighting import Sighting
from bongsu.read.log_file import LogMember, NotSearched, log_members
from bongsu.read.log_part import LogPart, cut_log
from bongsu.read.log_registry import load_log_reader, sniff_log
from bongsu.read.sniff import HEAD_BYTES

Progress = Callable[[str, int], None]
"""Told the name of each file that is done, and its bytes."""
SHARE_BYTES = 16 * 1024 * 1024
"""Bytes of logs in a share of the work."""
SHARE_FILES = 200
LINES = frozenset({"zeek", "suricata", "w3c", "squid", "web_access", "dns_query", "syslog", "plain_text"})
"""Formats of one event a line, whose files may be cut at line ends."""
MAIL = frozenset({"mail", "outlook_msg"})
"""Formats whose files stay unpacked to the end, for what is met in them is looked at once more."""


class HuntFile(NamedTuple):
    """A file that was met, and what was searched of it."""

    name: str
    sha256: str
    reader: str
    """Format; empty: none fits."""
    searched: Searched


class _Cut(NamedTuple):
    """What a part is of."""

    file: int
    head_lines: int


class Plan:
    """Files in the order in which they are met; parts are numbered through all files.

    Args:
        scans: Whether YARA rules are asked of files of a format.
    """

    def __init__(self, scans: Callable[[str], bool] = lambda reader: False) -> None:
        self._scans = scans
        self.not_searched: list[NotSearched] = []
        self._members: list[LogMember] = []
        self._readers: list[str] = []
        self._open: list[int] = []
        self._cuts: list[_Cut] = []

    def shares(self, paths: Iterable[Path], spool: Path) -> Iterator[list[Part]]:
        """Shares of the work, each of some files or of a part of one; the same files give the same shares."""
        share: list[Part] = []
        size = 0
        for part, part_bytes in self._parts(paths, spool):
            share.append(part)
            size += part_bytes
            if size >= SHARE_BYTES or len(share) >= SHARE_FILES:
                yield share
                share, size = [], 0
        if share:
            yield share

    def close(self, found: Found, progress: Progress) -> None:
        """Nothing; files of which every part is done are told and closed."""
        for part in found.files:
            number = self._cuts[part].file
            self._open[number] -= 1
            if not self._open[number]:
                member = self._members[number]
                progress(member.name, member.path.stat().st_size)
                if self._readers[number] not in MAIL:
                    member.close()

    def files(self, found: Found) -> list[HuntFile]:
        """Files with what was searched of each."""
        whole = [Searched() for _member in self._members]
        for part, searched in sorted(found.files.items()):
            whole[self._cuts[part].file].add(searched)
        named = zip(self._members, self._readers, whole, strict=True)
        return [HuntFile(member.name, member.sha256, reader, one) for member, reader, one in named]

    def placed(self, sightings: Iterable[Sighting], found: Found) -> list[Sighting]:
        """Sightings whose evidence names files by number and lines of the whole file, not of a part."""
        before = self._lines_before(found)
        return [
            dataclasses.replace(one, evidence=tuple(self._placed(place, before) for place in one.evidence))
            for one in sightings
        ]

    def reopen_mail(self, source: str) -> BinaryIO:
        """File of a mail by the part that evidence names; empty for one that holds no mail as delivered."""
        number = self._cuts[int(source.removeprefix("#"))].file
        return self._members[number].open() if self._readers[number] == "mail" else io.BytesIO()

    def _parts(self, paths: Iterable[Path], spool: Path) -> Iterator[tuple[Part, int]]:
        for place, path in enumerate(paths):
            own = spool / str(place)
            own.mkdir()
            for member in log_members(path, own):
                if isinstance(member, NotSearched):
                    self.not_searched.append(member)
                else:
                    yield from self._cut(member)

    def _cut(self, member: LogMember) -> Iterator[tuple[Part, int]]:
        """Parts of a file and their bytes; none where nothing is to be done with it."""
        with member.open() as file:
            reader = sniff_log(file.read(HEAD_BYTES))
            size = member.path.stat().st_size
            stretches = _stretches(reader, file, size) if reader else []
        scans = self._scans(reader)
        number = len(self._members)
        self._members.append(member)
        self._readers.append(reader)
        self._open.append(len(stretches) + scans)
        if not self._open[number]:
            member.close()
        if scans:  # before the parts of lines, so that its bytes are not taken for lines after them
            self._cuts.append(_Cut(number, 0))
            yield Part(len(self._cuts) - 1, member.path, "", None, member.name), size
        for stretch in stretches:
            head = stretch.head_lines if isinstance(stretch, LogPart) else 0
            self._cuts.append(_Cut(number, head))
            yield Part(len(self._cuts) - 1, member.path, reader, stretch), size // len(stretches)

    def _lines_before(self, found: Found) -> dict[int, int]:
        """Part to what is added to its lines: those of the parts before it, less its repeated header."""
        before: dict[int, int] = {}
        sums = [0] * len(self._members)
        for part, cut in enumerate(self._cuts):
            before[part] = sums[cut.file] - cut.head_lines
            sums[cut.file] += found.files[part].lines if part in found.files else 0
        return before

    def _placed(self, place: Evidence, before: dict[int, int]) -> Evidence:
        part = int(place.sha256.removeprefix("#"))
        locator = place.locator
        if before[part] and locator.isdigit():
            locator = str(int(locator) + before[part])
        return Evidence(sha256=f"#{self._cuts[part].file}", locator=locator, what=place.what)


def _stretches(reader: str, file: BinaryIO, size: int) -> list[Any]:
    """Parts of a file as its reader takes them; None for the whole file."""
    if size <= SHARE_BYTES:
        return [None]
    if reader in LINES:
        parts = cut_log(file, -(-size // SHARE_BYTES), least=SHARE_BYTES // 2)
        return list(parts) if len(parts) > 1 else [None]
    split = getattr(load_log_reader(reader), "parts", None)
    return list(split(size)) if split is not None else [None]
