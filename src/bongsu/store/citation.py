"""What sources state of movements: looked up in the part files, by the number of a row.

All rows of all part files are numbered, file after file. A look-up reads the files that hold what is asked
for, and of them the columns.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.movement import CITATION
from bongsu.store.hex_text import hash_texts
from bongsu.store.table_file import damaged
from bongsu.store.wrap import unwrapped, wrapped

Array = npt.NDArray[Any]
PART = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("file", pa.int32(), nullable=False),
        pa.field("first", pa.int64(), nullable=False),
        pa.field("rows", pa.int64(), nullable=False),
    ]
)
"""Part files below the ledger's folder, in the order of their numbers: the source's number, rows."""
_READERS = 2
"""Part files that are read at a time."""
_STATED = [name for name in CITATION.names if name != "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """Rows of part files by their numbers."""

    parts: pa.Table
    """Schema PART."""
    folder: Path | None = None
    """The ledger's folder; null where all is in memory."""
    table: pa.Table | None = None
    """All rows, where they are in memory."""

    def take(self, rows: Array, columns: Sequence[str] = tuple(CITATION.names)) -> pa.Table:
        """Columns of CITATION for these rows, in the order given.

        Raises:
            LedgerError: When a part file is missing or damaged.

        Cost: some milliseconds for each part file that holds one of them.
        """
        rows = np.asarray(rows, dtype=np.int64)
        if self.table is not None:
            return self.table.select(columns).take(wrapped(rows))
        order = np.argsort(rows, kind="stable")
        ranked = rows[order]
        part = np.searchsorted(unwrapped(self.parts["first"]), ranked, side="right") - 1
        numbers = np.unique(part)
        lows, highs = np.searchsorted(part, numbers), np.searchsorted(part, numbers, side="right")
        asked = zip(numbers.tolist(), lows.tolist(), highs.tolist(), strict=True)
        with ThreadPoolExecutor(max_workers=_READERS) as readers:
            found = readers.map(
                lambda one: self._of_part(one[0], ranked[one[1] : one[2]], list(columns)), asked
            )
            pieces = [CITATION.empty_table().select(columns), *found]
        return pa.concat_tables(pieces).take(wrapped(np.argsort(order, kind="stable")))

    def _of_part(self, number: int, rows: Array, columns: list[str]) -> pa.Table:
        assert self.folder is not None
        one = self.parts.slice(number, 1).to_pylist()[0]
        path = self.folder / one["path"]
        try:
            found = _rows_of(path, rows - one["first"], [name for name in columns if name in _STATED])
        except (OSError, pa.ArrowException) as error:
            raise damaged(path) from error
        file = wrapped(np.full(len(rows), one["file"], dtype=np.int32))
        stated = [file if name == "file" else found[name] for name in columns]
        return pa.table(stated, schema=pa.schema([CITATION.field(name) for name in columns]))


def _rows_of(path: Path, rows: Array, columns: list[str]) -> pa.Table:
    """Columns of rows of a Parquet file, ascending; only row groups that hold one are read."""
    import pyarrow.parquet as pq  # slow to load, and a check seldom needs it

    with pq.ParquetFile(path) as file:
        sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
        ends = np.cumsum(sizes)
        group = np.searchsorted(ends, rows, side="right")
        needed, places = np.unique(group, return_inverse=True)
        begins = (ends - sizes)[needed]
        table = file.read_row_groups(needed.tolist(), columns=columns, use_threads=False)
        shift = np.concatenate([[0], np.cumsum(np.array(sizes)[needed])[:-1]])
        found = table.select(columns).take(wrapped(rows - begins[places] + shift[places]))
    if "tx_hash" not in columns:
        return found
    texts = hash_texts(found["tx_hash"].combine_chunks())
    return found.set_column(columns.index("tx_hash"), "tx_hash", texts)


def memory_citations(transfers: pa.Table) -> Citations:
    """Citations of a table in memory: schema TRANSFER, with a column `file`."""
    stated = [transfers[name].cast(CITATION.field(name).type) for name in CITATION.names]
    table = pa.table([pc.fill_null(stated[0], ""), *stated[1:]], schema=CITATION)
    return Citations(parts=PART.empty_table(), table=table)


def list_parts(ledger: Path, files: dict[str, int]) -> pa.Table:
    """Part files with their sizes: schema PART.

    Args:
        ledger: The ledger's folder.
        files: Name below the folder to the number of the source, in the order of numbers.

    Raises:
        LedgerError: When one is missing or damaged.
    """
    import pyarrow.parquet as pq

    sizes = []
    for name in files:
        try:
            sizes.append(pq.read_metadata(ledger / name).num_rows)
        except (OSError, pa.ArrowException) as error:
            raise damaged(ledger / name) from error
    firsts = np.cumsum([0, *sizes])[:-1]
    return pa.table([list(files), list(files.values()), firsts, sizes], schema=PART)
