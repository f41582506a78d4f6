"""Decoded events of a ledger at rest: conversions, and sides of transfers over bridges.

They lie by transaction hash in small groups of rows, so that a look-up reads only groups that may hold what
is asked for: Parquet keeps the least and greatest hash of each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.errors import LedgerError
from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.model.conversion import CONVERSION
from bongsu.model.ports import Normalized
from bongsu.model.text import _
from bongsu.store.manifest import Manifest

CONVERSIONS, CROSSINGS = "conversions", "crossings"
"""Folders of a ledger that hold events."""
GROUP_ROWS = 4096
"""Rows of a group."""
CITED = pa.schema([*CONVERSION, pa.field("file", pa.int32(), nullable=False)])
"""Conversions with the number of the source of each."""
_ORDER = [("tx_hash", "ascending"), ("position", "ascending")]


def ready_events(made: Normalized, sha256: str) -> dict[str, pa.Table]:
    """Folder to the events of a batch as they lie there; a kind that the batch lacks is left out."""
    legs = made.events.sort_by([*_ORDER, ("leg", "ascending")])
    at = BRIDGE_EVENT.get_field_index("source")
    named = pa.repeat(pa.scalar(sha256), made.crossings.num_rows)
    sides = made.crossings.set_column(at, BRIDGE_EVENT.field(at), named)
    sides = sides.sort_by([*_ORDER, ("locator", "ascending"), ("bridge", "ascending")])
    return {name: rows for name, rows in ((CONVERSIONS, legs), (CROSSINGS, sides)) if rows.num_rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Files of decoded events of a ledger; none by default."""

    conversions: Mapping[Path, int] = field(default_factory=dict)
    """File to the number of its source."""
    crossings: Mapping[Path, int] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Path, manifest: Manifest) -> "Events":
        """Events of a ledger's folder."""
        found: dict[str, dict[Path, int]] = {CONVERSIONS: {}, CROSSINGS: {}}
        for number, source in enumerate(manifest.sources):
            for name in source.files:
                folder = name.partition("/")[0]
                if folder in found:
                    found[folder][ledger / name] = number
        return cls(conversions=found[CONVERSIONS], crossings=found[CROSSINGS])

    def conversions_of(self, hashes: Iterable[str]) -> pa.Table:
        """Conversions of these transactions, schema CITED.

        Raises:
            LedgerError: When a file is missing or damaged.
        """
        wanted = _hashes(hashes)
        tables = [CITED.empty_table()]
        for path, number in self.conversions.items() if len(wanted) else ():
            rows = _rows(path, wanted, CONVERSION)
            tables.append(
                rows.append_column(CITED.field("file"), pa.repeat(pa.scalar(number, pa.int32()), len(rows)))
            )
        return pa.concat_tables(tables)

    def crossings_of(self, hashes: Iterable[str] | None = None) -> pa.Table:
        """Sides of transfers over bridges in these transactions, or all, schema BRIDGE_EVENT.

        Raises:
            LedgerError: When a file is missing or damaged.
        """
        wanted = None if hashes is None else _hashes(hashes)
        tables = [BRIDGE_EVENT.empty_table()]
        for path in self.crossings if wanted is None or len(wanted) else ():
            tables.append(_rows(path, wanted, BRIDGE_EVENT))
        return pa.concat_tables(tables)


NO_EVENTS = Events()


def _hashes(hashes: Iterable[str]) -> pa.Array:
    return pa.array(sorted(set(hashes)), pa.string())


def _rows(path: Path, wanted: pa.Array | None, schema: pa.Schema) -> pa.Table:
    """Rows of one file, all or those of some transactions."""
    try:
        with pq.ParquetFile(path) as file:
            if wanted is None:
                return file.read().cast(schema)
            groups = [n for n in range(file.num_row_groups) if _may_hold(file, n, wanted)]
            if not groups:
                return schema.empty_table()
            rows = file.read_row_groups(groups).cast(schema)
            return rows.filter(pc.is_in(rows["tx_hash"], value_set=wanted))
    except (OSError, pa.ArrowException) as error:
        raise LedgerError(
            _("Cannot read {path}: {why}.").format(path=path, why=error),
            hint=_("Check the ledger: bongsu ledger verify FOLDER"),
        ) from error


def _may_hold(file: pq.ParquetFile, group: int, wanted: pa.Array) -> bool:
    """Whether a group of rows may hold one of the hashes, which are ascending."""
    at = file.schema_arrow.get_field_index("tx_hash")
    known = file.metadata.row_group(group).column(at).statistics
    if known is None or not known.has_min_max:
        return True
    first = int(pc.sum(pc.less(wanted, known.min)).as_py() or 0)
    return first < len(wanted) and bool(wanted[first].as_py() <= known.max)
