"""What an import of source files would keep and refuse, without writing a ledger."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.normalize.context import Context
from bongsu.normalize.evm_block import base_fees
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader, sniff_format

BATCH_ROWS = 100_000


@dataclass(slots=True, kw_only=True)
class Inspection:
    """Counts of one source file: rows in, rows kept, rejects by rule, sums by asset."""

    path: Path
    format: str
    rows_in: int = 0
    rows_kept: int = 0
    transfers: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: dict[str, str] = field(default_factory=dict)
    set_aside: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)

    def add(self, batch: Batch, made: Normalized) -> None:
        """Nothing; counts one batch."""
        refused = pa.concat_tables([batch.rejects, made.rejects])
        self.rows_in += made.rows_in + batch.rejects.num_rows
        self.rows_kept += made.rows_kept
        self.transfers += made.transfers.num_rows
        for row in refused.select(["locator", "rule", "message"]).to_pylist():
            self.rejects[row["rule"]] += 1
            self.first_rejects.setdefault(row["rule"], f"{row['locator']}: {row['message']}")
        self.set_aside.update(made.set_aside)
        self.gaps.update(made.gaps["reason"].to_pylist())
        self._sum(made.transfers)

    def _sum(self, transfers: pa.Table) -> None:
        kinds = pa.array(["base_fee", "fee"])
        moved = transfers.filter(pc.invert(pc.is_in(transfers["kind"], value_set=kinds)))
        for asset, amount in zip(moved["asset"].to_pylist(), moved["amount"].to_pylist(), strict=True):
            self.sums[asset] += int(amount or 0)

    def document(self) -> dict[str, object]:
        """The counts as plain data; amounts are base-unit strings."""
        return {
            "path": str(self.path),
            "format": self.format,
            "rows_in": self.rows_in,
            "rows_kept": self.rows_kept,
            "transfers": self.transfers,
            "rejects": dict(sorted(self.rejects.items())),
            "first_rejects": dict(sorted(self.first_rejects.items())),
            "set_aside": dict(sorted(self.set_aside.items())),
            "gaps": dict(sorted(self.gaps.items())),
            "sums": {asset: str(value) for asset, value in sorted(self.sums.items())},
        }


def _block_fees(plan: list[tuple[Path, str]]) -> dict[int, int]:
    fees: dict[int, int] = {}
    for path, name in plan:
        if name.endswith("/blocks"):
            for batch in load_reader(name).read(path, batch_rows=BATCH_ROWS):
                fees.update(base_fees(batch))
    return fees


def inspect_files(
    paths: list[Path],
    *,
    format_name: str = "",
    columns: dict[str, str] | None = None,
    unit: str = "",
    progress: Callable[[Path, int], None] = lambda path, rows: None,
) -> Iterator[Inspection]:
    """One inspection a file, in the order given; memory is bounded by one batch.

    Raises:
        InputError: When a file cannot be read.
        FormatError: When a file's format cannot be told.
    """
    plan = [(path, format_name or sniff_format(path)) for path in paths]
    context = Context(
        base_fees=_block_fees(plan),
        traces_present=any(name.endswith("/traces") for _, name in plan),
        columns=columns or {},
        unit=unit,
    )
    for path, name in plan:
        seen = Inspection(path=path, format=name)
        normalize = load_normalizer(name)
        for batch in load_reader(name).read(path, batch_rows=BATCH_ROWS):
            seen.add(batch, normalize(batch, context))
            progress(path, seen.rows_in)
        yield seen
