"""A share of a hunt, as one process does it: files read, events looked at, what was met and what was not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.detect import Detector
from bongsu.analyze.detect_sighting import sightings_of
from bongsu.analyze.sighting import merge_sightings
from bongsu.errors import BongsuError
from bongsu.model.log import LogBatch, LogBlock
from bongsu.model.sighting import Sighting
from bongsu.normalize.log_gather import Gatherer
from bongsu.read.log_registry import load_log_reader

BATCH_ROWS = 50_000
FIRST_REJECTS = 3


class Part(NamedTuple):
    """A file, or a stretch of it, to be read."""

    file: int
    """Number of the file."""
    path: Path
    reader: str
    stretch: Any
    """What the reader's `parts` gave; None: the whole file."""


@dataclass(slots=True)
class Searched:
    """What was searched of a file."""

    events: Counter[str] = field(default_factory=Counter)
    """By stream."""
    lines: int = 0
    """Lines of the stretches that were read, where the reader counts them."""
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: list[str] = field(default_factory=list)
    failure: str = ""
    """Why reading ended early; empty: it did not."""
    parts: int = 0
    """Stretches of the file that were read."""

    def add(self, other: "Searched") -> None:
        """Nothing; what another stretch of the file gave is added."""
        self.events.update(other.events)
        self.rejects.update(other.rejects)
        self.first_rejects = (self.first_rejects + other.first_rejects)[:FIRST_REJECTS]
        self.failure = self.failure or other.failure
        self.parts += other.parts


@dataclass(slots=True)
class Found:
    """What a share of a hunt found; pickled from the process that did it."""

    sightings: list[Sighting] = field(default_factory=list)
    files: dict[int, Searched] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Ids of the rules that some event was held against."""


Analyzer = Callable[[LogBlock], Iterable[Sighting]]
"""What else looks at a block."""


class Search:
    """Rules, indicators and analyzers, ready for shares of a hunt.

    Args:
        detector: Rules.
        analyzers: What else looks at each block.
    """

    def __init__(self, detector: Detector, analyzers: Sequence[Analyzer] = ()) -> None:
        self.detector = detector
        self.analyzers = analyzers

    def run(self, parts: Iterable[Part]) -> Found:
        """What is found in parts of files, in their order."""
        found, gatherer = Found(), Gatherer()
        for part in parts:
            searched = found.files.setdefault(part.file, Searched())
            searched.parts += 1
            for batch in _batches(part, searched):
                self._look(gatherer.add(part.file, batch), found)
        self._look(gatherer.flush(), found)
        found.sightings = merge_sightings(found.sightings)
        found.asked = set(self.detector.asked)
        return found

    def _look(self, blocks: Iterable[tuple[LogBlock, pa.Table]], found: Found) -> None:
        for block, rejects in blocks:
            for row in rejects.to_pylist():
                _add_reject(found.files[int(row["source"].removeprefix("#") or 0)], row)
            for hit in self.detector.find(block):
                found.sightings += sightings_of(hit, block)
            for analyzer in self.analyzers:
                found.sightings += analyzer(block)


def _batches(part: Part, searched: Searched) -> Iterator[LogBatch]:
    """Batches of a part; a reader that cannot go on ends the part, and that is noted."""
    reader: Any = load_log_reader(part.reader)
    more = {} if part.stretch is None else {"part": part.stretch}
    try:
        with part.path.open("rb") as file:
            for batch in reader.read(file, batch_rows=BATCH_ROWS, **more):
                _count(batch, searched)
                yield batch
    except (BongsuError, OSError) as error:
        searched.failure = str(error)


def _count(batch: LogBatch, searched: Searched) -> None:
    searched.events[stream_name(batch)] += batch.rows.num_rows
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


def stream_name(batch: LogBatch) -> str:
    """Name of the stream of a batch, for people: product, channel or service."""
    stream = batch.stream
    named = (stream.product, stream.channel or stream.service, stream.category if not stream.service else "")
    return " ".join(one for one in named if one) or "-"
