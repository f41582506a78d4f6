"""What one look at all movements on an engine says: how many, of which chains and assets, up to where."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze import extraction
from bongsu.analyze.closure import Closure
from bongsu.errors import LedgerError
from bongsu.model.ports import Engine
from bongsu.model.schema import TIME
from bongsu.model.text import _

LastSeen = dict[str, tuple[int | None, datetime | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Figures of a whole ledger: one row a file, chain and asset, columns of `extraction.survey`."""

    table: pa.Table

    @property
    def rows(self) -> int:
        """Number of rows of all files."""
        return self._sum("rows")

    @property
    def rows_by_part(self) -> dict[str, int]:
        """Rows of each file, by the engine's name for it."""
        counts: Counter[str] = Counter()
        for part, rows in zip(self.table["part"].to_pylist(), self.table["rows"].to_pylist(), strict=True):
            counts[part] += rows
        return dict(sorted(counts.items()))

    @property
    def assets(self) -> list[str]:
        """Every asset that moved."""
        return sorted(pc.unique(self.table["asset"]).to_pylist())

    @property
    def blockless(self) -> tuple[str, ...]:
        """Chains none of whose rows states a block: there time is the order."""
        found = self.table.group_by("chain").aggregate([("blocks", "sum")]).to_pylist()
        return tuple(sorted(row["chain"] for row in found if not row["blocks_sum"]))

    @property
    def closure(self) -> Closure:
        """Which rows must stay together: an asset may be exchanged, or some rows state what others do not."""
        chains = pc.count_distinct(self.table["chain"]).as_py()
        placed = all(self._sum(name) == self.rows for name in ("blocks", "times", "indexes"))
        plain = placed and self._sum("positions") == self.rows and not self._sum("base_fees")
        partly = 0 < self._sum("blocks") < self.rows
        return Closure(
            transactions=self.unstated or not plain or len(self.assets) > 1,
            blocks=not placed,
            amounts=self.unstated,
            clock=partly or chains > 1,
        )

    @property
    def unstated(self) -> bool:
        """Whether some rows do not state their amount."""
        return self._sum("amounts") < self.rows

    @property
    def last_seen(self) -> LastSeen:
        """Chain to its last block and time."""
        return _last(self.table)

    def witnesses(self) -> pa.Table:
        """One row of each asset, so that what is extracted has every asset of the ledger."""
        stated = self.table.filter(self.table["locator"].is_valid())
        first = stated.sort_by("part").group_by("asset", use_threads=False)
        found = first.aggregate([("part", "first"), ("locator", "first")])
        return found.select(["part_first", "locator_first"]).rename_columns(["part", "locator"])

    def _sum(self, column: str) -> int:
        return int(pc.sum(self.table[column]).as_py() or 0)


def survey_ledger(engine: Engine) -> Survey:
    """Figures of all that the engine has. Cost: one pass over eight columns.

    Raises:
        LedgerError: When there are no rows.
    """
    table = engine.run(extraction.survey())
    if not table.num_rows:
        raise no_movements()
    return Survey(table=table)


def no_movements() -> LedgerError:
    """Error that says that there is nothing to trace in."""
    return LedgerError(
        _("Cannot trace: the files have no movements."),
        hint=_("Look at what was exported, or name other files."),
    )


def seen_until(engine: Engine, survey: Survey, until: datetime | None) -> LastSeen:
    """Chain to the last block and time of all that was looked at, touched or not."""
    partly = survey.closure.blocks
    if until is None and not partly:
        return survey.last_seen
    return _last(engine.run(extraction.seen_blocks(until, fill=partly)))


def _last(table: pa.Table) -> LastSeen:
    at = table.schema.get_field_index("last_time")
    table = table.set_column(at, "last_time", table["last_time"].cast(TIME))
    found = table.group_by("chain").aggregate([("last_block", "max"), ("last_time", "max")])
    rows: list[dict[str, Any]] = found.to_pylist()
    return {row["chain"]: (row["last_block_max"], row["last_time_max"]) for row in rows}
