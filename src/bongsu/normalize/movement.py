"""Transfers and gaps of a batch, gathered while rows are judged, and which rows they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.conversion import CONVERSION
from bongsu.model.gap import GAP
from bongsu.model.ports import Normalized
from bongsu.model.transfer import TRANSFER
from bongsu.normalize.screen import Mask, Screen

Value: TypeAlias = Any
"""A column of the batch (an Arrow array), or one value for all of its rows."""

LAST_TX_INDEX = 2**31 - 1
"""Position in the block of what happens after its last transaction: rewards and withdrawals."""


@dataclass(slots=True)
class Movements:
    """What the rows of a screened batch become."""

    screen: Screen
    kept: Mask = field(init=False)
    left: Mask = field(init=False)
    transfers: list[pa.Table] = field(default_factory=list)
    gaps: list[pa.Table] = field(default_factory=list)
    set_aside: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kept = np.zeros(self.screen.count, dtype=np.bool_)
        self.left = np.zeros(self.screen.count, dtype=np.bool_)

    def move(self, mask: Mask, columns: Mapping[str, Value]) -> None:
        """Nothing; adds a transfer for each row of the mask that is not struck."""
        self.transfers.append(self._rows(mask, columns, TRANSFER))

    def add(self, columns: Mapping[str, Value], count: int) -> None:
        """Nothing; adds `count` transfers that are not one a row; the caller marks their rows as kept."""
        self.transfers.append(filled(columns, TRANSFER, count))

    def miss(self, mask: Mask, columns: Mapping[str, Value]) -> None:
        """Nothing; adds a gap for each row of the mask that is not struck."""
        self.gaps.append(self._rows(mask, columns, GAP))

    def leave(self, why: str, mask: Mask) -> None:
        """Nothing; counts rows of the mask as set aside that are not kept, struck or left yet."""
        left = mask & ~self.kept & ~self.left & ~self.screen.struck
        self.left |= left
        if left.any():
            self.set_aside[why] = self.set_aside.get(why, 0) + int(left.sum())

    def result(self, set_aside: Mapping[str, int], *, events: pa.Table | None = None) -> Normalized:
        """The normalized batch; rows of `set_aside` were taken out before the screen."""
        aside = dict(set_aside)
        for why, count in self.set_aside.items():
            aside[why] = aside.get(why, 0) + count
        return Normalized(
            rows_in=self.screen.count + sum(set_aside.values()),
            rows_kept=int(self.kept.sum()),
            transfers=pa.concat_tables([TRANSFER.empty_table(), *self.transfers]),
            rejects=self.screen.rejects(),
            gaps=pa.concat_tables([GAP.empty_table(), *self.gaps]),
            set_aside=aside,
            events=CONVERSION.empty_table() if events is None else events,
        )

    def _rows(self, mask: Mask, columns: Mapping[str, Value], schema: pa.Schema) -> pa.Table:
        chosen = mask & ~self.screen.struck
        self.kept |= chosen
        count = int(chosen.sum())
        every = count == self.screen.count
        picked = None if every else pa.array(np.flatnonzero(chosen))
        given = {"locator": self.screen.locators, **columns}
        return pa.table([_column(given.get(f.name), f.type, picked, count) for f in schema], schema=schema)


def filled(columns: Mapping[str, Value], schema: pa.Schema, count: int) -> pa.Table:
    """Table of the schema with so many rows; a column that is not given is null."""
    return pa.table([_column(columns.get(f.name), f.type, None, count) for f in schema], schema=schema)


def _column(value: Value, dtype: pa.DataType, picked: pa.Array | None, count: int) -> pa.Array:
    if isinstance(value, pa.Array):
        rows = value if picked is None else value.take(picked)
        return rows if rows.type == dtype else rows.cast(dtype)
    if isinstance(value, str) and pa.types.is_string(dtype):
        return _repeated(value.encode(), count)
    return pa.repeat(value if isinstance(value, pa.Scalar) else pa.scalar(value, dtype), count)


def _repeated(text: bytes, count: int) -> pa.Array:
    """The text as often as there are rows; ten times faster than Arrow's own way."""
    first = np.arange(count + 1, dtype=np.int32) * np.int32(len(text))
    return pa.Array.from_buffers(pa.string(), count, [None, pa.py_buffer(first), pa.py_buffer(text * count)])


def own_rows(rows: pa.Table, kind: str) -> tuple[pa.Table, dict[str, int]]:
    """Rows of a stream that belong to this table, and how many belong to another one."""
    if "type" not in rows.column_names or rows.column("type").null_count == rows.num_rows:
        return rows, {}
    kinds = rows.column("type").combine_chunks().fill_null(kind)
    own = pc.equal(kinds, kind)
    mine = rows.filter(own)
    others = rows.num_rows - mine.num_rows
    return mine, {"other_table": others} if others else {}
