"""`manifest.json` of a ledger: what it was made of and what became of each file's rows."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bongsu.errors import LedgerError
from bongsu.model.ports import SourceFile
from bongsu.model.text import _
from bongsu.store.durable import write_whole

LAYOUT = 2
"""Version of the folder's layout."""
_SEALED_ANEW = 1
"""Layout whose parts are as they are now, so that only its sealed tables are made again."""
_CONTENT = 1
"""Version of what a fingerprint covers."""
NAME = "manifest.json"


@dataclass(slots=True, kw_only=True)
class SourceRecord:
    """One source file of a ledger; amounts are base-unit strings."""

    sha256: str
    name: str
    format: str
    options: dict[str, Any] = field(default_factory=dict)
    """What a person said about the file: columns, unit, chain."""
    context: dict[str, Any] = field(default_factory=dict)
    """What other files of the import said about it: base_fees (their digest), traces."""
    license: str = ""
    note: str = ""
    bytes: int = 0
    batch_rows: int = 0
    rows_in: int = 0
    rows_kept: int = 0
    transfers: int = 0
    rejects: dict[str, int] = field(default_factory=dict)
    first_rejects: dict[str, str] = field(default_factory=dict)
    set_aside: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """Files below the ledger's folder with their SHA-256."""

    def source_file(self) -> SourceFile:
        """The record as the analysis sees it."""
        return SourceFile(
            sha256=self.sha256, name=self.name, format=self.format, license=self.license, note=self.note
        )


@dataclass(slots=True, kw_only=True)
class Manifest:
    """Sources in the order of their SHA-256: a source's place is the number that movements cite."""

    layout: int = LAYOUT
    sources: list[SourceRecord] = field(default_factory=list)
    sealed: dict[str, Any] = field(default_factory=dict)
    """The sealed tables: folder, fingerprint, files with their SHA-256, counts."""

    def put(self, record: SourceRecord) -> None:
        """Nothing; the record takes the place of one with the same content."""
        others = [one for one in self.sources if one.sha256 != record.sha256]
        self.sources = sorted([*others, record], key=lambda one: one.sha256)

    def find(self, sha256: str) -> SourceRecord | None:
        """The record of this content."""
        return next((one for one in self.sources if one.sha256 == sha256), None)

    def fingerprint(self) -> str:
        """SHA-256 over content and options of all sources."""
        return fingerprint_of((one.sha256, {**one.options, **one.context}) for one in self.sources)


def fingerprint_of(sources: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """SHA-256 over the hashes of sources and the options they were read with, in any order."""
    lines = sorted(f"{sha256} {json.dumps(options, sort_keys=True)}" for sha256, options in sources)
    return hashlib.sha256("\n".join([f"layout {_CONTENT}", *lines]).encode()).hexdigest()


def load_manifest(ledger: Path) -> Manifest:
    """Manifest of the ledger.

    Raises:
        LedgerError: When the folder holds no ledger, or its manifest is damaged or of another layout.
    """
    path = ledger / NAME
    try:
        document = json.loads(path.read_bytes())
        if document["layout"] not in (LAYOUT, _SEALED_ANEW):
            raise _other_layout(ledger, document["layout"])
        sources = [SourceRecord(**one) for one in document["sources"]]
        sealed = _sealed(document["sealed"])
        return Manifest(sources=sources, sealed=sealed if document["layout"] == LAYOUT else {})
    except FileNotFoundError as error:
        raise LedgerError(
            _("Cannot open ledger {path}: there is no {name} in it.").format(path=ledger, name=NAME),
            hint=_("Make one: bongsu ledger import FILE... --into {path}").format(path=ledger),
        ) from error
    except OSError as error:
        raise LedgerError(
            _("Cannot open ledger {path}: {why}.").format(path=ledger, why=error.strerror or error),
            hint=_("Name the folder of a ledger that you may read."),
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise LedgerError(
            _("Cannot open ledger {path}: its {name} is damaged.").format(path=ledger, name=NAME),
            hint=_("Restore the folder from a copy, or import the source files into a new one."),
        ) from error


def _other_layout(ledger: Path, found: object) -> LedgerError:
    newer = isinstance(found, int) and found > LAYOUT
    return LedgerError(
        _("Cannot open ledger {path}: its layout is {found}, not {wanted}.").format(
            path=ledger, found=found, wanted=LAYOUT
        ),
        hint=_("A newer version of Bongsu made it: use that one, or import the files into a new folder.")
        if newer
        else _("Import the source files into a new folder."),
    )


def _sealed(stated: dict[str, Any]) -> dict[str, Any]:
    """The part `sealed` of a manifest.

    Raises:
        ValueError: When it has not the form that a seal writes, or names a folder elsewhere.
    """
    folder = stated.get("folder", "") if isinstance(stated, dict) else None
    kinds = {"folder": str, "fingerprint": str, "files": dict, "counts": dict}
    if folder is None or "/" in folder or "\\" in folder:
        raise ValueError(folder)
    if stated and not all(isinstance(stated.get(name), kind) for name, kind in kinds.items()):
        raise ValueError(list(stated))
    return stated


def save_manifest(ledger: Path, manifest: Manifest) -> None:
    """Nothing; the manifest is on the disk, or is as before.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    write_whole(ledger / NAME, text.encode() + b"\n")
