"""What of an incident's proceeds came to each address and moved in each transaction of a ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.bounds import components_of
from bongsu.analyze.conservation import balance_of, check_replay
from bongsu.analyze.end import mark_ends
from bongsu.analyze.endpoint import amounts_by_end, held_stops, shares_from_sources, straight_part
from bongsu.analyze.extract import Extract, extract
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.policy import NOT_CONSERVING, policies_for, run_policies
from bongsu.analyze.pool_mask import counted_pools, fee_pools, null_pools
from bongsu.analyze.stop import CODE, STOPS
from bongsu.analyze.swap import SwapFinder
from bongsu.analyze.tally import Tally, tally_policy
from bongsu.analyze.theft import mark_thefts
from bongsu.analyze.trace import Known
from bongsu.errors import ConservationError
from bongsu.model.exposure import EXPOSURE, PASSAGE
from bongsu.model.ports import Ledger
from bongsu.model.text import _

Key = tuple[str, str, str]
"""Chain, asset, address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentExposure:
    """Where one incident's proceeds came to in a ledger, under every policy, certified."""

    exposures: pa.Table
    """Schema `bongsu.model.exposure.EXPOSURE`."""
    passages: pa.Table
    """Schema `bongsu.model.exposure.PASSAGE`, pools in the ledger's numbers."""
    policies: list[str]
    unordered: int
    """Groups of touched movements whose order the ledger does not state."""
    assumed: bool
    """True: where a source paid more than the ledger says it had, the rest was taken to be stolen."""


def incident_exposure(ledger: Ledger, lead: Lead, limits: Limits, known: Known) -> IncidentExposure:
    """Exposure of every address and transaction of a ledger to the lead's proceeds, under each policy.

    The numbers are those of `bongsu.analyze.trace.trace`, without its search for the order bounds.

    Raises:
        LeadError: When the ledger has nothing of the lead.
        LedgerError: When amounts are beyond exact arithmetic.
        ConservationError: When a policy does not add up; names the first movement that breaks it.
    """
    found, tallies = _tallies(ledger, lead, limits, known)
    stops = held_stops(found, ledger.gaps()["holder"])
    ends = _certified(found, tallies, stops)
    sums = _Sums(found, stops)
    for policy, tally in tallies.items():
        sums.add(policy, tally, ends[policy])
    return IncidentExposure(
        exposures=_table(sums.rows(lead.id), EXPOSURE),
        passages=_table(_passages(ledger, found, tallies, lead.id), PASSAGE),
        policies=list(tallies),
        unordered=len(components_of(found)),
        assumed=any(tally.assumed for tally in tallies.values()),
    )


def _tallies(ledger: Ledger, lead: Lead, limits: Limits, known: Known) -> tuple[Extract, dict[str, Tally]]:
    counted = counted_pools(ledger, known.assets)
    marks = mark_thefts(ledger, lead, counted=counted)
    present = [span.asset for span in ledger.assets()]
    valuations = {one: one in known.assets and known.assets[one].valuation for one in present}
    codes = mark_ends(ledger, known.labels, limits, sources=marks.sources, valuations=valuations)
    finder = SwapFinder(ledger=ledger, codes=codes, counted=counted, minimum=limits.minimum)
    found = extract(ledger, lead, limits, marks=marks, codes=codes, finder=finder)
    results = run_policies(
        found, policies_for(len(lead.thefts)), unknown_newest=limits.unknown_newest
    ).items()
    return found, {name: tally_policy(found, *result) for name, result in results}


def _certified(
    found: Extract, tallies: dict[str, Tally], stops: list[str]
) -> dict[str, dict[tuple[int, str], int]]:
    """Policy to (pool, stop) to stolen value; every conserving policy was replayed and adds up."""
    ends = amounts_by_end(found, tallies, stops)
    for name, tally in tallies.items():
        if name in NOT_CONSERVING:
            continue
        check_replay(found, tally, name)
        if not balance_of(found, tally, ends[name], conserving=True).balanced:
            raise ConservationError(
                _("Cannot certify the trace: the terms of {policy} do not add up.").format(policy=name),
                hint=_("This is a fault of the program, not of your data: please report it."),
            )
    return ends


@dataclass(slots=True)
class _Sum:
    """What came to one address under one policy."""

    arrived: int = 0
    direct: int = 0
    held: int = 0
    stop: str = ""
    times: list[datetime] = field(default_factory=list)


class _Sums:
    """Sums by address and policy; an address of outputs is the sum of its outputs."""

    def __init__(self, found: Extract, stops: list[str]) -> None:
        self.found, self.stops = found, stops
        self.keys = _keys(found)
        self.moments = found.table["time"].to_pylist()
        self.sums: dict[tuple[Key, str], _Sum] = {}
        self.hops: dict[Key, int] = {}

    def add(self, policy: str, tally: Tally, ends: dict[tuple[int, str], int]) -> None:
        """Nothing; adds what one policy says."""
        target, shares = self.found.case.moves.target, shares_from_sources(self.found, tally)
        for m, value in tally.carried.items():
            one = self._at(int(target[m]), policy)
            if one is not None:
                one.arrived += value
                one.direct += straight_part(self.found, tally, shares, m)
                one.times = _widened(one.times, self.moments[m])
        for (pool, stop), value in ends.items():
            # Poison states again, as held, what arrived at an end.
            again = self.found.stops[pool] > 0 and stop != STOPS[self.found.stops[pool]]
            one = self._at(pool, policy) if value and not again else None
            if one is not None:
                one.held += value
                one.stop = max(one.stop, stop, key=lambda name: CODE[name])

    def _at(self, pool: int, policy: str) -> _Sum | None:
        key = self.keys[pool]
        if key is None:
            return None
        hops = max(int(self.found.hops[pool]), 0)
        self.hops[key] = min(hops, self.hops.get(key, hops))
        return self.sums.setdefault((key, policy), _Sum())

    def rows(self, incident: str) -> Iterator[dict[str, Any]]:
        """Rows of EXPOSURE by address, policies in the order they are shown."""
        for (key, policy), one in sorted(self.sums.items(), key=lambda item: item[0][0]):
            if one.arrived or one.held:
                yield {
                    "incident": incident,
                    **dict(zip(("chain", "asset", "address"), key, strict=True)),
                    "policy": policy,
                    **{name: Decimal(getattr(one, name)) for name in ("arrived", "direct", "held")},
                    "stop": one.stop,
                    "hops": self.hops[key],
                    "first_arrival": min(one.times, default=None),
                    "last_arrival": max(one.times, default=None),
                }


def _keys(found: Extract) -> list[Key | None]:
    """Chain, asset, address of each pool; null for pools that are no address: transactions, burns, fees."""
    pools = found.pools
    address = pc.coalesce(pools["address"], pools["holder"]).to_pylist()
    keys = list(zip(pools["chain"].to_pylist(), pools["asset"].to_pylist(), address, strict=True))
    nobody = null_pools(pools) | fee_pools(pools) | (found.case.joint > 0)
    return [None if nobody[pool] else key for pool, key in enumerate(keys)]


def _widened(times: list[datetime], moment: datetime | None) -> list[datetime]:
    if moment is None:
        return times
    seen = [*times, moment]
    return [min(seen), max(seen)]


def _passages(
    ledger: Ledger, found: Extract, tallies: dict[str, Tally], incident: str
) -> Iterator[dict[str, Any]]:
    """Rows of PASSAGE by transaction; movements without a transaction hash have none."""
    sums: dict[tuple[str, int, int, str], int] = {}
    carried = sorted({m for tally in tallies.values() for m in tally.carried})
    stated = ledger.citations(found.rows[carried])["tx_hash"].to_pylist()
    tx = dict(zip(carried, stated, strict=True))
    sources, targets = (found.table[name].to_pylist() for name in ("source", "target"))
    for policy, tally in tallies.items():
        for m, value in tally.carried.items():
            key = (tx[m], sources[m], targets[m], policy)
            sums[key] = sums.get(key, 0) + value
    for (tx_hash, source, target, policy), value in sorted(sums.items(), key=lambda item: item[0][:3]):
        if tx_hash and value:
            yield {
                "incident": incident,
                "tx_hash": tx_hash,
                "source": source,
                "target": target,
                "policy": policy,
                "amount": Decimal(value),
            }


def _table(rows: Iterator[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema)
