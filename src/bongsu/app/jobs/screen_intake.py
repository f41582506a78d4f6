"""Files of records to events, and a user's lists to what a screening knows beside them."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from bongsu.analyze.damping import ScreenContext
from bongsu.app.jobs.screen_mapping import read_mapping
from bongsu.errors import FormatError
from bongsu.facts.load import load_labels
from bongsu.model.event import EVENT
from bongsu.model.identifier import IDENTIFIER_KINDS
from bongsu.model.label import LABEL, NEGATIVE, Label
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.person_registry import load_plan
from bongsu.normalize.record import normalize_records
from bongsu.normalize.record_value import canonical_value
from bongsu.read.delimited import read_delimited
from bongsu.read.label_registry import load_label_reader, sniff_label_format
from bongsu.read.person_registry import load_person_reader, sniff_person_source
from bongsu.read.sniff import read_head, shape_of
from bongsu.store.durable import digest

Progress = Callable[[Path, int], None]
BATCH_ROWS = 500_000
LISTED_COLUMNS = ("thing", "value", "source")
"""Columns of a list of identifiers; a column `namespace` may stand beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRequest:
    """What a person asks of a screening."""

    files: tuple[Path, ...]
    labels: tuple[Path, ...] = ()
    """Label files: exchanges, payers, contracts, and listed wallets by their category."""
    listed: tuple[Path, ...] = ()
    """Lists by a court, an authority or a researcher: wallets, or identifiers with their sources."""
    approved: frozenset[str] = frozenset()
    own_places: tuple[str, ...] = ()
    """Postal and network addresses of the company itself."""
    mapping: Path | None = None
    countries: tuple[str, ...] = ()
    """Whose law is told beside each case: ISO 3166-1 alpha-2 codes, or EU."""
    asn: Path | None = None
    """Table of networks: whose an address was, of which kind, and when."""
    likeness: bool = True
    """Whether names and days of birth are read to say which records may be of one person."""


@dataclass(slots=True, kw_only=True)
class ReadRecords:
    """Counts of one file."""

    path: Path
    source: str
    sha256: str
    rows: int = 0
    events: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: dict[str, str] = field(default_factory=dict)

    def count(self, batch: Batch, rejects: pa.Table) -> None:
        """Nothing; adds the rows of a batch, and the rejects of reading and of normalizing it."""
        self.rows += batch.rows.num_rows + batch.rejects.num_rows
        for row in [*batch.rejects.to_pylist(), *rejects.to_pylist()]:
            self.rejects[row["rule"]] += 1
            self.first_rejects.setdefault(row["rule"], f"{row['locator']}: {row['message']}")

    def document(self) -> dict[str, Any]:
        """The counts as plain data, with the file's name and not its folder."""
        return {**dataclasses.asdict(self), "path": self.path.name, "rejects": dict(self.rejects)}


def read_events(request: ScreenRequest, progress: Progress) -> tuple[pa.Table, list[ReadRecords]]:
    """Events of all files, and counts of each.

    Raises:
        InputError: When a file cannot be read.
        FormatError: When no source fits a file.
    """
    told = read_mapping(request.mapping) if request.mapping else {}
    parts, counts = [EVENT.empty_table()], []
    for path in request.files:
        stated = told.get(path.name, {})
        name = str(stated.get("source") or sniff_person_source(path))
        done = ReadRecords(path=path, source=name, sha256=digest(path))
        for part in _events_of(done, stated.get("columns", {})):
            parts.append(part)
            progress(path, done.rows)
        counts.append(done)
    return pa.concat_tables(parts), counts


def context_of(request: ScreenRequest) -> ScreenContext:
    """What the user knows beside the records, with the sanctions listings and services that ship.

    Raises:
        FormatError: When a list is none.
    """
    identifiers = [path for path in request.listed if _is_identifiers(path)]
    wallets = [path for path in request.listed if path not in identifiers]
    labels = [label for path in request.labels for label in _labels(path)]
    labels += [_as_listed(label) for path in wallets for label in _labels(path)]
    return ScreenContext(
        labels=(*load_labels(), *labels),
        listed={key: source for path in identifiers for key, source in _identifiers(path)},
        approved=frozenset(name.casefold() for name in request.approved),
        own_places=frozenset(_own(text) for text in request.own_places),
    )


def withheld_values(context: ScreenContext) -> frozenset[str]:
    """Values that are nobody's own, and are handed over to nobody: by negative labels, and the company's."""
    return context.own_places | {one.address for one in context.labels if one.category in NEGATIVE}


def _events_of(done: ReadRecords, columns: dict[str, str]) -> Iterator[pa.Table]:
    plan = load_plan(done.source)
    reader = load_person_reader(done.source)
    for batch in reader.read(done.path, batch_rows=BATCH_ROWS, told=columns):
        found = normalize_records(batch.rows, plan, done.sha256)
        done.count(batch, found.rejects)
        done.events += found.events.num_rows
        yield found.events


def _labels(path: Path) -> list[Label]:
    reader = load_label_reader(sniff_label_format(path))
    found = pa.concat_tables([LABEL.empty_table(), *(batch.labels for batch in reader.read(path))])
    return [Label(**row) for row in found.to_pylist()]


def _as_listed(label: Label) -> Label:
    """Label of a list: what it calls nothing that many deal with is listed."""
    listed = label.category in NEGATIVE or label.category in {"sanctioned", "theft"}
    return label if listed else dataclasses.replace(label, category="abuse")


def _is_identifiers(path: Path) -> bool:
    return set(LISTED_COLUMNS) <= set(shape_of(path, read_head(path)).names)


def _identifiers(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    shape = shape_of(path, read_head(path))
    picks = {name: name if name in shape.names else "" for name in (*LISTED_COLUMNS, "namespace")}
    for batch in read_delimited(path, shape, picks, BATCH_ROWS):
        for row in batch.rows.to_pylist():
            thing = row["thing"] or ""
            found = canonical_value(thing, row["value"] or "", row["namespace"] or "")
            if thing not in IDENTIFIER_KINDS or isinstance(found, Fault):
                raise FormatError(
                    _("Cannot use list {path}: row {row} is no identifier.").format(
                        path=path, row=row["locator"]
                    ),
                    hint=_("Known things: {names}.").format(names=", ".join(IDENTIFIER_KINDS)),
                )
            yield (thing, found), row["source"] or path.name


def _own(text: str) -> str:
    """Canonical form of an address of the company."""
    for thing in ("ip", "postal_address"):
        found = canonical_value(thing, text)
        if not isinstance(found, Fault):
            return found
    raise FormatError(
        _("Cannot use address {text}: it is neither a network nor a postal address.").format(text=text)
    )
