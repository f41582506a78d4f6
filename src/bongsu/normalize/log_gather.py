"""Small batches of many files to few large blocks: what a block costs is then shared by many events."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from bongsu.model.log import LogBatch, LogBlock, LogStream
from bongsu.normalize.log import block_of

MOST_ROWS = 50_000
"""Events held, of all streams together."""
MOST_BYTES = 64 * 1024 * 1024
"""Text held."""


class Gatherer:
    """Batches that wait until there are enough of them.

    Memory: up to MOST_BYTES of text, however long the files are.
    """

    def __init__(self) -> None:
        self._held: dict[LogStream, list[tuple[int, pa.Table]]] = defaultdict(list)
        self._rows = self._bytes = 0

    def add(self, file: int, batch: LogBatch) -> Iterator[tuple[LogBlock, pa.Table]]:
        """Blocks and their rejects, once enough is held.

        Args:
            file: Number of the file that the batch is of.
            batch: Events; its own rejects are not looked at.
        """
        if not batch.rows.num_rows:
            return
        self._held[batch.stream].append((file, batch.rows))
        self._rows += batch.rows.num_rows
        self._bytes += batch.rows.nbytes
        if self._rows >= MOST_ROWS or self._bytes >= MOST_BYTES:
            yield from self.flush()

    def flush(self) -> Iterator[tuple[LogBlock, pa.Table]]:
        """Blocks and their rejects of all that is held, stream by stream as they first came."""
        held, self._held = self._held, defaultdict(list)
        self._rows = self._bytes = 0
        for stream, parts in held.items():
            yield _joined(stream, parts)


def _joined(stream: LogStream, parts: list[tuple[int, pa.Table]]) -> tuple[LogBlock, pa.Table]:
    numbers = np.repeat(
        np.array([file for file, _rows in parts], np.int32), [rows.num_rows for _file, rows in parts]
    )
    rows = pa.concat_tables([rows for _file, rows in parts], promote_options="permissive")
    return block_of(LogBatch(stream, rows, rows.slice(0, 0)), pa.array(numbers))
