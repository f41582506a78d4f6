"""Tables of disputed indicators: type, value, and why it is disputed."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.indicator_row import PART_ROWS
from bongsu.read.raw import text_schema
from bongsu.read.sniff import read_head, shape_of

RAW: pa.Schema = text_schema(("type", "value", "reason"))
"""Columns that are read."""
_REQUIRED = ("value", "reason")


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is a table with values and reasons."""
    shape = shape_of(path, head)
    return shape.kind == "delimited" and set(_REQUIRED) <= {name.lower() for name in shape.names}


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows in file order; the data row is the locator.

    Raises:
        FormatError: When the table has no values or no reasons.
    """
    shape = shape_of(path, read_head(path))
    present = {name.lower(): name for name in reversed(shape.names)}
    if not set(_REQUIRED) <= set(present):
        raise FormatError(
            _("Cannot read disputes {path}: it has no columns value and reason.").format(path=path),
            hint=_("Its columns are: {names}.").format(names=", ".join(shape.names[:20]) or "-"),
        )
    return read_delimited(path, shape, {name: present.get(name, "") for name in RAW.names}, batch_rows)
