"""A trace: from a lead through a ledger to its ends, under every policy, certified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from bongsu.analyze.action import actions_at
from bongsu.analyze.bounds import OrderBounds, order_bounds
from bongsu.analyze.conservation import Balance, balance_of, check_replay
from bongsu.analyze.end import Labels, mark_ends
from bongsu.analyze.endpoint import (
    Endpoint,
    amounts_by_end,
    arrivals_by_day,
    arrivals_by_pool,
    candidates,
    direct_amount,
    first_and_last,
    held_stops,
    shares_from_sources,
)
from bongsu.analyze.extract import Extract, extract
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.policy import NOT_CONSERVING, policies_for, run_policies
from bongsu.analyze.pool_mask import counted_pools
from bongsu.analyze.rank import Worth, rank_ends
from bongsu.analyze.swap import SwapFinder
from bongsu.analyze.tally import Tally, moments_of, tally_policy
from bongsu.analyze.theft import mark_thefts
from bongsu.analyze.way import Ways, weakest_step, widest_ways
from bongsu.errors import ConservationError
from bongsu.kernel.case import Array, Case, Fragments, Holdings
from bongsu.model.asset import Asset
from bongsu.model.issuer import Issuer
from bongsu.model.ports import Ledger
from bongsu.model.service import Service
from bongsu.model.text import _

WAY_ORDER = ("fifo", "haircut", "pifo", "lifo", "tiho", "libr", "pari_passu", "rolling_charge", "poison")
"""Policy that the way to an end is shown for: the first under which the end has something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the ledger: facts, and the user's own labels."""

    assets: Mapping[str, Asset]
    labels: Labels
    services: Mapping[str, Service]
    issuers: Mapping[str, Issuer]
    worth: Worth | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a trace found. Movements and pools in the numbers of `found`."""

    lead: Lead
    limits: Limits
    found: Extract
    policies: list[str]
    tallies: dict[str, Tally]
    balances: dict[str, Balance]
    endpoints: list[Endpoint]
    bounds: OrderBounds
    services: Mapping[str, Service]
    assets: list[Asset]
    """Assets of the case; those that no fact knows have 0 decimals and no symbol."""
    as_of: dict[str, tuple[int | None, datetime | None]]
    """Chain to the last block and time of the ledger within the window."""
    unordered: int
    """Groups of movements whose order is not known and matters."""


Progress = Callable[[str], None]


def trace(
    ledger: Ledger,
    lead: Lead,
    limits: Limits,
    known: Known,
    *,
    policies: list[str] | None = None,
    progress: Progress = lambda stage: None,
) -> Trace:
    """Ends of the lead's money in a ledger, under each policy, ranked.

    Args:
        ledger: A sealed ledger.
        lead: Thefts to trace together.
        limits: What not to follow.
        known: Assets, labels, services, issuers, prices.
        policies: Names of the policies to run; null: all.
        progress: Told the name of each stage as it begins.

    Raises:
        LeadError: When the ledger has nothing of the lead.
        LedgerError: When amounts are beyond exact arithmetic.
        ConservationError: When a policy does not add up; names the first movement that breaks it.
    """
    progress(_("marking what is stolen"))
    counted = counted_pools(ledger, known.assets)
    marks = mark_thefts(ledger, lead, counted=counted)
    valuations = {span.asset: _asset(span.asset, known).valuation for span in ledger.assets()}
    codes = mark_ends(ledger, known.labels, limits, sources=marks.sources, valuations=valuations)
    progress(_("finding what it can reach"))
    finder = SwapFinder(ledger=ledger, codes=codes, counted=counted, minimum=limits.minimum)
    found = extract(ledger, lead, limits, marks=marks, codes=codes, finder=finder)
    progress(_("tracing under every policy"))
    chosen = policies_for(len(lead.thefts), policies)
    tallies = {
        name: tally_policy(found, *result)
        for name, result in run_policies(found, chosen, unknown_newest=limits.unknown_newest).items()
    }
    return _Reader((lead, limits), found, known, tallies=tallies).finish(ledger, progress)


class _Reader:
    """Reads ends, balances and bounds out of the tallies of a case."""

    def __init__(
        self, asked: tuple[Lead, Limits], found: Extract, known: Known, *, tallies: dict[str, Tally]
    ) -> None:
        self.lead, self.limits = asked
        self.found, self.known = found, known
        self.tallies = tallies
        self.conserving = [name for name in tallies if name not in NOT_CONSERVING]
        self.moments = moments_of(found)
        self.rows_to = arrivals_by_pool(found)
        self.shares = {name: shares_from_sources(found, tally) for name, tally in tallies.items()}
        self.ways: dict[str, Ways] = {}
        self.bounds = OrderBounds(kind={}, ranges={})

    def finish(self, ledger: Ledger, progress: Progress) -> Trace:
        """The whole result."""
        held_stop = held_stops(self.found, ledger.gaps()["holder"])
        amounts = amounts_by_end(self.found, self.tallies, held_stop)
        balances = self.balances(amounts)
        progress(_("trying the orders that the ledger leaves open"))
        self.bounds = order_bounds(self.found, self.run, list(self.tallies))
        progress(_("describing the ends"))
        keys = candidates(self.found, amounts, held_stop, but=NOT_CONSERVING)
        ends = [self.endpoint(pool, stop, amounts) for pool, stop in keys]
        assets = sorted(set(self.found.pools["asset"].to_pylist()))
        return Trace(
            lead=self.lead,
            limits=self.limits,
            found=self.found,
            policies=list(self.tallies),
            tallies=self.tallies,
            balances=balances,
            endpoints=rank_ends(ends, worth=self.known.worth, assets={a: n for n, a in enumerate(assets)}),
            bounds=self.bounds,
            services=self.known.services,
            assets=[_asset(asset, self.known) for asset in assets],
            as_of=ledger.last_seen(self.limits.until),
            unordered=self.bounds.unordered,
        )

    def run(self, case: Case, rows: Array) -> dict[str, tuple[Fragments, Holdings]]:
        """Every policy on the case with its movements in another order."""
        other = replace(self.found, case=case, fees=self.found.fees[rows])
        chosen = policies_for(len(self.lead.thefts), list(self.tallies))
        return run_policies(other, chosen, unknown_newest=self.limits.unknown_newest)

    def balances(self, amounts: dict[str, dict[tuple[int, str], int]]) -> dict[str, Balance]:
        """Balance of each policy; every conserving one replayed and adding up."""
        result = {}
        for name, tally in self.tallies.items():
            conserving = name not in NOT_CONSERVING
            if conserving:
                check_replay(self.found, tally, name)
            result[name] = balance_of(self.found, tally, amounts[name], conserving=conserving)
            if conserving and not result[name].balanced:
                raise ConservationError(
                    _("Cannot certify the trace: the terms of {policy} do not add up.").format(policy=name),
                    hint=_("This is a fault of the program, not of your data: please report it."),
                )
        return result

    def way_to(self, pool: int, stop: str, amount: dict[str, int]) -> tuple[str, list[int]]:
        """Policy and movements of the way to show for an end."""
        for name in (
            *(n for n in WAY_ORDER if amount.get(n)),
            *(n for n in ("poison",) if n in self.tallies),
        ):
            if name not in self.ways:
                self.ways[name] = widest_ways(self.found, self.tallies[name])
            way = self.ways[name].to(pool, stopped=stop == "below_threshold")
            if way:
                return name, way
        return "", []

    def endpoint(self, pool: int, stop: str, amounts: dict[str, dict[tuple[int, str], int]]) -> Endpoint:
        """One end."""
        row = self.found.pools.slice(pool, 1).to_pylist()[0]
        address, asset = row["address"] or row["holder"], _asset(row["asset"], self.known)
        amount = {name: sums.get((pool, stop), 0) for name, sums in amounts.items()}
        kept = [amount[name] for name in self.conserving] or list(amount.values())
        rows = self.arrivals(pool, stop)
        policy, way = self.way_to(pool, stop, amount)
        labels = self.known.labels.of(row["chain"], address)
        kind, ranges = self.range_of(pool, stop, amount)
        first, last = first_and_last(self.moments[rows])
        return Endpoint(
            pool=pool,
            chain=row["chain"],
            address=address,
            asset=row["asset"],
            stop=stop,
            amount=amount,
            least=min(kept),
            most=max(kept),
            bounds=ranges,
            bounds_kind=kind,
            direct={n: self.direct(n, rows, amount[n]) for n in amount},
            arrivals=arrivals_by_day(self.found, self.tallies, rows, self.moments),
            first_arrival=first,
            last_arrival=last,
            hops=max(int(self.found.hops[pool]), 0),
            labels=tuple(labels),
            actions=tuple(
                actions_at(
                    stop,
                    asset,
                    labels[0] if labels else None,
                    services=self.known.services,
                    issuers=self.known.issuers,
                )
            ),
            way=tuple(way),
            way_policy=policy,
            weakest=weakest_step(self.found, self.tallies[policy], way) if policy else None,
        )

    def direct(self, policy: str, rows: Array, amount: int) -> int:
        """Part of an end's amount under a policy that came straight from a source."""
        tally, shares = self.tallies[policy], self.shares[policy]
        return direct_amount(self.found, tally, shares, rows=rows, amount=amount)

    def arrivals(self, pool: int, stop: str) -> Array:
        """Movements that brought stolen value to an end under some policy."""
        rows = self.rows_to.get(pool, np.empty(0, dtype=np.int64))
        small = self.found.case.moves.stopped[rows] > 0
        if not self.found.stops[pool]:
            rows = rows[small if stop == "below_threshold" else ~small]
        carried = [m for m in rows.tolist() if any(t.carried.get(m) for t in self.tallies.values())]
        return np.array(carried, dtype=np.int64)

    def range_of(
        self, pool: int, stop: str, amount: dict[str, int]
    ) -> tuple[str, dict[str, tuple[int, int]]]:
        """Kind of the bounds of an end, and smallest and largest amount per policy."""
        key = (pool, int(stop == "below_threshold"))
        seen = self.bounds.ranges.get(key, {})
        ranges = {name: seen.get(name, (value, value)) for name, value in amount.items()}
        return self.bounds.kind.get(key, "exact"), ranges


def _asset(asset: str, known: Known) -> Asset:
    return known.assets.get(asset) or Asset(id=asset, symbol="", decimals=0, valuation=False)
