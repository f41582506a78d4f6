"""The sealed form of a ledger: what a trace reads, column by column, and nothing else.

A movement has its two pools, its amount, its kind, the first bytes of its transaction's hash, and the number
of the row of a part file that states it: 25 bytes, and 8 for its places in the two indexes. The hash itself,
its position and its locator stay where the source's rows are, and are looked up when they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.index import Index
from bongsu.model.movement import MOVEMENT
from bongsu.model.pool import POOL
from bongsu.model.schema import AMOUNT, TIME
from bongsu.model.transfer import KINDS
from bongsu.store.citation import Citations
from bongsu.store.column_file import map_column
from bongsu.store.holder import NAME, SPAN, Holders
from bongsu.store.table_file import damaged, map_table
from bongsu.store.wrap import unwrapped, wrapped, wrapped_texts

Array = npt.NDArray[Any]
UNSTATED, SAME, ASSUMED, KIND = 32, 64, 128, 31
"""Flags in `kind.u8`: no transaction is stated; the same one as of the movement before; the amount is
assumed; and the number of the kind."""
BUSY = 256
"""Pools with more movements than this have their partners counted when the ledger is sealed."""
RUN = pa.schema(
    [
        pa.field("first", pa.int64(), nullable=False),
        pa.field("chain", pa.string(), nullable=False),
        pa.field("block", pa.int64()),
        pa.field("time", TIME),
    ]
)
"""First movement of each run of one chain, block and time."""
TIE = pa.schema([pa.field("first", pa.int64(), nullable=False), pa.field("last", pa.int64(), nullable=False)])
"""First movement of each group of unknown order, and the one after its last."""
LARGE = pa.schema(
    [pa.field("row", pa.int64(), nullable=False), pa.field("high", pa.uint64(), nullable=False)]
)
"""Movements of 2**64 base units and more: the upper half of the amount."""
JOINED = pa.schema(
    [pa.field("row", pa.int64(), nullable=False), pa.field("first", pa.int64(), nullable=False)]
)
"""First movement of each later run of a transaction that does not stand together, and of its first run."""
LEARNED = pa.schema(
    [pa.field("row", pa.int64(), nullable=False), pa.field("tx_index", pa.int32(), nullable=False)]
)
"""Place of the transaction in its block, where another row than the one cited states it."""
HUB = pa.schema(
    [pa.field("pool", pa.int64(), nullable=False), pa.field("partners", pa.int64(), nullable=False)]
)
"""Pools with more than BUSY movements and the number of other pools they traded with."""
COLUMNS = {
    "source.u32": "<u4",
    "target.u32": "<u4",
    "amount.u64": "<u8",
    "kind.u8": "u1",
    "tag.u32": "<u4",
    "cite.u32": "<u4",
}
"""Columns of one number a movement, in its order."""
INDEX = ("out_first.u32", "out_row.u32", "in_first.u32", "in_row.u32")
TABLES = {
    "run": RUN,
    "tie": TIE,
    "large": LARGE,
    "learned": LEARNED,
    "joined": JOINED,
    "hub": HUB,
    "span": SPAN,
    "name": NAME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A sealed ledger's columns, mapped or in memory; n movements."""

    columns: dict[str, Array]
    """By the names in COLUMNS."""
    tables: dict[str, pa.Table]
    """By the names in TABLES."""
    holders: Holders
    out: Index
    """Payments of each pool."""
    into: Index
    """What each pool was paid."""

    @property
    def size(self) -> int:
        """Number of movements."""
        return len(self.columns["source.u32"])

    def ends(self) -> tuple[Array, Array]:
        """Source and target pool of every movement in order: two uint32 arrays."""
        return self.columns["source.u32"], self.columns["target.u32"]

    def amounts(self, rows: Array) -> Array:
        """Amounts of movements, wide: uint64, shape (n, 2)."""
        found = np.zeros((len(rows), 2), dtype=np.uint64)
        found[:, 0] = self.columns["amount.u64"][rows]
        large = self.tables["large"]
        if large.num_rows:
            at = np.minimum(np.searchsorted(unwrapped(large["row"]), rows), large.num_rows - 1)
            hit = unwrapped(large["row"])[at] == rows
            found[hit, 1] = unwrapped(large["high"])[at[hit]]
        return found

    def runs(self, rows: Array) -> Array:
        """Row of the table of runs of each movement."""
        found: Array = np.searchsorted(unwrapped(self.tables["run"]["first"]), rows, side="right") - 1
        return found

    def transactions(self, rows: Array) -> Array:
        """First movement of the transaction of each movement: int64."""
        starts = np.array(rows, dtype=np.int64)
        going = np.flatnonzero(self.columns["kind.u8"][starts] & SAME)
        while len(going):
            starts[going] -= 1
            going = going[(self.columns["kind.u8"][starts[going]] & SAME) > 0]
        joined = self.tables["joined"]
        if joined.num_rows:
            later = unwrapped(joined["row"])
            at = np.minimum(np.searchsorted(later, starts), len(later) - 1)
            starts = np.where(later[at] == starts, unwrapped(joined["first"])[at], starts)
        return starts

    def accompanied(self, rows: Array) -> Array:
        """Whether each movement's transaction has others; never wrongly false."""
        if self.tables["joined"].num_rows:
            return np.ones(len(rows), dtype=bool)
        kind, after = self.columns["kind.u8"], np.minimum(rows + 1, max(self.size - 1, 0))
        follows = (rows + 1 < self.size) & ((kind[after] & SAME) > 0)
        found: Array = ((kind[rows] & SAME) > 0) | follows
        return found

    def together(self, rows: Array) -> Array:
        """All movements of the transactions of these movements, ascending."""
        starts = np.unique(self.transactions(rows))
        joined = self.tables["joined"]
        later = unwrapped(joined["row"])[np.isin(unwrapped(joined["first"]), starts)]
        starts = np.union1d(starts, later)
        sizes = self._run_ends(starts) - starts
        # Each run's first row, repeated, and the steps within the run.
        steps = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.sort(np.repeat(starts, sizes) + steps)

    def _run_ends(self, starts: Array) -> Array:
        """The movement after the last of the run of one transaction that begins at each movement."""
        lasts = starts + 1
        going = np.arange(len(lasts))
        while len(going := going[lasts[going] < self.size]):
            going = going[(self.columns["kind.u8"][lasts[going]] & SAME) > 0]
            lasts[going] += 1
        return lasts

    def tie_numbers(self, rows: Array) -> Array:
        """Number of the group of unknown order of each movement, 0 for none: int64."""
        tie = self.tables["tie"]
        if not tie.num_rows:
            return np.zeros(len(rows), dtype=np.int64)
        at = np.searchsorted(unwrapped(tie["first"]), rows, side="right") - 1
        return np.where((at >= 0) & (rows < unwrapped(tie["last"])[at]), at + 1, 0).astype(np.int64)

    def movements(self, rows: Array) -> pa.Table:
        """Movements with these numbers in the order given: schema MOVEMENT.

        Cost: a few misses a movement; each a page where the files are not in memory.
        """
        rows = np.asarray(rows, dtype=np.int64)
        if len(rows) and not 0 <= rows.min() <= rows.max() < self.size:
            raise IndexError(f"no such movement: {rows.min()} or {rows.max()} of {self.size}")
        kind, run = self.columns["kind.u8"][rows], wrapped(self.runs(rows))
        names = wrapped_texts(KINDS)
        wide = np.ascontiguousarray(self.amounts(rows))
        given = {
            "source": wrapped(self.columns["source.u32"][rows]),
            "target": wrapped(self.columns["target.u32"][rows]),
            "amount": pa.Array.from_buffers(AMOUNT, len(rows), [None, pa.py_buffer(wide)]),
            "block": self.tables["run"]["block"].take(run),
            "time": self.tables["run"]["time"].take(run),
            "transaction": wrapped(self.transactions(rows), valid=(kind & UNSTATED) == 0),
            "kind": names.take(wrapped(kind & KIND)),
            "assumed": wrapped((kind & ASSUMED) > 0),
            "tie": wrapped(self.tie_numbers(rows)),
        }
        return pa.table([_one(given[field.name]) for field in MOVEMENT], schema=MOVEMENT)

    def pools(self, numbers: Array) -> pa.Table:
        """Pools with these numbers: schema POOL."""
        return self.holders.take(np.asarray(numbers, dtype=np.int64)).cast(POOL)

    def cite(self, rows: Array, cited: Citations) -> pa.Table:
        """What sources state of movements: schema CITATION; see `Citations.take` for the cost."""
        rows = np.asarray(rows, dtype=np.int64)
        table, learned = cited.take(self.columns["cite.u32"][rows]), self.tables["learned"]
        if not learned.num_rows or not len(rows):
            return table
        at = np.minimum(np.searchsorted(unwrapped(learned["row"]), rows), learned.num_rows - 1)
        other = pc.if_else(
            wrapped(unwrapped(learned["row"])[at] == rows), learned["tx_index"].take(wrapped(at)), None
        )
        place = table.schema.get_field_index("tx_index")
        return table.set_column(place, table.schema.field(place), pc.coalesce(table["tx_index"], other))

    def find_transactions(self, hashes: Iterable[str], cited: Citations) -> Array:
        """Movements of these transactions, ascending. Cost: a pass over 4 bytes a movement for each."""
        wanted = sorted(set(hashes) - {""})
        tag = self.columns["tag.u32"]
        near = [np.flatnonzero(tag == one) for one in sorted({tag_of(text) for text in wanted})]
        rows = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *near]))
        stated = cited.take(self.columns["cite.u32"][rows], ["tx_hash"])["tx_hash"]
        return rows[np.isin(stated.to_numpy(), wanted)]

    def partners(self, pools: Array) -> Array:
        """Number of other pools that each pool traded with: int64."""
        from bongsu.kernel.adjacency import Trade, count_partners  # compiled: not for those who only look up

        hub = self.tables["hub"]
        known = unwrapped(hub["pool"])
        at = np.searchsorted(known, pools)
        counted = np.zeros(len(pools), dtype=np.int64)
        hit = np.zeros(len(pools), dtype=bool)
        if len(known):
            at = np.minimum(at, len(known) - 1)
            hit = known[at] == pools
            counted[hit] = unwrapped(hub["partners"])[at[hit]]
        counted[~hit] = count_partners(Trade(self.out, self.into, *self.ends()), np.asarray(pools)[~hit])
        return counted

    def busy(self, least: int) -> Array:
        """Pools that traded with more than `least` others, ascending; cheap from BUSY on."""
        if least >= BUSY:
            hub = self.tables["hub"]
            return unwrapped(hub["pool"])[unwrapped(hub["partners"]) > least]
        degree = np.diff(self.out.first) + np.diff(self.into.first)
        pools = np.flatnonzero(degree > least)
        return pools[self.partners(pools) > least]


def _one(values: Any) -> Any:  # noqa: ANN401
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def map_layout(folder: Path) -> Layout:
    """The layout in the folder; opening reads a few small tables.

    Raises:
        LedgerError: When a file is missing, damaged or cut off.
    """
    columns = {name: map_column(folder / name, dtype) for name, dtype in COLUMNS.items()}
    tables = {name: map_table(folder / f"{name}.arrow") for name in TABLES}
    accounts = map_column(folder / "account.u8", "u1")
    if len(accounts) % 20:
        raise damaged(folder / "account.u8")
    holders = Holders(spans=tables["span"], accounts=accounts.reshape(-1, 20), names=tables["name"])
    index = {name: map_column(folder / name, "<u4") for name in INDEX}
    size = len(columns["source.u32"])
    for name in (*COLUMNS, "out_row.u32", "in_row.u32"):
        if len((columns | index)[name]) != size:
            raise damaged(folder / name)
    for name in ("out_first.u32", "in_first.u32"):
        if len(index[name]) != holders.count + 1:
            raise damaged(folder / name)
    return Layout(
        columns=columns,
        tables=tables,
        holders=holders,
        out=Index(index["out_first.u32"], index["out_row.u32"]),
        into=Index(index["in_first.u32"], index["in_row.u32"]),
    )


def tag_of(tx_hash: str) -> int:
    """What `tag.u32` holds for this hash; see `bongsu.kernel.tag`."""
    bare = tx_hash.removeprefix("0x")[:8].ljust(8, "0")
    if all(digit in "0123456789abcdef" for digit in bare):
        return int(bare, 16)
    return int.from_bytes(tx_hash.encode()[:4].ljust(4, b"\0"), "big")
