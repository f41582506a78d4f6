"""Rounds of the reach on an engine: who the frontier paid becomes the next frontier, until none is new.

The frontier is of the size of the case. It comes back after each round and goes out with the next, so
no plan grows with the rounds, and a worker that is lost takes nothing with it but its current tasks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze import extraction
from bongsu.analyze.end import Codes, Labels, stops_of
from bongsu.analyze.extraction import ALWAYS, POOL
from bongsu.analyze.lead import Limits
from bongsu.analyze.stop import CODE
from bongsu.model.asset import Asset
from bongsu.model.ports import Engine
from bongsu.model.text import _

KEY = list(POOL)
MARK = pa.schema([*((name, pa.string()) for name in POOL), ("since", pa.int64()), ("address", pa.string())])
"""A touched pool, the coarse order that it is touched from, the address of an output."""
PAYMENT = pa.schema(
    [("tx_hash", pa.string()), *((name, pa.string()) for name in POOL), ("since", pa.int64())]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What a pool on an engine is an end by: what `stops_of` asks for, of pools as they turn up."""

    labels: Labels
    limits: Limits
    assets: Mapping[str, Asset]
    busy: pa.Table
    """Pools with more counterparties than the limit, from `extraction.busy_pools`."""

    def codes(self, pools: pa.Table) -> Codes:
        """Stop of each pool, 0: followed through; none is taken for a source."""
        counted = pools.append_column("row", pa.array(np.arange(len(pools)))).join(self.busy, KEY)
        counted = counted.sort_by("row")
        busy = counted["counterparties"].is_valid().to_numpy()
        valuations = {name: self.assets[name].valuation for name in self.assets}
        return stops_of(counted, self.labels, self.limits, busy=busy, valuations=valuations)


def find_busy(engine: Engine, limits: Limits) -> pa.Table:
    """Pools that have too many counterparties to be followed: KEY and `counterparties`."""
    if limits.counterparties:
        return engine.run(extraction.busy_pools(limits.counterparties))
    fields = [*((name, pa.string()) for name in POOL), ("counterparties", pa.int64())]
    return pa.schema(fields).empty_table()


class Reach:
    """Pools that stolen value may touch, found round by round."""

    def __init__(self, engine: Engine, ends: Ends, *, blockless: tuple[str, ...], counted: set[str]) -> None:
        self.engine, self.ends = engine, ends
        self.blockless = blockless
        self.counted = pa.array(sorted(counted), pa.string())
        self.marked = MARK.append(pa.field("followed", pa.bool_())).empty_table()
        self.rounds = 0

    def run(self, sources: pa.Table, progress: Callable[[str], None]) -> pa.Table:
        """Every marked pool, MARK and whether it is followed through.

        Args:
            sources: Pools that are touched from the beginning and never ends: KEY and `address`.
            progress: Told before each round.
        """
        since = pa.repeat(pa.scalar(ALWAYS, pa.int64()), len(sources))
        frontier = _marks(sources.append_column("since", since))
        self.marked = frontier.append_column("followed", pa.repeat(True, len(sources)))
        while len(frontier):
            self.rounds += 1
            said = _("round {number}: {pools} addresses so far, {frontier} to follow")
            numbers = {"number": self.rounds, "pools": len(self.marked), "frontier": len(frontier)}
            progress(said.format(**numbers))
            frontier = self._step(frontier)
        return self.marked

    def _step(self, frontier: pa.Table) -> pa.Table:
        """Pools to follow next: newly touched, or touched earlier than was known."""
        sent = frontier.select([*KEY, "since"])
        found = self._touched(extraction.touched_pools(self.blockless), frontier=sent)
        converters = found.filter(pa.array(self.ends.codes(found) == CODE["conversion"]))
        if len(converters):
            found = _earliest(pa.concat_tables([found, self._converted(sent, converters.select(KEY))]))
        was = self.marked.select([*KEY, "since"]).rename_columns([*KEY, "was"])
        both = found.join(was, KEY)
        fresh = pc.or_(both["was"].is_null(), pc.fill_null(pc.less(both["since"], both["was"]), False))
        fresh = _marks(both.filter(fresh))
        followed = pa.array(self.ends.codes(fresh) == 0)
        self.marked = _latest_word(self.marked, fresh.append_column("followed", followed))
        return fresh.filter(followed)

    def _converted(self, frontier: pa.Table, converters: pa.Table) -> pa.Table:
        """Pools of other assets that payers of converters got something in, in the same transaction."""
        question = extraction.converted_payments(self.blockless)
        paid = self.engine.run(question, frontier=frontier, converters=converters)
        if not len(paid):
            return MARK.empty_table()
        return self._touched(extraction.converted_pools(), payments=paid.select(PAYMENT.names).cast(PAYMENT))

    def _touched(self, question: object, **given: pa.Table) -> pa.Table:
        found = _marks(self.engine.run(question, **given))
        return found.filter(pc.is_in(found["asset"], value_set=self.counted))


def _marks(table: pa.Table) -> pa.Table:
    return table.select(MARK.names).cast(MARK)


def _earliest(marks: pa.Table) -> pa.Table:
    """One mark a pool."""
    found = marks.group_by(KEY).aggregate([("since", "min"), ("address", "min")])
    return _marks(found.rename_columns([*KEY, "since", "address"]))


def _latest_word(marked: pa.Table, fresh: pa.Table) -> pa.Table:
    """Marks, where those of `fresh` take the place of older ones."""
    kept = marked.join(fresh.select(KEY), KEY, join_type="left anti").select(marked.column_names)
    return pa.concat_tables([kept, fresh])
