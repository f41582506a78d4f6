"""Pools of a case for what is under way over bridges: one a deposit, between the payment and its arrival.

What left stands there until the movement that continues it, so that nothing that happens on the way is mixed
with it; where nothing continues it, it rests there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.swap import Crossing, Swaps
from bongsu.kernel.case import Array
from bongsu.model.pool import POOL
from bongsu.model.ports import Ledger

PREFIX = "flight:"
"""What the holder of such a pool begins with; its transaction and its place there follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flights:
    """Crossings of a case; the k-th has the pool `first + k`, beyond those of the ledger."""

    first: int
    crossings: list[Crossing]
    arriving: Mapping[int, Crossing]
    """Row of the case that continues a crossing, to it."""
    amounts: Mapping[int, int]
    """Row of the case that continues a crossing to what left, in base units of the asset that left."""

    def stated(self, table: pa.Table) -> pa.Table:
        """Movements of the case, where one that continues a crossing moves what left."""
        if not self.amounts:
            return table
        rows = sorted(self.amounts)
        mask = np.zeros(table.num_rows, dtype=bool)
        mask[rows] = True
        at = table.schema.get_field_index("amount")
        field = table.schema.field(at)
        values = pa.array([Decimal(self.amounts[row]) for row in rows], field.type)
        column = pc.replace_with_mask(table["amount"].combine_chunks(), pa.array(mask), values)
        return table.set_column(at, field, column)

    def pools(self, ledger: Ledger, numbers: Array) -> pa.Table:
        """Pools with these numbers, ascending, schema POOL: those of the ledger, then those in flight."""
        known = ledger.pools(numbers[numbers < self.first])
        flying = [self.crossings[one - self.first] for one in numbers[numbers >= self.first].tolist()]
        if not flying:
            return known
        names = dict(zip((one.deposit for one in self.crossings), self._names(), strict=True))
        left = np.array([one.deposit for one in flying])
        places = ledger.pools(ledger.ends()[1][left])
        columns = {name: places[name] for name in POOL.names}
        columns["address"] = pc.coalesce(places["address"], places["holder"])
        columns["holder"] = pa.array([names[one.deposit] for one in flying], POOL.field("holder").type)
        own = pa.table([columns[name].cast(POOL.field(name).type) for name in POOL.names], schema=POOL)
        return pa.concat_tables([known, own.cast(known.schema)])

    def by_place(self, numbers: Array) -> dict[int, Crossing]:
        """Place of each pool in flight among these numbers, which are ascending, to its crossing."""
        places = np.flatnonzero(numbers >= self.first)
        return {int(place): self.crossings[numbers[place] - self.first] for place in places}

    def _names(self) -> list[str]:
        counted: dict[str, int] = {}
        names = []
        for one in self.crossings:
            counted[one.deposit_tx] = counted.get(one.deposit_tx, 0) + 1
            names.append(f"{PREFIX}{one.deposit_tx}:{counted[one.deposit_tx]}")
        return names


def add_flights(ledger: Ledger, swaps: Swaps, place: Mapping[int, int], ends: tuple[Array, Array]) -> Flights:
    """Crossings among some movements, whose ends are changed: they pay into flight and out of it.

    Args:
        ledger: The ledger.
        swaps: What is known of its payments.
        place: Row of the ledger to its row in the case.
        ends: Source and target of each row of the case, in the ledger's numbers.
    """
    (source, target), leaves = ends, swaps.leaves()
    received = {swap.row: swap.received for swap in swaps.found}
    kept: list[Crossing] = []
    arriving: dict[int, Crossing] = {}
    amounts: dict[int, int] = {}
    for crossing in swaps.crossings:
        rows = [row for row in leaves[crossing.deposit] if row in place]
        if not rows:
            continue
        number = ledger.pool_count + len(kept)
        kept.append(crossing)
        for row in rows:
            target[place[row]] = number
        if crossing.deposit in place and crossing.deposit not in rows:
            source[place[crossing.deposit]] = target[place[crossing.deposit]] = number
        at = place.get(crossing.withdrawal)
        if at is not None:
            source[at] = number
            arriving[at] = crossing
            moved = ledger.movements(np.array([crossing.deposit]))["amount"][0].as_py()
            amounts[at] = sum(received.get(row, int(moved)) for row in rows)
    return Flights(first=ledger.pool_count, crossings=kept, arriving=arriving, amounts=amounts)
