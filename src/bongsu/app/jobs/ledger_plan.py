"""What an import is to do with each file: its format, its content's hash, what the ledger knows of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bongsu.app.jobs.ledger_unit import demand_one_scale
from bongsu.errors import InputError
from bongsu.model.asset import ETHEREUM
from bongsu.model.text import _
from bongsu.read.registry import load_reader, sniff_format
from bongsu.store.manifest import Manifest, SourceRecord

BATCH_ROWS = 100_000
"""Rows of a batch; cuts are the same on each run, so an import can resume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What a person says about the files of an import."""

    format: str = ""
    """Empty: told from the content."""
    columns: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    chain: str = ETHEREUM
    license: str = ""
    note: str = ""
    replace: bool = False
    """Read known content again with these options; drop other content of the same name."""
    batch_rows: int = BATCH_ROWS

    def options(self) -> dict[str, Any]:
        """What decides how rows are understood."""
        return {"chain": self.chain, "columns": self.columns, "unit": self.unit}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One file to import."""

    path: Path
    record: SourceRecord
    replaces: list[str] = field(default_factory=list)
    """Hashes of sources that go."""
    notes: list[str] = field(default_factory=list)


def plan_import(paths: list[Path], manifest: Manifest, request: ImportRequest) -> Iterator[Planned]:
    """The files, tables of blocks first; a file is hashed when its turn comes.

    Raises:
        InputError: When a file cannot be read, or is known with other options, or its name is known with
            other content, or its unit has another size than in the ledger.
        FormatError: When a file's format cannot be told.
    """
    formats = [(path, _format_of(path, request)) for path in paths]
    before: dict[str, list[str]] = {}
    for one in manifest.sources:
        before.setdefault(one.name, []).append(one.sha256)
    hashed = cache(hash_file)
    for path, name in sorted(formats, key=lambda one: not one[1].endswith("/blocks")):
        record = _record(path, name, request)
        others = [one for one in before.get(path.name, []) if one != record.sha256]
        if others:
            siblings = {hashed(one) for one in paths if one.name == path.name and one != path}
            others = [one for one in others if one not in siblings]
        yield _plan(path, record, others, manifest=manifest, replace=request.replace)


def _format_of(path: Path, request: ImportRequest) -> str:
    if not request.format:
        return sniff_format(path)
    load_reader(request.format)
    hash_file(path, most=1)
    return request.format


def _record(path: Path, name: str, request: ImportRequest) -> SourceRecord:
    return SourceRecord(
        sha256=hash_file(path),
        name=path.name,
        format=name,
        options=request.options(),
        license=request.license,
        note=request.note,
        bytes=path.stat().st_size,
        batch_rows=request.batch_rows,
    )


def _plan(
    path: Path, record: SourceRecord, others: list[str], *, manifest: Manifest, replace: bool
) -> Planned:
    """The file's plan.

    Args:
        path: File.
        record: What it is.
        others: Other content that the ledger has under its name and that no file of this import is.
        manifest: The ledger's sources.
        replace: Whether those others go.
    """
    known = manifest.find(record.sha256)
    same = known is not None and (known.format, known.options) == (record.format, record.options)
    if known is not None and not same and not replace:
        raise InputError(
            _("Cannot import {path}: the ledger has this content with other options ({said}).").format(
                path=path, said=_said(known)
            ),
            hint=_("To read it again with the new ones, add --replace."),
        )
    if known is None and others and not replace:
        raise InputError(
            _("Cannot import {path}: the ledger has other content under this name ({sha}).").format(
                path=path, sha=_listed(others)
            ),
            hint=_(
                "If this file corrects or extends the other, add --replace; if it is another file, rename it"
                " or import both with one command."
            ),
        )
    gone = others if replace else []
    stay = [one for one in manifest.sources if one.sha256 not in {record.sha256, *gone}]
    demand_one_scale(path, record, stay)
    note = _("other content of the same name was dropped: {sha}").format(sha=_listed(gone))
    return Planned(path=path, record=record, replaces=gone, notes=[note] if gone else [])


def _listed(hashes: list[str]) -> str:
    return ", ".join(one[:12] for one in hashes)


def _said(record: SourceRecord) -> str:
    said = {"format": record.format, **record.options}
    return ", ".join(f"{name} {value}" for name, value in said.items() if value)


def hash_file(path: Path, *, most: int = -1) -> str:
    """SHA-256 of the file's content, or of its first bytes.

    Raises:
        InputError: When the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            if most >= 0:
                return hashlib.sha256(file.read(most)).hexdigest()
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=path, why=error.strerror or error),
            hint=_("Check that the file exists and that you may read it."),
        ) from error
