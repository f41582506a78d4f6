"""Logs whose truth is known: texts planted once each at random places among others, in blocks."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.model.log import LOG_COLUMN, LogBlock, LogStream
from bongsu.model.schema import TIME

Array = npt.NDArray[Any]
_START = datetime(2026, 6, 1, tzinfo=UTC)
_HOSTS = 200


class Planting(NamedTuple):
    """What is planted in one stream."""

    stream: LogStream
    columns: tuple[str, ...]
    """Fields that the parts of a text stand in."""
    planted: Sequence[tuple[str, ...]]
    """Texts, each in one event: a part for each column."""
    other: Sequence[tuple[str, ...]]
    """Texts of all other events, drawn at random."""


class Planted(NamedTuple):
    """A block, and which of its events are planted."""

    block: LogBlock
    row: Array
    """int64: events that were planted, ascending."""
    text: Array
    """int64: place of each in what was planted."""


def planted_blocks(what: Planting, rows: int, *, block_rows: int, seed: int) -> Iterator[Planted]:
    """Blocks of `rows` events in all, each text planted once.

    A column `id.orig_h` names one of 200 hosts, times are a second apart.

    Raises:
        ValueError: When there are fewer events than texts to plant.
    """
    if rows < len(what.planted):
        raise ValueError(rows)
    rng = np.random.default_rng(seed)
    places = rng.choice(rows, len(what.planted), replace=False)
    order = np.argsort(places)
    places, texts = places[order], order
    listed = [*what.planted, *what.other]
    parts = [pa.array([one[i] for one in listed], pa.string()) for i in range(len(what.columns))]
    for first in range(0, rows, block_rows):
        last = min(first + block_rows, rows)
        code = rng.integers(len(what.planted), len(listed), last - first)
        start, end = np.searchsorted(places, [first, last])
        row = places[start:end] - first
        code[row] = texts[start:end]
        yield Planted(_block(what, parts, code, first), row, texts[start:end])


def _block(what: Planting, parts: list[pa.Array], code: Array, first: int) -> LogBlock:
    used, code = np.unique(code, return_inverse=True)
    indices = pa.array(code.reshape(-1).astype(np.int32))
    columns = {
        name: pa.DictionaryArray.from_arrays(indices, part.take(pa.array(used)))
        for name, part in zip(what.columns, parts, strict=True)
    }
    numbers = np.arange(first, first + len(code), dtype=np.int64)
    hosts = pa.array([f"10.0.0.{host}" for host in range(_HOSTS)], pa.string())
    columns["id.orig_h"] = pa.DictionaryArray.from_arrays(
        pa.array((numbers % _HOSTS).astype(np.int32)), hosts
    )
    micros = int(_START.timestamp()) * 1_000_000 + numbers * 1_000_000
    return LogBlock(
        what.stream,
        {name: column.cast(LOG_COLUMN) for name, column in columns.items()},
        pa.array(micros).cast(pa.timestamp("us")).cast(TIME),
        pa.array(numbers + 1),
    )
