"""What an import of source files would keep and refuse, without writing a ledger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bongsu.normalize.context import Context
from bongsu.normalize.evm_block import base_fees
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader, sniff_format
from bongsu.store.counts import Counts

BATCH_ROWS = 100_000


@dataclass(slots=True, kw_only=True)
class Inspection:
    """Counts of one source file: rows in, rows kept, rejects by rule, sums by asset."""

    path: Path
    format: str
    counts: Counts = field(default_factory=Counts)

    def document(self) -> dict[str, object]:
        """The counts as plain data; amounts are base-unit strings."""
        return {"path": str(self.path), "format": self.format, **self.counts.document()}


def _block_fees(plan: list[tuple[Path, str]]) -> dict[int, int]:
    fees: dict[int, int] = {}
    for path, name in plan:
        if name.endswith("/blocks"):
            for batch in load_reader(name).read(path, batch_rows=BATCH_ROWS):
                fees.update(base_fees(batch))
    return fees


def known_decimals(*formats: str) -> dict[str, int]:
    """Decimals of genuine tokens by CAIP-19 id, if one of the formats states amounts in units of tokens."""
    if "etherscan/tokens" not in formats:
        return {}
    from bongsu.facts import load_assets

    return {asset.id: asset.decimals for asset in load_assets().values()}


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
        decimals=known_decimals(*(name for _, name in plan)),
        traces_present=any(name.endswith("/traces") for _, name in plan),
        columns=columns or {},
        unit=unit,
    )
    for path, name in plan:
        seen = Inspection(path=path, format=name)
        normalize = load_normalizer(name)
        for batch in load_reader(name, columns).read(path, batch_rows=BATCH_ROWS):
            seen.counts.merge(Counts.of_batch(batch, normalize(batch, context)))
            progress(path, seen.counts.rows_in)
        yield seen
