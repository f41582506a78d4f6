"""A user's own labels at rest: one Parquet file a source under `labels/`, named by the source's hash."""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.errors import LedgerError
from bongsu.model.label import LABEL
from bongsu.model.reject import REJECT
from bongsu.model.text import _
from bongsu.store.durable import whole_file

FOLDER = "labels"
"""Folder of label files in a ledger."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REJECTS = ".rejects.parquet"


def write_labels(folder: Path, labels: pa.Table, *, source: str, rejects: pa.Table | None = None) -> int:
    """Number of labels that are new or changed: 0 where this source was written before, the same.

    Args:
        folder: Ledger, or any folder; it is made where it is missing.
        labels: Schema `bongsu.model.label.LABEL`.
        source: SHA-256 of the file that they are from.
        rejects: Rows of that file that are no labels: schema `bongsu.model.reject.REJECT`.

    Raises:
        LedgerError: When the disk is full or refuses.
        ValueError: When `source` is no SHA-256.
    """
    if _SHA256.fullmatch(source) is None:
        raise ValueError(source)
    path = folder / FOLDER / f"{source}.parquet"
    refused = REJECT.empty_table() if rejects is None else rejects.cast(REJECT)
    named = pa.repeat(pa.scalar(source), refused.num_rows)
    _write(path.with_name(source + _REJECTS), refused.set_column(0, REJECT.field("source"), named))
    return labels.num_rows if _write(path, labels.cast(LABEL)) else 0


def read_labels(folder: Path) -> pa.Table:
    """All labels of a ledger or folder, by source; empty where there are none.

    Raises:
        LedgerError: When a label file is damaged.
    """
    files = sorted((folder / FOLDER).glob("*.parquet"))
    labels = [_read(path) for path in files if not path.name.endswith(_REJECTS)]
    return pa.concat_tables([LABEL.empty_table(), *labels])


def read_label_rejects(folder: Path) -> pa.Table:
    """All rows of imported label files that are no labels, by source.

    Raises:
        LedgerError: When a file is damaged.
    """
    files = sorted((folder / FOLDER).glob("*" + _REJECTS))
    return pa.concat_tables([REJECT.empty_table(), *map(_read, files)])


def _write(path: Path, table: pa.Table) -> bool:
    """Whether the file had to be written; an empty table needs none."""
    if path.exists() and _read(path).equals(table):
        return False
    if not path.exists() and not table.num_rows:
        return False
    with whole_file(path) as aside:
        pq.write_table(table, aside, compression="zstd")
    return True


def _read(path: Path) -> pa.Table:
    try:
        return pq.read_table(path, partitioning=None)
    except (OSError, pa.ArrowException) as error:
        raise LedgerError(
            _("Cannot read labels {path}: it is damaged.").format(path=path),
            hint=_("Remove the file and run `bongsu facts import` again."),
        ) from error
