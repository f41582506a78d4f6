"""The trace document `bongsu.trace/1` of a trace: plain data, the same bytes from the same inputs."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np

from bongsu.analyze.conservation import Balance
from bongsu.analyze.follow import CONTINUING
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.tally import some, texts_by_policy
from bongsu.analyze.trace import Trace
from bongsu.app.jobs.heuristic_choice import heuristics_used
from bongsu.app.jobs.trace_endpoint import EndpointWriter
from bongsu.app.jobs.trace_step import Names, names_of, walk
from bongsu.kernel.case import FIRST_STOLEN
from bongsu.kernel.sums import sums_by_key
from bongsu.model.address import shown_address
from bongsu.model.marking import Marking
from bongsu.model.ports import Ledger
from bongsu.model.text import _

SCHEMA = "bongsu.trace/1"
METHOD_VERSION = "1"
Document = dict[str, Any]


class Missing(NamedTuple):
    """What the ledger is known not to hold."""

    gaps: dict[str, int]
    """Reason to the number of transactions or amounts that no imported file shows."""
    rejects: dict[str, int]
    """Rule to the number of rows that were refused."""


def iso(moment: datetime | date | None) -> str | None:
    """ISO 8601 text; a moment ends in Z."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def trace_document(
    made: Trace,
    *,
    ledger: Document,
    book: Ledger,
    missing: Missing,
    marking: Marking,
    findings: list[Document],
) -> Document:
    """Document of a trace.

    Args:
        made: The trace.
        ledger: The part `ledger` without `as_of`: what the amounts are, from which files.
        book: The ledger itself, which says what its sources state of movements.
        missing: What is known to be missing.
        marking: Who may see the document.
        findings: The part `findings`.
    """
    names = names_of(made.found)
    with ThreadPoolExecutor(max_workers=1) as beside:  # files are read while flows are summed
        walked = beside.submit(walk, made, book)
        flows = _flows(made, names)
        writer = EndpointWriter(made, book, names, walked.result())
    return {
        "schema": SCHEMA,
        "method": {
            "name": "bongsu.trace",
            "version": METHOD_VERSION,
            "policies": made.policies,
            "params": _params(made.limits),
            "heuristics": heuristics_used(made.limits.heuristics),
        },
        "marking": {
            "tlp": marking.tlp.label,
            "releasable_to": None if marking.releasable_to is None else sorted(marking.releasable_to),
        },
        "lead": _lead(made.lead, made),
        "ledger": ledger | {"as_of": _as_of(made)},
        "assets": [_asset(made, number) for number in range(len(made.assets))],
        "stolen": {name: _text(balance.stolen) for name, balance in made.balances.items()},
        "endpoints": [writer.endpoint(rank, end) for rank, end in enumerate(made.endpoints, start=1)],
        "flows": flows,
        "conservation": {name: _balance(balance) for name, balance in made.balances.items()},
        "coverage": _coverage(made, missing),
        "overlaps": _overlaps(made),
        "findings": findings,
        "limits": _limits(made, ledger, missing.gaps),
    }


def _params(limits: Limits) -> Document:
    return {
        "until": iso(limits.until),
        "stop_at": sorted(limits.stop_at),
        "minimum": {asset: str(value) for asset, value in sorted(limits.minimum.items())},
        "hops": limits.hops,
        "likely_service_counterparties": limits.counterparties,
        "missing_history_queued": "newest" if limits.unknown_newest else "oldest",
    }


def _lead(lead: Lead, made: Trace) -> Document:
    pools = made.found.pools
    rows = np.flatnonzero(made.found.sources).tolist()
    named = {(pools["chain"][row].as_py(), pools["holder"][row].as_py()) for row in rows}
    return {
        "kind": lead.kind,
        "id": lead.id,
        "title": lead.title,
        "date": iso(lead.date),
        "dprk": lead.dprk,
        "attribution": [
            {"who": one.who, "when": iso(one.when), "statement": one.statement, "source": one.source}
            for one in lead.attribution
        ],
        "exercise": lead.exercise,
        "sources": [
            {"chain": chain, "address": holder, "shown": shown_address(chain, holder)}
            for chain, holder in sorted(named)
        ],
        "transactions": sorted({tx for theft in lead.thefts for tx in theft.transactions}),
        "notes": lead.notes,
    }


def _as_of(made: Trace) -> list[Document]:
    return [
        {"chain": chain, "block": block, "time": iso(moment)}
        for chain, (block, moment) in sorted(made.as_of.items())
    ]


def _asset(made: Trace, number: int) -> Document:
    asset = made.assets[number]
    return {
        "id": asset.id,
        "symbol": asset.symbol,
        "decimals": asset.decimals,
        "valuation": asset.valuation,
        "known": bool(asset.symbol),
    }


def _text(sums: dict[str, int]) -> dict[str, str]:
    return {asset: str(value) for asset, value in sorted(sums.items())}


def _balance(balance: Balance) -> Document:
    return {
        "conserving": balance.conserving,
        "balanced": balance.balanced,
        "stolen": _text(balance.stolen),
        **{term: _text(sums) for term, sums in balance.terms.items()},
        "not_followed": {stop: _text(sums) for stop, sums in sorted(balance.not_followed.items())},
        "unknown": _text(balance.unknown),
    }


def _flows(made: Trace, names: Names) -> list[Document]:
    """Movements that carried something, summed by source, target and asset, in order of first use.

    An exchange is no flow of one asset: paths and conservation show it.
    """
    found, moves = made.found, made.found.case.moves
    carries = np.zeros(len(moves.source), dtype=bool)
    for tally in made.tallies.values():
        carries |= some(tally.carried)
    carries[list(found.turns)] = False
    rows = np.flatnonzero(carries)
    pair = moves.source[rows].astype(np.int64) * len(found.stops) + moves.target[rows]
    _pairs, first, group, counts = np.unique(pair, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    sums = {
        name: sums_by_key(tally.carried[rows], group, len(first))[order]
        for name, tally in made.tallies.items()
    }
    source, target = moves.source[rows[first[order]]], moves.target[rows[first[order]]]
    columns = (
        names.holder[source].tolist(),
        names.holder[target].tolist(),
        names.asset[target].tolist(),
        np.maximum(found.hops[target], 0).tolist(),
        texts_by_policy(sums),
        counts[order].tolist(),
    )
    return [
        {
            "source": paid,
            "target": got,
            "asset": asset,
            "hop": hop,
            "amount": amount,
            "movements": count,
        }
        for paid, got, asset, hop, amount, count in zip(*columns, strict=True)
    ]


def _overlaps(made: Trace) -> list[Document]:
    """What two thefts claim, by policy; the first claim keeps it."""
    names = {FIRST_STOLEN + place: theft.name for place, theft in enumerate(made.lead.thefts)}
    keys = sorted({key for tally in made.tallies.values() for key in tally.overlaps})
    return [
        {
            "kept_by": names[kept],
            "also_claimed_by": names[late],
            "asset": asset,
            "amount": {name: str(t.overlaps.get((kept, late, asset), 0)) for name, t in made.tallies.items()},
        }
        for kept, late, asset in keys
    ]


def _coverage(made: Trace, missing: Missing) -> Document:
    tally = made.tallies.get("fifo") or next(iter(made.tallies.values()))
    touched = made.found.touched[made.found.case.moves.source] > 0
    exchanged = np.stack([some(one.paid) for one in made.tallies.values()])
    return {
        "movements": made.found.total,
        "movements_touched": int(touched.sum()),
        "pools_touched": int(made.found.touched.sum()),
        "overdrafts": int(some(tally.unknown).sum() + some(tally.assumed).sum()),
        "gaps": dict(sorted(missing.gaps.items())),
        "order_known": made.unordered == 0,
        "unordered_groups": made.unordered,
        "rejects": dict(sorted(missing.rejects.items())),
        "swaps": _exchanges(made, set(np.flatnonzero(exchanged.any(axis=0)).tolist())),
        "bridges": _bridges(made),
    }


def _exchanges(made: Trace, carrying: set[int]) -> Document:
    """How many exchanges of stolen value are followed, by how they are known, and how many are not."""
    turns = [made.found.turns[m] for m in sorted(carrying) if m in made.found.turns]
    methods = Counter(turn.how.method for turn in turns if turn.crossing is None)
    return {
        "followed": sum(methods.values()),
        "by_method": dict(sorted(methods.items())),
        "not_followed": made.found.unconverted,
    }


def _bridges(made: Trace) -> Document:
    """How many payments of stolen value over bridges are followed, by how they are known, or in flight."""
    carried = np.zeros(len(made.found.case.moves.source), dtype=bool)
    for tally in made.tallies.values():
        carried |= some(tally.carried)
    used = set(made.found.case.moves.target[carried].tolist())
    flying = {pool: one for pool, one in made.found.flights.items() if pool in used}
    arrived = {id(turn.crossing) for turn in made.found.turns.values() if turn.crossing}
    methods = Counter(one.how.method for one in flying.values() if id(one) in arrived)
    return {
        "followed": sum(methods.values()),
        "by_method": dict(sorted(methods.items())),
        "in_flight": len(flying) - sum(methods.values()),
    }


def _limits(made: Trace, ledger: Document, gaps: dict[str, int]) -> list[str]:
    """What this trace cannot say, one sentence each."""
    said = [
        _("An end shows what arrived and was not seen leaving as of the ledger's last block."),
        _(
            "An exchange is followed where the events of its transaction say what became what and its"
            " transfers agree, a bridge where events of both sides carry one id; any other ends the trace."
        ),
    ]
    if made.limits.heuristics & CONTINUING:
        said.append(
            _(
                "Some exchanges and bridges may be inferred: each such step says so, with its confidence."
                " --proven-only leaves them out."
            )
        )
    if ledger["valuation"]:
        said.append(ledger["statement"])
    if any(tally.assumed.any() for tally in made.tallies.values()):
        said.append(
            _("Where a source address paid more than the ledger says it had, the rest is taken to be stolen.")
        )
    if any(tally.unknown.any() for tally in made.tallies.values()):
        said.append(
            _("Other accounts also paid more than the ledger says they had; that part is unknown, not clean.")
        )
    if made.unordered:
        said.append(_("The order of some movements of one block is not known; bounds say what it changes."))
    if gaps:
        said.append(_("Some transactions have movements that no imported file shows; coverage counts them."))
    if "poison" in made.policies:
        said.append(_("Poison counts what was touched, not what is owned; it never counts as recoverable."))
    return said
