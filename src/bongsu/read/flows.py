"""Any table of flows that an analyst wrote down: the columns are as the file names them.

Which column means what is said when it is imported, not by the file, so `sniff` never claims one.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.jsonlines import read_json_lines
from bongsu.read.parquet import read_parquet
from bongsu.read.sniff import mend_hint, read_head, shape_of

RAW = pa.schema([])
"""Empty: the columns are those of the file, all text."""


def sniff(path: Path, head: bytes) -> bool:
    """False: flows are read only when a person says what the columns mean."""
    del path, head
    return False


def read(path: Path, *, batch_rows: int) -> Iterator[Batch]:
    """Batches of all the file's columns as text, in file order.

    Raises:
        FormatError: When the file is no table.
    """
    head = read_head(path)
    shape = shape_of(path, head)
    picks = {name: name for name in shape.names if name}
    if shape.kind == "parquet":
        return read_parquet(path, picks, batch_rows)
    if shape.kind == "json_lines":
        return read_json_lines(path, picks, batch_rows)
    if shape.kind == "delimited":
        return read_delimited(path, shape, picks, batch_rows)
    raise FormatError(
        _("Cannot read {path} as flows: it is not delimited text, JSON lines or Parquet.").format(path=path),
        hint=mend_hint(path, shape, head) or _("Save the table as CSV in UTF-8."),
    )
