"""Part files that an engine reads in place: those of a sealed ledger, or any in the same columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from bongsu.errors import InputError, LedgerError
from bongsu.model.text import _
from bongsu.store.durable import digest
from bongsu.store.manifest import SourceRecord, load_manifest
from bongsu.store.seal_folder import GAPS
from bongsu.store.table_file import map_table

FORMAT = "transfers"
"""Format of a source that is a part file itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSet:
    """Part files, the sources that they are of, and what a seal knows of the whole."""

    paths: dict[str, int]
    """Path or URL of each file to the place of its source in `records`."""
    records: list[SourceRecord]
    """Sources in the order of their SHA-256."""
    gaps: pa.Table | None
    """Gaps of the whole ledger, schema `bongsu.model.gap.GAP`; null: no seal knows them."""
    movements: int | None
    """Movements of the whole ledger; null: no seal counted them."""


def ledger_parts(ledger: Path) -> PartSet:
    """Part files of a ledger's folder.

    Raises:
        LedgerError: When the folder holds no ledger, a damaged one, or one with files not sealed yet.
    """
    manifest = load_manifest(ledger)
    if manifest.sealed.get("fingerprint") != manifest.fingerprint():
        raise LedgerError(
            _("Cannot trace {path} on an engine: files were imported since it was sealed.").format(
                path=ledger
            ),
            hint=_("Seal it: bongsu ledger show {path}").format(path=ledger),
        )
    return PartSet(
        paths={
            str((ledger / name).resolve()): number
            for number, record in enumerate(manifest.sources)
            for name in record.files
            if name.startswith("parts/")
        },
        records=manifest.sources,
        gaps=map_table(ledger / manifest.sealed["folder"] / f"{GAPS}.arrow"),
        movements=manifest.sealed["counts"]["movements"],
    )


def file_parts(files: Mapping[str, str]) -> PartSet:
    """Part files that stand for themselves; of several with the same content the first is read.

    Args:
        files: Path or URL to the SHA-256 of the content.
    """
    first: dict[str, str] = {}
    for path, sha256 in sorted(files.items()):
        first.setdefault(sha256, path)
    records = [
        SourceRecord(sha256=sha256, name=path.rpartition("/")[2], format=FORMAT)
        for sha256, path in sorted(first.items())
    ]
    numbers = {record.sha256: number for number, record in enumerate(records)}
    paths = {path: numbers[sha256] for sha256, path in first.items()}
    return PartSet(paths=paths, records=records, gaps=None, movements=None)


def local_files(pattern: str) -> dict[str, str]:
    """Path to SHA-256 of the Parquet files that a pattern names, or that are below a folder.

    Raises:
        InputError: When there are none, or one cannot be read.
    """
    named = Path(pattern).absolute()
    below = named.rglob("*.parquet") if named.is_dir() else _matching(named)
    paths = sorted(path for path in below if path.is_file())
    if not paths:
        raise no_files(pattern)
    try:
        return {str(path.resolve()): digest(path) for path in paths}
    except OSError as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=error.filename, why=error.strerror or error),
            hint=_("Name files that you may read."),
        ) from error


def _matching(pattern: Path) -> Iterable[Path]:
    return Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))


def no_files(pattern: str) -> InputError:
    """Error that says that a pattern names no file."""
    return InputError(
        _("Cannot trace: {pattern} names no Parquet file.").format(pattern=pattern),
        hint=_("Name a folder, or a pattern in quotes such as 'transfers/*.parquet'."),
    )
