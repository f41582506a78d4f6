"""Payments that leave over a bridge: by the id that both sides carry, then by a score, else in flight."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.bridge import link_by_id, link_events, model_of
from bongsu.analyze.bridge_path import Continuation, continue_movements, deposit_movements
from bongsu.analyze.swap import Crossing, How
from bongsu.facts.load import load_bridges
from bongsu.model.ports import Ledger
from bongsu.model.text import _

LEAST = 50
"""Least confidence of an event that is looked at: anybody can log one, and only a source names contracts."""
Row = dict[str, Any]
Side = tuple[str, str, int | None]
"""Chain, transaction and place in its block of a side of a transfer."""


class CrossingFinder:
    """Finds payments over bridges in the transactions of a case, and what continues them in the ledger."""

    def __init__(self, ledger: Ledger, *, scored: bool) -> None:
        self.ledger, self.scored = ledger, scored
        self.numbers = {source.sha256: number for number, source in enumerate(ledger.sources)}

    def find(self, hashes: Collection[str]) -> tuple[Crossing, ...]:
        """Crossings whose deposit is in one of these transactions.

        Cost: nothing of weight where none of them is of a bridge; else all events are linked, once.
        """
        own = _sure(self.ledger.crossings(hashes))
        deposits = own.filter(pc.equal(own["direction"], "deposit"))
        if not deposits.num_rows:
            return ()
        wanted = pa.array(sorted(hashes), pa.string())
        links = self._links.filter(pc.is_in(self._links["deposit_tx"], value_set=wanted))
        rows = links.to_pylist()
        continued = self._usable(continue_movements(self.ledger, links).found)
        found = [self._continued(one, rows[one.link]) for one in continued]
        left = {one.deposit for one in found}
        known = {_side(row, "deposit"): row for row in rows}
        events = deposits.to_pylist()
        for at, row in deposit_movements(self.ledger, deposits).items():
            if row not in left:
                left.add(row)
                found.append(self._in_flight(row, events[at], known))
        return tuple(sorted(found, key=lambda one: one.deposit))

    @cached_property
    def _events(self) -> pa.Table:
        return _sure(self.ledger.crossings())

    @cached_property
    def _links(self) -> pa.Table:
        bridges = load_bridges()
        if self.scored:
            return link_events(self._events, bridges, model_of(bridges)).links
        return link_by_id(self._events, bridges).links

    @cached_property
    def _stated(self) -> dict[Side, tuple[int, int]]:
        names = ("chain", "tx_hash", "position", "source", "locator")
        rows = zip(*(self._events[name].to_pylist() for name in names), strict=True)
        return {(chain, tx, at): (self.numbers[sha], row) for chain, tx, at, sha, row in rows}

    def _usable(self, found: Iterable[Continuation]) -> list[Continuation]:
        """Those that arrive after they left, each movement once: paid out in parts it stays in flight."""
        later = [one for one in found if one.deposit < one.withdrawal]
        left, came = (Counter(getattr(one, side) for one in later) for side in ("deposit", "withdrawal"))
        return [one for one in later if left[one.deposit] == came[one.withdrawal] == 1]

    def _continued(self, one: Continuation, link: Row) -> Crossing:
        moved = self.ledger.movements(np.array([one.withdrawal]))["amount"]
        return Crossing(
            deposit=one.deposit,
            withdrawal=one.withdrawal,
            target=int(self.ledger.ends()[1][one.withdrawal]),
            received=int(moved[0].as_py()),
            how=self._how(link, tuple(link["why"])),
            **_sides(link),
        )

    def _in_flight(self, row: int, event: Row, known: Mapping[Side, Row]) -> Crossing:
        """A payment that left and whose other side is not in the ledger, or not known at all."""
        place = event["chain"], event["tx_hash"], event["position"]
        link = known.get(place)
        if link is not None:
            why = _("The ledger does not show the movement that continues it, or several do.")
            how = self._how(link, (*link["why"], why))
            return Crossing(deposit=row, withdrawal=-1, target=-1, received=0, how=how, **_sides(link))
        said = self._stated.get(place)
        how = How(
            kind="bridge",
            method="open",
            by=event["bridge"],
            confidence=event["confidence"],
            why=(_("No withdrawal in the ledger is known to continue it."),),
            stated=(said,) if said else (),
        )
        return Crossing(
            deposit=row,
            withdrawal=-1,
            target=-1,
            received=0,
            how=how,
            deposit_chain=event["chain"],
            deposit_tx=event["tx_hash"],
            withdrawal_chain=event["other_chain"] or "",
            withdrawal_tx="",
            fee=None,
        )

    def _how(self, link: Row, why: tuple[str, ...]) -> How:
        sides = (_side(link, side) for side in ("deposit", "withdrawal"))
        return How(
            kind="bridge",
            method=link["method"],
            by=link["bridge"],
            confidence=link["probability"],
            why=why,
            stated=tuple(self._stated[side] for side in sides if side in self._stated),
        )


def _sure(events: pa.Table) -> pa.Table:
    return events.filter(pc.greater_equal(events["confidence"], LEAST))


def _side(link: Row, side: str) -> Side:
    return link[f"{side}_chain"], link[f"{side}_tx"], link[f"{side}_position"]


def _sides(link: Row) -> dict[str, Any]:
    names = ("deposit_chain", "deposit_tx", "withdrawal_chain", "withdrawal_tx")
    return {name: link[name] for name in names} | {"fee": None if link["fee"] is None else int(link["fee"])}
