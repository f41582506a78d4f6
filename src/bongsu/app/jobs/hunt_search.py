"""A share of a hunt, as one process does it: files read, events looked at, what was met and what was not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.detect import Detector
from bongsu.analyze.detect_sighting import sightings_of
from bongsu.analyze.file_sighting import file_sighting
from bongsu.analyze.indicator_index import IndicatorIndex
from bongsu.analyze.indicator_match import match_block
from bongsu.analyze.indicator_tally import IndicatorTally
from bongsu.analyze.package_match import match_packages
from bongsu.analyze.sighting import merge_sightings
from bongsu.errors import BongsuError
from bongsu.facts.log_field import LogField, load_log_fields
from bongsu.model.log import LogBatch, LogBlock
from bongsu.model.sighting import Sighting
from bongsu.normalize.log_gather import Gatherer
from bongsu.read.log_part import LogPart, count_lines, open_part
from bongsu.read.log_registry import load_log_reader, read_log
from bongsu.read.yara import YaraScanner

BATCH_ROWS = 50_000
FIRST_REJECTS = 3


class Part(NamedTuple):
    """A file, or a stretch of it, to be read."""

    number: int
    """Of the part, through all files."""
    path: Path
    reader: str
    """Empty: YARA rules are asked of it."""
    stretch: Any
    """A part of lines, or what the reader's `parts` gave; None: the whole file."""
    name: str = ""
    """Of the file, where something is said of it as a whole."""


@dataclass(slots=True)
class Searched:
    """What was searched of a file, or of a part of one."""

    events: Counter[str] = field(default_factory=Counter)
    """By stream."""
    lines: int = 0
    """Lines of a part of lines, its repeated header not counted."""
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: list[str] = field(default_factory=list)
    failure: str = ""
    """Why reading ended early; empty: it did not."""
    scanned: bool = False
    """Whether YARA rules were asked of it."""
    scan_failure: str = ""
    """Why they were not, though they were to be."""

    def add(self, other: "Searched") -> None:
        """Nothing; what another stretch of the file gave is added."""
        self.events.update(other.events)
        self.rejects.update(other.rejects)
        self.first_rejects = (self.first_rejects + other.first_rejects)[:FIRST_REJECTS]
        self.failure = self.failure or other.failure
        self.scanned = self.scanned or other.scanned
        self.scan_failure = self.scan_failure or other.scan_failure


class Watch(Protocol):
    """Something that must see all events of a hunt before it can tell; a process hands its own over."""

    def add(self, block: LogBlock) -> None:
        """Nothing; looks at a block."""
        ...

    def merge(self, other: Any) -> None:  # noqa: ANN401
        """Nothing; takes what another of its kind has seen."""
        ...

    def sightings(self) -> list[Sighting]:
        """What was seen."""
        ...

    def notes(self) -> list[str]:
        """What could not be looked at, and why."""
        ...


@dataclass(slots=True)
class Found:
    """What a share of a hunt found; pickled from the process that did it."""

    sightings: list[Sighting] = field(default_factory=list)
    files: dict[int, Searched] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Ids of the rules that some event was held against."""
    unruled: Counter[str] = field(default_factory=Counter)
    """Events that no rule is about, by stream."""
    watches: dict[str, Watch] = field(default_factory=dict)
    """What looks at all events of a hunt together."""
    yara_rules: int = 0
    """YARA rules that files were asked for."""


class Search:
    """Rules, indicators and what else looks at events, ready for shares of a hunt.

    Args:
        detector: Rules.
        index: Indicators; None: there are none.
        watches: Makers of what must see all events, by name.
        scanner: YARA rules; None: there are none.
    """

    def __init__(
        self,
        detector: Detector,
        index: IndicatorIndex | None = None,
        watches: Mapping[str, Callable[[], Watch]] | None = None,
        *,
        scanner: YaraScanner | None = None,
    ) -> None:
        self.detector = detector
        self.index = index
        self.watches = watches or {}
        self.scanner = scanner

    def run(self, parts: Iterable[Part]) -> Found:
        """What is found in parts of files, in their order."""
        found, gatherer = Found(watches={name: make() for name, make in self.watches.items()}), Gatherer()
        tally = IndicatorTally(self.index) if self.index is not None else None
        for part in parts:
            searched = found.files.setdefault(part.number, Searched())
            if not part.reader:
                found.sightings += self._scan(part, searched)
                continue
            for batch in _batches(part, searched):
                self._look(gatherer.add(part.number, batch), found, tally)
        self._look(gatherer.flush(), found, tally)
        found.sightings += tally.sightings() if tally else ()
        found.sightings = merge_sightings(found.sightings)
        found.asked = set(self.detector.asked)
        found.yara_rules = self.scanner.count if self.scanner else 0
        return found

    def _scan(self, part: Part, searched: Searched) -> list[Sighting]:
        """What YARA rules say of a file."""
        assert self.scanner is not None
        scanned = self.scanner.scan(part.path, part.name)
        searched.scanned, searched.scan_failure = not scanned.why, scanned.why
        return [file_sighting(match, f"#{part.number}", part.name) for match in scanned.matches]

    def _look(
        self, blocks: Iterable[tuple[LogBlock, pa.Table]], found: Found, tally: IndicatorTally | None
    ) -> None:
        for block, rejects in blocks:
            for row in rejects.to_pylist():
                _add_reject(found.files[int(row["source"].removeprefix("#") or 0)], row)
            if not self.detector.plan(block.stream).rules:
                found.unruled[stream_name(block)] += block.rows
            for hit in self.detector.find(block):
                found.sightings += sightings_of(hit, block)
            if tally is not None:
                meaning = _meaning(block)
                tally.add(block, meaning, match_block(block, meaning, tally.index))
                tally.add(block, meaning, match_packages(block, tally.index))
            for watch in found.watches.values():
                watch.add(block)


def _meaning(block: LogBlock) -> Mapping[str, LogField]:
    """Meaning of the fields; where nothing is known of the product, each is text that may hold anything."""
    known = load_log_fields(block.stream.product)
    return known or {name: LogField("", "text") for name in block.columns}


def _batches(part: Part, searched: Searched) -> Iterator[LogBatch]:
    """Batches of a part; a reader that cannot go on ends the part, and that is noted."""
    try:
        with part.path.open("rb") as file:
            for batch in _read(part, file, searched):
                _count(batch, searched)
                yield batch
    except (BongsuError, OSError) as error:
        searched.failure = str(error)


def _read(part: Part, file: BinaryIO, searched: Searched) -> Iterator[LogBatch]:
    if part.stretch is None:
        yield from read_log(part.reader, file, batch_rows=BATCH_ROWS)
        return
    reader: Any = load_log_reader(part.reader)
    if isinstance(part.stretch, LogPart):
        searched.lines = count_lines(file, part.stretch)
        yield from reader.read(open_part(file, part.stretch), batch_rows=BATCH_ROWS)
    else:
        yield from reader.read(file, batch_rows=BATCH_ROWS, part=part.stretch)


def _count(batch: LogBatch, searched: Searched) -> None:
    searched.events[stream_name(batch)] += batch.rows.num_rows
    if not batch.rejects.num_rows:
        return
    for row in batch.rejects.slice(0, FIRST_REJECTS).to_pylist():
        _show_reject(searched, row)
    for one in pc.value_counts(batch.rejects["rule"]).to_pylist():
        searched.rejects[one["values"]] += one["counts"]


def _add_reject(searched: Searched, row: dict[str, Any]) -> None:
    searched.rejects[row["rule"]] += 1
    _show_reject(searched, row)


def _show_reject(searched: Searched, row: dict[str, Any]) -> None:
    if len(searched.first_rejects) < FIRST_REJECTS:
        searched.first_rejects.append(f"{row['locator']}: {row['message']}")


def stream_name(batch: LogBatch | LogBlock) -> str:
    """Name of the stream of events, for people: product, channel or service."""
    stream = batch.stream
    named = (stream.product, stream.channel or stream.service, stream.category if not stream.service else "")
    return " ".join(one for one in named if one) or "-"
