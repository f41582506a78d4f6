"""What of an incident's proceeds came to each address and moved in each transaction of a ledger."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.arrival import NEVER, Arrivals, earliest_and_latest, straight_amounts
from bongsu.analyze.bounds import components_of
from bongsu.analyze.conservation import balance_of, check_replay
from bongsu.analyze.end import Codes
from bongsu.analyze.extract import Extract
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.policy import NOT_CONSERVING, policies_for, run_policies
from bongsu.analyze.pool_mask import fee_pools, null_pools
from bongsu.analyze.slot import resting, stops_of
from bongsu.analyze.stop import STOPS
from bongsu.analyze.tally import Tally, decimals_of, moments_of, some, tally_policy
from bongsu.analyze.trace import Known, case_of
from bongsu.errors import ConservationError
from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array
from bongsu.kernel.sums import sums_by_key
from bongsu.model.exposure import EXPOSURE, PASSAGE
from bongsu.model.ports import Ledger
from bongsu.model.text import _

KEY = ["chain", "asset", "address"]
"""What an exposure is of."""
MOVE = ["tx_hash", "source", "target"]
"""What a passage is of."""


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
    sums = _Sums(found, stops_of(found, ledger.gaps()["holder"]))
    for policy, tally in tallies.items():
        sums.add(policy, tally, _certified(found, tally, sums.stops, policy))
    return IncidentExposure(
        exposures=sums.table(lead.id),
        passages=_passages(ledger, found, tallies, lead.id),
        policies=list(tallies),
        unordered=len(components_of(found)),
        assumed=any(tally.assumed.any() for tally in tallies.values()),
    )


def _tallies(ledger: Ledger, lead: Lead, limits: Limits, known: Known) -> tuple[Extract, dict[str, Tally]]:
    found = case_of(ledger, lead, limits, known)
    results = run_policies(
        found, policies_for(len(lead.thefts)), unknown_newest=limits.unknown_newest
    ).items()
    return found, {name: tally_policy(found, *result) for name, result in results}


def _certified(found: Extract, tally: Tally, stops: Codes, policy: str) -> Amounts:
    """What rests in each slot under a policy; a conserving one was replayed and adds up."""
    amounts = resting(found, tally)
    if policy in NOT_CONSERVING:
        return amounts
    check_replay(found, tally, policy)
    if not balance_of(found, tally, amounts, stops, conserving=True).balanced:
        raise ConservationError(
            _("Cannot certify the trace: the terms of {policy} do not add up.").format(policy=policy),
            hint=_("This is a fault of the program, not of your data: please report it."),
        )
    return amounts


class _Sums:
    """Sums by address and policy; an address of outputs is the sum of its outputs."""

    def __init__(self, found: Extract, stops: Codes) -> None:
        self.found, self.stops = found, stops
        self.keys, self.key = _keys(found)
        self.moments = moments_of(found)
        self.hops = np.full(self.keys.num_rows, NEVER, dtype=np.int64)
        self.tables: list[pa.Table] = []

    def add(self, policy: str, tally: Tally, amounts: Amounts) -> None:
        """Nothing; adds what one policy says, `amounts` being what rests in each slot."""
        count, target = self.keys.num_rows, self.found.case.moves.target
        rows = np.flatnonzero(some(tally.carried) & (self.key[target] >= 0))
        slot = np.flatnonzero(some(amounts) & (np.repeat(self.key, 2) >= 0))
        to, there = self.key[target[rows]], self.key[slot // 2]
        for key, pool in ((to, target[rows]), (there, slot // 2)):
            np.minimum.at(self.hops, key, np.maximum(self.found.hops[pool], 0))
        stop = np.zeros(count, dtype=np.int64)
        np.maximum.at(stop, there, self.stops[slot])
        straight = straight_amounts(self.found, tally)[rows]
        first, last = earliest_and_latest(Arrivals(rows, to, count), self.moments)
        sums = {
            "arrived": (tally.carried[rows], to),
            "direct": (straight, to),
            "held": (amounts[slot], there),
        }
        columns = {name: sums_by_key(*one, count) for name, one in sums.items()}
        there_or_came = np.flatnonzero(some(columns["arrived"]) | some(columns["held"]))
        self.tables.append(
            pa.table(
                {
                    "place": there_or_came,
                    "order": np.full(len(there_or_came), len(self.tables)),
                    "policy": pa.repeat(policy, len(there_or_came)),
                    **{name: decimals_of(one[there_or_came]) for name, one in columns.items()},
                    "stop": pa.array(STOPS).take(stop[there_or_came]),
                    "first_arrival": first[there_or_came],
                    "last_arrival": last[there_or_came],
                }
            )
        )

    def table(self, incident: str) -> pa.Table:
        """Schema EXPOSURE, by address, policies in the order they are shown."""
        rows = pa.concat_tables(self.tables).sort_by([("place", "ascending"), ("order", "ascending")])
        given = self.keys.append_column("hops", pa.array(self.hops)).take(rows["place"])
        columns = dict(zip(rows.column_names, rows.columns, strict=True))
        columns |= dict(zip(given.column_names, given.columns, strict=True))
        columns["incident"] = pa.repeat(incident, rows.num_rows)
        return pa.table({name: columns[name] for name in EXPOSURE.names}).cast(EXPOSURE)


def _keys(found: Extract) -> tuple[pa.Table, Array]:
    """Addresses (chain, asset, address), ascending, and the row there of the address of each pool.

    -1 for pools that are no address: transactions, burns, fees.
    """
    pools, by_name = found.pools, [(name, "ascending") for name in KEY]
    nobody = null_pools(pools) | fee_pools(pools) | (found.case.joint > 0)
    pool = np.flatnonzero(~nobody)
    held = pools.append_column("pool", pa.array(np.arange(pools.num_rows))).take(pool)
    held = held.set_column(
        held.column_names.index("address"), "address", pc.coalesce(held["address"], held["holder"])
    )
    held = held.select([*KEY, "pool"])
    keys = held.group_by(KEY, use_threads=False).aggregate([]).sort_by(by_name)
    placed = held.join(
        keys.append_column("place", pa.array(np.arange(keys.num_rows))), KEY, join_type="inner"
    )
    numbers = np.full(pools.num_rows, -1, dtype=np.int64)
    numbers[placed["pool"].to_numpy()] = placed["place"].to_numpy()
    return keys, numbers


def _passages(ledger: Ledger, found: Extract, tallies: dict[str, Tally], incident: str) -> pa.Table:
    """Schema PASSAGE, by transaction, policies in the order they are shown; what has no hash is left out."""
    carried = np.zeros(len(found.rows), dtype=bool)
    for tally in tallies.values():
        carried |= some(tally.carried)
    rows = np.flatnonzero(carried)
    table = found.table.select(["source", "target"]).take(rows)
    table = table.append_column("tx_hash", ledger.citations(found.rows[rows])["tx_hash"])
    for policy, tally in tallies.items():
        table = table.append_column(policy, decimals_of(tally.carried[rows]))
    sums = [(policy, "sum") for policy in tallies]
    table = table.filter(pc.not_equal(table["tx_hash"], ""))
    table = table.group_by(MOVE, use_threads=False).aggregate(sums)
    parts = [_under(table, policy, place, incident) for place, policy in enumerate(tallies)]
    found_rows = pa.concat_tables(parts).sort_by([(name, "ascending") for name in (*MOVE, "order")])
    return found_rows.select(PASSAGE.names).cast(PASSAGE)


def _under(table: pa.Table, policy: str, place: int, incident: str) -> pa.Table:
    """What movements between two pools in one transaction carried under a policy, where they did."""
    kept = table.select([*MOVE, f"{policy}_sum"]).rename_columns([*MOVE, "amount"])
    kept = kept.filter(pc.greater(kept["amount"], 0))
    for name, value in (("incident", incident), ("policy", policy), ("order", place)):
        kept = kept.append_column(name, pa.repeat(value, kept.num_rows))
    return kept
