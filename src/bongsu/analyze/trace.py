"""A trace: from a lead through a ledger to its ends, under every policy, certified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pyarrow as pa

from bongsu.analyze.action import Action, actions_at
from bongsu.analyze.bounds import OrderBounds, order_bounds
from bongsu.analyze.conservation import Balance, balance_of, check_replay
from bongsu.analyze.end import Codes, Labels, mark_ends
from bongsu.analyze.endpoint import Endpoint, tell_ends
from bongsu.analyze.extract import Extract, extract
from bongsu.analyze.follow import Follower
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.policy import NOT_CONSERVING, policies_for, run_policies
from bongsu.analyze.pool_mask import counted_pools
from bongsu.analyze.rank import Worth, rank_ends
from bongsu.analyze.slot import end_slots, resting, stops_of
from bongsu.analyze.stop import STOPS
from bongsu.analyze.tally import Tally, tally_policy
from bongsu.analyze.theft import mark_thefts
from bongsu.errors import ConservationError
from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array, Case, Fragments, Holdings
from bongsu.model.asset import Asset
from bongsu.model.issuer import Issuer
from bongsu.model.label import Label
from bongsu.model.ports import Ledger
from bongsu.model.service import Service
from bongsu.model.text import _


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
    found = case_of(ledger, lead, limits, known, progress=progress)
    progress(_("tracing under every policy"))
    chosen = policies_for(len(lead.thefts), policies)
    tallies = {
        name: tally_policy(found, *result)
        for name, result in run_policies(found, chosen, unknown_newest=limits.unknown_newest).items()
    }
    return _Reader((lead, limits), found, known, tallies=tallies).finish(ledger, progress)


def case_of(
    ledger: Ledger,
    lead: Lead,
    limits: Limits,
    known: Known,
    *,
    progress: Progress = lambda stage: None,
) -> Extract:
    """Case of everything that the lead's money can touch, followed through what it was exchanged for.

    Raises:
        LeadError: When the ledger has nothing of the lead.
        LedgerError: When amounts are beyond exact arithmetic.
    """
    progress(_("marking what is stolen"))
    counted = counted_pools(ledger, known.assets)
    marks = mark_thefts(ledger, lead, counted=counted)
    valuations = {span.asset: _asset(span.asset, known).valuation for span in ledger.assets()}
    codes = mark_ends(ledger, known.labels, limits, sources=marks.sources, valuations=valuations)
    progress(_("finding what it can reach"))
    finder = Follower(
        ledger=ledger,
        codes=codes,
        counted=counted,
        minimum=limits.minimum,
        heuristics=limits.heuristics,
    )
    return extract(ledger, lead, limits, marks=marks, codes=codes, finder=finder)


class _Reader:
    """Reads ends, balances and bounds out of the tallies of a case."""

    def __init__(
        self, asked: tuple[Lead, Limits], found: Extract, known: Known, *, tallies: dict[str, Tally]
    ) -> None:
        self.lead, self.limits = asked
        self.found, self.known = found, known
        self.tallies = tallies
        self.conserving = [name for name in tallies if name not in NOT_CONSERVING] or list(tallies)
        self.actions: dict[tuple[str, str, tuple[Label, ...]], tuple[Action, ...]] = {}

    def finish(self, ledger: Ledger, progress: Progress) -> Trace:
        """The whole result."""
        stops = stops_of(self.found, ledger.gaps()["holder"])
        amounts = {name: resting(self.found, tally) for name, tally in self.tallies.items()}
        balances = self.balances(amounts, stops)
        progress(_("trying the orders that the ledger leaves open"))
        bounds = order_bounds(self.found, self.run, list(self.tallies))
        progress(_("describing the ends"))
        ends = self.ends(amounts, stops, bounds)
        assets = sorted(set(self.found.pools["asset"].unique().to_pylist()))
        return Trace(
            lead=self.lead,
            limits=self.limits,
            found=self.found,
            policies=list(self.tallies),
            tallies=self.tallies,
            balances=balances,
            endpoints=rank_ends(ends, worth=self.known.worth, assets={a: n for n, a in enumerate(assets)}),
            bounds=bounds,
            services=self.known.services,
            assets=[_asset(asset, self.known) for asset in assets],
            as_of=ledger.last_seen(self.limits.until),
            unordered=bounds.unordered,
        )

    def run(self, case: Case, rows: Array) -> dict[str, tuple[Fragments, Holdings]]:
        """Every policy on the case with its movements in another order."""
        other = replace(self.found, case=case, fees=self.found.fees[rows])
        chosen = policies_for(len(self.lead.thefts), list(self.tallies))
        return run_policies(other, chosen, unknown_newest=self.limits.unknown_newest)

    def balances(self, amounts: dict[str, Amounts], stops: Codes) -> dict[str, Balance]:
        """Balance of each policy; every conserving one replayed and adding up."""
        result = {}
        for name, tally in self.tallies.items():
            conserving = name not in NOT_CONSERVING
            if conserving:
                check_replay(self.found, tally, name)
            result[name] = balance_of(self.found, tally, amounts[name], stops, conserving=conserving)
            if conserving and not result[name].balanced:
                raise ConservationError(
                    _("Cannot certify the trace: the terms of {policy} do not add up.").format(policy=name),
                    hint=_("This is a fault of the program, not of your data: please report it."),
                )
        return result

    def ends(self, amounts: dict[str, Amounts], stops: Codes, bounds: OrderBounds) -> list[Endpoint]:
        """Every end, by pool."""
        slots = end_slots(self.found, amounts, but=NOT_CONSERVING)
        pools = self.found.pools.take(pa.array(slots // 2)).to_pylist()
        hops = np.maximum(self.found.hops[slots // 2], 0).tolist()
        told = tell_ends(self.found, self.tallies, amounts, slots)
        ends = []
        for place, (slot, pool) in enumerate(zip(slots.tolist(), pools, strict=True)):
            amount, shown = told.amount[place], told.shown[place]
            kept = [amount[name] for name in self.conserving]
            stop, address = STOPS[stops[slot]], pool["address"] or pool["holder"]
            labels = tuple(self.known.labels.of(pool["chain"], address))
            first, last = told.times[place]
            ends.append(
                Endpoint(
                    pool=slot // 2,
                    chain=pool["chain"],
                    address=address,
                    asset=pool["asset"],
                    stop=stop,
                    amount=amount,
                    least=min(kept),
                    most=max(kept),
                    bounds=bounds.of(slot, amount),
                    bounds_kind=bounds.kind.get((slot // 2, slot % 2), "exact"),
                    direct=told.direct[place],
                    arrivals=told.arrivals[place],
                    first_arrival=first,
                    last_arrival=last,
                    hops=hops[place],
                    labels=labels,
                    actions=self.actions_at(stop, pool["asset"], labels),
                    way=shown.way,
                    way_policy=shown.policy,
                    weakest=shown.weakest,
                    sure=shown.hops,
                )
            )
        return ends

    def actions_at(self, stop: str, asset: str, labels: tuple[Label, ...]) -> tuple[Action, ...]:
        """What can be done at an end; ends of one kind share it."""
        key = stop, asset, labels[:1]
        if key not in self.actions:
            self.actions[key] = tuple(
                actions_at(
                    stop,
                    _asset(asset, self.known),
                    labels[0] if labels else None,
                    services=self.known.services,
                    issuers=self.known.issuers,
                )
            )
        return self.actions[key]


def _asset(asset: str, known: Known) -> Asset:
    return known.assets.get(asset) or Asset(id=asset, symbol="", decimals=0, valuation=False)
