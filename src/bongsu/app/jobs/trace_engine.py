"""A trace in a ledger that is too large to be opened whole: an engine extracts, this machine traces."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.subgraph import Subgraph, complete, extract_subgraph
from bongsu.analyze.survey import LastSeen, Survey, no_movements, seen_until, survey_ledger
from bongsu.analyze.trace import Known, Trace
from bongsu.app.jobs.ledger_open import OpenLedger, describe_ledger, known_assets
from bongsu.errors import InputError
from bongsu.model.asset import Asset
from bongsu.model.label import Label
from bongsu.model.ports import Ledger, SourceFile
from bongsu.model.text import _
from bongsu.store.engine_parquet import ParquetEngine, open_parquet_engine
from bongsu.store.engine_spark import SparkEngine, open_spark
from bongsu.store.event_file import CONVERSIONS, CROSSINGS
from bongsu.store.label import read_labels
from bongsu.store.ledger import memory_ledger
from bongsu.store.part_set import PartSet, file_parts, ledger_parts
from bongsu.store.sub_ledger import sub_ledger

Progress = Callable[[str], None]
AnyEngine = ParquetEngine | SparkEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A large ledger on an engine, and what one look at all of it says."""

    engine: AnyEngine
    parts: PartSet
    survey: Survey
    labels: tuple[Label, ...]
    name: str
    files: dict[str, int]
    """The engine's name for a file to the place of its source."""

    @property
    def assets(self) -> dict[str, Asset]:
        """Assets that the imports named and facts need not know."""
        return known_assets(self.survey.assets, self.parts.records)

    def opened(self, ledger: Ledger) -> OpenLedger:
        """What a person must be told of it, with the ledger of a part of its rows."""
        return describe_ledger(ledger, self.parts.records, labels=self.labels, name=self.name)

    @contextmanager
    def extracted(
        self, asked: tuple[Lead, Limits], known: Known, progress: Progress
    ) -> Iterator[tuple[Ledger, Callable[[Trace], Trace]]]:
        """Ledger of what a trace needs, and what makes of its trace that of the whole.

        Raises:
            LeadError: When there is no movement of the lead.
            LedgerError: When the engine gives no answer, or the disk is full.
        """
        found = extract_subgraph(self.engine, self.survey, asked, known, seal=_sealed, progress=progress)
        seen = seen_until(self.engine, self.survey, asked[1].until)
        progress(_("sealing {rows} of {all} movements").format(rows=len(found.rows), all=self.survey.rows))
        with sub_ledger(self._numbered(found.rows), self.parts, busy=found.busy) as ledger:
            yield ledger, lambda made: self._complete(made, found, seen)

    def _complete(self, made: Trace, found: Subgraph, seen: LastSeen) -> Trace:
        movements = self.survey.rows if self.parts.movements is None else self.parts.movements
        return complete(made, found, movements=movements, last_seen=seen)

    def _numbered(self, rows: pa.Table) -> pa.Table:
        """The rows with the number of the source of each."""
        parts = rows["part"].combine_chunks().dictionary_encode()
        numbers = np.array([self.files[part] for part in parts.dictionary.to_pylist()], dtype=np.int32)
        return rows.append_column("file", pa.array(numbers[parts.indices.to_numpy()]))


def _sealed(rows: pa.Table) -> Ledger:
    """A small ledger whose sources do not matter."""
    return memory_ledger(rows.drop_columns("part"), [SourceFile(sha256="0" * 64, name="", format="")])


@contextmanager
def open_whole(engine: str, ledger: Path | None, parquet: str, progress: Progress) -> Iterator[Whole]:
    """A large ledger on an engine, which is closed at the end.

    Args:
        engine: `duckdb`, `spark://HOST:PORT` or `local[CORES]`.
        ledger: Folder of a sealed ledger; null: `parquet` says where the movements are.
        parquet: Folder, pattern or URL of Parquet files in the columns of a transfer.
        progress: Told the name of each stage as it begins.

    Raises:
        InputError: When the engine cannot be used, or not exactly one place is named.
        MissingExtraError: When what the engine needs is not installed.
        LedgerError: When the movements cannot be read.
    """
    if (ledger is None) == (not parquet):
        raise InputError(
            _("Cannot trace on an engine: name either a ledger or Parquet files."),
            hint=_("Add --ledger FOLDER, or --parquet 'FOLDER/*.parquet'."),
        )
    parts = None if ledger is None else ledger_parts(ledger)
    if parts is not None and any(_is_event(name) for one in parts.records for name in one.files):
        raise InputError(
            _(
                "Cannot trace {path} on an engine: it holds decoded events, which an engine does not follow."
            ).format(path=ledger),
            hint=_("Trace it without --engine; or import its files but for logs into another folder."),
        )
    progress(_("starting {engine}").format(engine=engine))
    with _engine(engine) as opened:
        progress(_("counting the movements"))
        parts = parts or file_parts(opened.list_files(parquet))
        if not parts.paths:
            raise no_movements()
        opened.load(parts.paths)
        survey = survey_ledger(opened)
        files = {part: parts.paths[opened.path_of(part)] for part in survey.rows_by_part}
        rows = read_labels(ledger).to_pylist() if ledger else []
        yield Whole(
            engine=opened,
            parts=_counted(parts, survey, files),
            survey=survey,
            labels=tuple(Label(**row) for row in rows),
            name=ledger.resolve().name if ledger else parquet,
            files=files,
        )


def _is_event(name: str) -> bool:
    return name.partition("/")[0] in (CONVERSIONS, CROSSINGS)


def _counted(parts: PartSet, survey: Survey, files: dict[str, int]) -> PartSet:
    """The parts, where files that stand for themselves are told with their number of rows."""
    if parts.movements is not None:
        return parts
    rows = {files[part]: count for part, count in survey.rows_by_part.items()}
    counted = []
    for number, record in enumerate(parts.records):
        own = rows.get(number, 0)
        counted.append(replace(record, rows_in=own, rows_kept=own, transfers=own))
    return replace(parts, records=counted)


def _engine(name: str) -> AbstractContextManager[AnyEngine]:
    return open_parquet_engine() if name == "duckdb" else open_spark(name)
