"""Import of source files into a ledger: read, normalize, keep, seal; safe to kill and to run again."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bongsu.app.jobs.block_note import BlockNotes
from bongsu.app.jobs.event_fact import DECODED, event_facts
from bongsu.app.jobs.inspect import known_decimals
from bongsu.app.jobs.ledger_plan import ImportRequest, Planned, plan_import
from bongsu.errors import InputError
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.normalize.context import Context
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader
from bongsu.store.block_fact import load_fees
from bongsu.store.counts import Counts
from bongsu.store.folder import demand_room
from bongsu.store.lock import locked
from bongsu.store.manifest import NAME as MANIFEST_NAME
from bongsu.store.manifest import Manifest, SourceRecord, fingerprint_of, load_manifest, save_manifest
from bongsu.store.part import PartWriter, remove_files
from bongsu.store.seal_folder import seal_locked

Progress = Callable[[Path, int], None]
"""Called with a file and the rows of it that are done."""
_WRITERS, _IN_FLIGHT = 2, 2
"""Threads that make and write batches, most of it without the interpreter's lock; batches that may wait."""
_FEES_MATTER = {
    "ethereum-etl/transactions",
    "bigquery/transactions",
    "graphsense/transactions",
    "blockchair/ethereum-transactions",
}
"""Formats whose fees are split where the base fee of the block is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file of an import."""

    path: Path
    record: SourceRecord
    known: bool
    """True: the ledger had the same content already, nothing was done."""
    notes: list[str] = field(default_factory=list)
    """What a person should know: other content under the same name, content replaced."""

    def document(self) -> dict[str, Any]:
        """The outcome as plain data."""
        record = self.record
        names = ("rows_in", "rows_kept", "transfers", "rejects", "first_rejects", "set_aside", "gaps", "sums")
        return {
            "path": str(self.path),
            "sha256": record.sha256,
            "format": record.format,
            "known": self.known,
            "notes": self.notes,
            **{name: getattr(record, name) for name in names},
        }


def import_files(
    paths: list[Path], ledger: Path, request: ImportRequest, *, progress: Progress = lambda path, rows: None
) -> Iterator[Imported]:
    """One outcome a file; tables of blocks come first, for they give base fees. Does not seal.

    Raises:
        InputError: When a file cannot be read or changes meanwhile.
        FormatError: When a file's format cannot be told.
        LedgerError: When the disk is full, another process writes to the ledger, or the folder is none.
    """
    demand_room(ledger)
    with locked(ledger):
        manifest = load_manifest(ledger) if (ledger / MANIFEST_NAME).exists() else Manifest()
        for planned in plan_import(paths, manifest, request):
            yield _import_planned(ledger, manifest, planned, progress)


def seal_import(ledger: Path) -> Manifest:
    """The manifest after sealing what was imported.

    Raises:
        LedgerError: When the disk is full, or another process writes to the ledger.
    """
    with locked(ledger):
        return seal_locked(ledger)


def _import_planned(ledger: Path, manifest: Manifest, planned: Planned, progress: Progress) -> Imported:
    record = planned.record
    context = _context(ledger, manifest, record)
    notes = list(planned.notes)
    known = manifest.find(record.sha256)
    if known is not None:
        if (known.format, known.options, known.context) == (record.format, record.options, record.context):
            if planned.replaces:
                _drop(ledger, manifest, planned.replaces)
            notes.append(_("the ledger has this content, as {name}: nothing to do").format(name=known.name))
            return Imported(path=planned.path, record=known, known=True, notes=notes)
        notes.append(_("imported again: options, base fees or token decimals are other than before"))
        _withdraw(ledger, manifest, known)
    writer = PartWriter(ledger=ledger, record=record)
    counts = _copy(planned, writer, context, progress)
    for name, value in counts.document().items():
        setattr(record, name, value)
    record.files = dict(sorted(writer.files.items()))
    manifest.put(record)
    _drop(ledger, manifest, planned.replaces)
    remove_files(ledger, record.sha256, keep=record.files)
    notes += _stale_fees(manifest, record)
    if not record.rows_in:
        notes.append(_("the file has no rows"))
    return Imported(path=planned.path, record=record, known=False, notes=notes)


def _drop(ledger: Path, manifest: Manifest, hashes: list[str]) -> None:
    """Nothing; the manifest is on the disk without these sources, then their files go."""
    manifest.sources = [one for one in manifest.sources if one.sha256 not in hashes]
    save_manifest(ledger, manifest)
    for sha256 in hashes:
        remove_files(ledger, sha256)


def _withdraw(ledger: Path, manifest: Manifest, record: SourceRecord) -> None:
    """Nothing; the source is not of the ledger while its batches are made again, lest a kill mix them."""
    manifest.sources = [one for one in manifest.sources if one is not record]
    save_manifest(ledger, manifest)


def _stale_fees(manifest: Manifest, record: SourceRecord) -> list[str]:
    """A note, if the record is of blocks whose base fees came after transactions of their chain."""
    if not record.format.endswith("/blocks"):
        return []
    chain = record.options["chain"]
    late = [one for one in manifest.sources if one.format in _FEES_MATTER and one.options["chain"] == chain]
    names = ", ".join(one.name for one in late)
    note = _("base fees reach {names} only if imported again after this").format(names=names)
    return [note] if late else []


def _context(ledger: Path, manifest: Manifest, record: SourceRecord) -> Context:
    """Facts beside the file; which of them matter is noted in its record.

    Gaps that traces would fill are kept even if traces are imported: the seal knows which blocks have them.
    """
    said: dict[str, Any] = {name: record.options[name] for name in ("chain", "columns", "unit")}
    if record.format in DECODED:
        record.context = {"events": event_facts()}
        return Context(**said)
    decimals = known_decimals(record.format)
    if decimals:
        record.context = {"decimals": fingerprint_of([("", decimals)])}
        return Context(**said, decimals=decimals)
    if record.format not in _FEES_MATTER:
        return Context(**said)
    fees = load_fees(ledger, manifest, record.options["chain"])
    record.context = {"base_fees": fees.digest()} if fees else {}
    return Context(**said, base_fees=fees)


def _copy(planned: Planned, writer: PartWriter, context: Context, progress: Progress) -> Counts:
    """Counts of the whole file; batches that are in the ledger already are read but not made again.

    Counts are merged in the file's order, whichever batches a kill left behind: the first reject stays first.
    """
    record = planned.record
    normalize = load_normalizer(record.format)
    notes = BlockNotes(record.format, context.chain)
    total = Counts()
    waiting: list[Future[Counts]] = []
    with ThreadPoolExecutor(max_workers=_WRITERS) as disk:
        for number, batch in enumerate(_batches(planned.path, record)):
            notes.add(batch)
            done = writer.found(number)
            if done is None:
                waiting.append(disk.submit(_make, writer, number, batch, lambda one: normalize(one, context)))
            else:
                waiting.append(_ready(done))
            while len(waiting) > _IN_FLIGHT:
                total.merge(waiting.pop(0).result())
            progress(planned.path, total.rows_in)
        for one in waiting:
            total.merge(one.result())
    facts = notes.table()
    if facts is not None:
        writer.write_blocks(facts)
    progress(planned.path, total.rows_in)
    return total


def _make(writer: PartWriter, number: int, batch: Batch, normalize: Callable[[Batch], Normalized]) -> Counts:
    return writer.write(number, batch, normalize(batch))


def _ready(counts: Counts) -> Future[Counts]:
    future: Future[Counts] = Future()
    future.set_result(counts)
    return future


def _batches(path: Path, record: SourceRecord) -> Iterator[Batch]:
    """Batches of the file, which must not change while it is read."""
    before = path.stat()
    reader = load_reader(record.format, record.options["columns"])
    yield from reader.read(path, batch_rows=record.batch_rows)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError(
            _("Cannot import {path}: the file changed while it was read.").format(path=path),
            hint=_("Import it again when nothing writes to it."),
        )
