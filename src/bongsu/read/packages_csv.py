"""Tables of malicious packages: ecosystem, name, version, and who published what about them."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.indicator_row import PART_ROWS, RAW, IndicatorRows
from bongsu.read.sniff import Shape, read_head, shape_of

__all__ = ["NAMES", "RAW", "read", "sniff"]

NAMES = {
    "namespace": ("ecosystem", "registry"),
    "value": ("name", "package", "package_name"),
    "versions": ("version", "versions"),
    "cluster": ("cluster", "actor"),
    "reported": ("reported", "published"),
    "reference": ("reference",),
    "source": ("source",),
}
"""What is read, by the headers it may stand under, in any case."""


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is a table with an ecosystem and a name."""
    shape = shape_of(path, head)
    picks = _pick(shape)
    return shape.kind == "delimited" and bool(picks["namespace"] and picks["value"])


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows in file order; the data row is the locator.

    The day of the report is context, not the start of validity: a package is malicious before that.

    Raises:
        FormatError: When the table has no ecosystem or no name.
    """
    shape = shape_of(path, read_head(path))
    picks = _pick(shape)
    if not (picks["namespace"] and picks["value"]):
        raise FormatError(
            _("Cannot read packages {path}: it has no columns ecosystem and name.").format(path=path),
            hint=_("Its columns are: {names}.").format(names=", ".join(shape.names[:20]) or "-"),
        )
    for batch in read_delimited(path, shape, picks, batch_rows):
        rows = IndicatorRows()
        for row in batch.rows.to_pylist():
            reported = row.pop("reported")
            context = {"context": f"reported {reported}"} if reported else {}
            rows.add(row.pop("locator"), {"type": "package", **row, **context})
        made = rows.batch()
        yield Batch(rows=made.rows, rejects=pa.concat_tables([batch.rejects, made.rejects]))


def _pick(shape: Shape) -> dict[str, str]:
    present = {name.lower(): name for name in reversed(shape.names)}
    return {raw: next((present[n] for n in names if n in present), "") for raw, names in NAMES.items()}
