"""A made firm's week in a folder, with the truth about what is planted in it beside the folder."""

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bongsu.app.jobs.trace_document import iso
from bongsu.errors import InputError, LedgerError
from bongsu.model.text import _
from bongsu.rehearse.office import MONDAY, make_office
from bongsu.rehearse.office_incident import CLUSTER, INDICATORS, PACKAGE
from bongsu.rehearse.office_week import Piece, office_pieces
from bongsu.store.durable import disk_errors, whole_file

Document = dict[str, Any]
SCHEMA = "bongsu.rehearsal-office/1"
NOTE = "Made up for rehearsal: no person, host, mail or attack in it is real."
MOST_PEOPLE, MOST_DAYS, INCIDENT_DAYS = 5_000, 31, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRequest:
    """What a person asks of a made week."""

    people: int
    days: int
    seed: int
    incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFiles:
    """Where a week goes: the logs into a folder, what a hunter must not read beside it."""

    folder: Path

    @property
    def truth(self) -> Path:
        """What was planted where, for who scores the exercise."""
        return self.folder.with_name(self.folder.name + ".truth.json")

    @property
    def indicators(self) -> Path:
        """List of indicators that fits the incident, in the columns of public collections."""
        return self.folder.with_name(self.folder.name + ".indicators.csv")

    @property
    def packages(self) -> Path:
        """List of poisoned packages that fits the incident."""
        return self.folder.with_name(self.folder.name + ".packages.csv")


def make_office_week(into: Path, request: OfficeRequest) -> Document:
    """What was written; the same request writes the same bytes.

    Raises:
        InputError: When a number cannot be used, the folder is not empty, or the disk refuses.
    """
    _check(into, request)
    files = OfficeFiles(folder=into)
    hashes: dict[str, Any] = {}
    planted: list[Document] = []
    lines: dict[str, int] = {}
    try:
        office = make_office(request.people, request.seed)
        for piece in office_pieces(office, request.days, incident=request.incident):
            before = lines.get(piece.file, 0)
            planted += [_truth(piece, before, place) for place in range(len(piece.planted))]
            lines[piece.file] = before + piece.data.count(b"\n")
            _append(into / piece.file, piece.data, hashes.setdefault(piece.file, hashlib.sha256()))
        _write_beside(files, request, planted, {name: one.hexdigest() for name, one in hashes.items()})
    except LedgerError as error:
        hint = _("Free some disk space or check the folder's rights, then run it again.")
        raise InputError(str(error), hint=hint) from error
    return {
        "made": _("Made up for rehearsal: no person, host, mail or attack in it is real."),
        "folder": str(into),
        "files": len(hashes),
        "lines": sum(lines.values()),
        "planted": len(planted),
        "truth": str(files.truth),
        "indicators": str(files.indicators) if request.incident else None,
    }


def _check(into: Path, request: OfficeRequest) -> None:
    fewest_days = INCIDENT_DAYS if request.incident else 1
    ranges = (
        ("--people", request.people, 2, MOST_PEOPLE),
        ("--days", request.days, fewest_days, MOST_DAYS),
        ("--seed", request.seed, 0, 2**32 - 1),
    )
    for name, value, least, most in ranges:
        if not least <= value <= most:
            raise InputError(
                _("Cannot use {option} {value}: it is out of range.").format(option=name, value=value),
                hint=_("Give a whole number from {least} to {most}.").format(least=least, most=most),
            )
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise InputError(
            _("Cannot write the week to {path}: something is there.").format(path=into),
            hint=_("Name a folder that does not exist, or an empty one."),
        )


def _append(path: Path, data: bytes, seen: Any) -> None:  # noqa: ANN401
    seen.update(data)
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(data)


def _truth(piece: Piece, before: int, place: int) -> Document:
    one, line = piece.planted[place]
    return {
        "file": piece.file,
        "line": before + line,
        "time": iso(one.moment),
        "host": one.host,
        "what": one.what,
        "technique": one.technique,
        "indicator": one.indicator or None,
    }


def _write_beside(
    files: OfficeFiles, request: OfficeRequest, planted: list[Document], hashes: dict[str, str]
) -> None:
    """Nothing; the truth comes last, so that where it is, all is."""
    if request.incident:
        head = ("type", "value", "ports", "cluster", "context", "reference", "source", "note")
        rows = [(kind, value, "", cluster, text, "", NOTE, "") for kind, value, cluster, text in INDICATORS]
        _write_csv(files.indicators, [head, *rows])
        first = ("ecosystem", "name", "version", "cluster", "reported", "reference", "source")
        _write_csv(files.packages, [first, ("npm", *PACKAGE, CLUSTER, "2030-03-01", "", NOTE)])
    document = {
        "schema": SCHEMA,
        "made": NOTE,
        "people": request.people,
        "days": request.days,
        "seed": request.seed,
        "start": iso(MONDAY),
        "incident": request.incident,
        "planted": planted,
        "files": hashes,
    }
    with whole_file(files.truth) as path:
        path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _write_csv(path: Path, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    with whole_file(path) as aside:
        aside.write_text(text.getvalue(), encoding="utf-8")
