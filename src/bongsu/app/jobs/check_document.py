"""The check document `bongsu.check/1`: plain data, the same bytes from the same inputs."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from bongsu.app.jobs.check_prepare import METHOD_VERSION, plain
from bongsu.model.address import shown_address
from bongsu.model.marking import Marking
from bongsu.model.text import _
from bongsu.model.transfer import FEE_PREFIX, NULL_HOLDER
from bongsu.store.exposure import StoredExposures

SCHEMA = "bongsu.check/1"
Document = dict[str, Any]
ByPolicy = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a person asked about."""

    asked: str
    """As it was typed."""
    kind: str
    """`address` or `transaction`."""
    chain: str
    """CAIP-2 chain id; `eip155:*`: every EVM chain; empty: any."""
    name: str
    """Canonical address, or the hash as the ledger writes it."""


def check_document(stored: StoredExposures, subject: Subject, marking: Marking) -> Document:
    """Document of one check: a lookup, no computation on the ledger.

    Args:
        stored: What was prepared for the ledger.
        subject: What is asked about.
        marking: Who may see the document.
    """
    note = stored.note
    moves = _Transaction(stored, subject) if subject.kind == "transaction" else None
    parties = moves.parties() if moves else [_party(stored, subject.chain, subject.name, "subject")]
    known = bool(moves.moves) if moves else parties[0]["known"]
    roles = _roles(stored, subject) if moves else []
    stolen = moves.stolen() if moves else []
    used = {one["asset"] for party in parties for one in party["exposures"]}
    used |= {one["asset"] for one in (moves.movements() if moves else [])}
    return {
        "schema": SCHEMA,
        "method": {
            "name": "bongsu.check",
            "version": METHOD_VERSION,
            **{name: note[name] for name in ("policies", "conserving", "params")},
        },
        "marking": {
            "tlp": marking.tlp.label,
            "releasable_to": None if marking.releasable_to is None else sorted(marking.releasable_to),
        },
        "subject": {
            "asked": subject.asked,
            "kind": subject.kind,
            "chain": subject.chain or None,
            "id": subject.name,
            "shown": shown_address(subject.chain, subject.name),
        },
        "known": known,
        "answer": _answer(note, subject, parties, found=(stolen, roles)),
        "roles": roles,
        "stolen": stolen,
        "movements": moves.movements() if moves else [],
        "parties": parties,
        "assets": [_asset(note, asset) for asset in sorted(used)],
        "coverage": {name: note[name] for name in ("ledger", "gaps", "incidents")}
        | {"as_of": [_last(chain, *seen) for chain, seen in note["as_of"].items()]},
        "limits": _limits(note, subject, known),
    }


def by_policy(note: Document, amounts: ByPolicy) -> dict[str, str]:
    """Amounts of every policy as base-unit strings; a policy under which nothing came has zero."""
    return {policy: str(amounts.get(policy, 0)) for policy in note["policies"]}


def span(note: Document, amounts: ByPolicy) -> dict[str, str]:
    """Smallest and largest amount over the policies that conserve value."""
    kept = [amounts.get(policy, 0) for policy in note["conserving"]]
    return {"min": str(min(kept)), "max": str(max(kept))}


def _answer(
    note: Document, subject: Subject, parties: list[Document], *, found: tuple[list[Document], list[Document]]
) -> Document:
    """The short answer: what a desk looks at first."""
    stolen, roles = found
    at_parties = [one for party in parties for one in party["exposures"]]
    own = stolen if subject.kind == "transaction" else at_parties
    amounts = [one["amount" if subject.kind == "transaction" else "arrived"] for one in own]
    listings = [one for party in parties for one in party["sanctions"]]
    named = [*roles, *(one for party in parties for one in party["roles"])]
    return {
        "exposed_under": [p for p in note["policies"] if any(amount[p] != "0" for amount in amounts)],
        "incidents": sorted({one["incident"] for one in own}),
        "party_incidents": sorted({one["incident"] for one in at_parties}),
        "named_in": sorted({one["incident"] for one in named}),
        "sanctioned": any(one["status"] == "listed" for one in listings),
        "delisted": any(one["status"] == "delisted" for one in listings),
        "statement": _("This is exposure, not a verdict; a person decides."),
    }


def _party(stored: StoredExposures, chain: str, address: str, side: str) -> Document:
    """One address and all that is known of it."""
    chains = [one for one in stored.chains_of(address) if _same(chain, one)]
    facts = stored.facts_of(address)
    return {
        "address": address,
        "shown": shown_address(chain, address),
        "chain": chain or None,
        "side": side,
        "known": bool(chains),
        "chains": chains,
        "labels": [fact for kind, fact in facts if kind == "label" and _same(chain, fact["chain"])],
        "sanctions": [_listing(fact) for kind, fact in facts if kind == "sanction"],
        "roles": [fact for kind, fact in facts if kind == "role"],
        "gaps": stored.gaps_of(address),
        "exposures": _exposures(stored, chain, address),
    }


def _roles(stored: StoredExposures, subject: Subject) -> list[Document]:
    return [fact for kind, fact in stored.facts_of(subject.name) if kind == "role"]


def _same(asked: str, chain: str) -> bool:
    """Whether a chain is one that was asked for; `eip155:*` on either side stands for every EVM chain."""
    if asked in {"", chain}:
        return True
    return "eip155:*" in {asked, chain} and asked.startswith("eip155:") and chain.startswith("eip155:")


def _listing(fact: Document) -> Document:
    """A sanctions listing; one that was lifted is no hit and says so."""
    return fact | {"status": "delisted" if fact["delisted"] else "listed"}


def _exposures(stored: StoredExposures, chain: str, address: str) -> list[Document]:
    """One an incident and asset: nearest first."""
    grouped: defaultdict[tuple[Any, ...], list[Document]] = defaultdict(list)
    for row in stored.exposures_of(address):
        if _same(chain, row["chain"]):
            grouped[row["hops"], row["incident"], row["chain"], row["asset"]].append(row)
    return [_exposure(stored.note, rows) for _key, rows in sorted(grouped.items(), key=lambda item: item[0])]


def _exposure(note: Document, rows: list[Document]) -> Document:
    first = rows[0]
    sums = {name: {row["policy"]: int(row[name]) for row in rows} for name in ("arrived", "direct", "held")}
    times = [row[name] for row in rows for name in ("first_arrival", "last_arrival") if row[name]]
    conserving = [row for row in rows if row["policy"] in note["conserving"]]
    stops = [row["stop"] for row in conserving or rows if row["stop"]]
    return {
        **{name: first[name] for name in ("incident", "chain", "asset", "hops")},
        "title": next(one["title"] for one in note["incidents"] if one["id"] == first["incident"]),
        "relation": ("source", "direct")[first["hops"]] if first["hops"] < 2 else "indirect",
        **{name: by_policy(note, amounts) for name, amounts in sums.items()},
        "arrived_range": span(note, sums["arrived"]),
        "held_range": span(note, sums["held"]),
        "stop": stops[0] if stops else None,
        "first_arrival": plain(min(times, default=None)),
        "last_arrival": plain(max(times, default=None)),
    }


class _Transaction:
    """What one transaction moved: sums between the same two pools."""

    def __init__(self, stored: StoredExposures, subject: Subject) -> None:
        self.stored, self.subject = stored, subject
        rows = stored.movements_of(subject.name)
        numbers = sorted({row[side] for row in rows for side in ("source", "target")})
        self.pools = dict(zip(numbers, stored.pools_at(numbers), strict=True))
        self.moves: dict[tuple[int, int], list[Document]] = {}
        for row in rows:
            if _same(subject.chain, self.pools[row["source"]]["chain"]):
                self.moves.setdefault((row["source"], row["target"]), []).append(row)
        self.passages: defaultdict[tuple[int, int], defaultdict[str, ByPolicy]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for row in stored.passages_of(subject.name):
            ends = row["source"], row["target"]
            if ends in self.moves:
                self.passages[ends][row["incident"]][row["policy"]] = int(row["amount"])

    def movements(self) -> list[Document]:
        """What moved between each two pools, in the order of the ledger, and what of it was stolen."""
        return [self._movement(ends, rows) for ends, rows in self.moves.items()]

    def _movement(self, ends: tuple[int, int], rows: list[Document]) -> Document:
        source, target = (self.pools[end] for end in ends)
        return {
            "chain": source["chain"],
            "asset": source["asset"],
            "source": _name(source),
            "target": _name(target),
            "amount": str(sum(int(row["amount"]) for row in rows)),
            "kinds": sorted({row["kind"] for row in rows}),
            "block": rows[0]["block"],
            "time": plain(rows[0]["time"]),
            "stolen": [
                {"incident": incident, "amount": by_policy(self.stored.note, amounts)}
                for incident, amounts in sorted(self.passages[ends].items())
            ],
        }

    def stolen(self) -> list[Document]:
        """What the whole transaction moved of each incident; what enters a transaction of outputs
        leaves it again and counts once.
        """
        sums: defaultdict[tuple[str, str, str], ByPolicy] = defaultdict(dict)
        for (_source, target), incidents in self.passages.items():
            pool = self.pools[target]
            if pool["holder"] == self.subject.name:
                continue
            for incident, amounts in incidents.items():
                total = sums[incident, pool["chain"], pool["asset"]]
                for policy, value in amounts.items():
                    total[policy] = total.get(policy, 0) + value
        note = self.stored.note
        return [
            {
                **dict(zip(("incident", "chain", "asset"), key, strict=True)),
                "amount": by_policy(note, total),
                "range": span(note, total),
            }
            for key, total in sorted(sums.items())
        ]

    def parties(self) -> list[Document]:
        """Every address that paid or was paid, in the order of the ledger."""
        sides: dict[tuple[str, str], list[str]] = {}
        for ends in self.moves:
            for end, side in zip(ends, ("sender", "receiver"), strict=True):
                pool = self.pools[end]
                if self._is_address(pool["holder"]):
                    sides.setdefault((pool["chain"], _name(pool)), []).append(side)
        return [
            _party(self.stored, chain, address, found[0] if len(set(found)) == 1 else "both")
            for (chain, address), found in sides.items()
        ]

    def _is_address(self, holder: str) -> bool:
        return holder not in {NULL_HOLDER, self.subject.name} and not holder.startswith(FEE_PREFIX)


def _name(pool: Document) -> str:
    return str(pool["address"] or pool["holder"])


def _asset(note: Document, asset: str) -> Document:
    unknown = {"id": asset, "symbol": "", "decimals": 0, "valuation": False}
    return {**note["assets"].get(asset, unknown), "known": asset in note["assets"]}


def _last(chain: str, block: int | None, time: str | None) -> Document:
    return {"chain": chain, "block": block, "time": time}


def _limits(note: Document, subject: Subject, known: bool) -> list[str]:
    """What this check cannot say, one sentence each."""
    said = []
    if not known:
        said.append(_("The ledger has no movement of it: it says nothing, which does not mean clean."))
    said += [
        _("What arrived after the ledger's last block, or on a chain it does not hold, is not seen."),
        _("Exposure counts the incidents that the facts name; no exposure does not mean clean."),
        _("Arrived counts gross: value that came back counts each time. Poison counts what was touched."),
        _(
            "An exchange is followed where the events of its transaction say what became what and its"
            " transfers agree, a bridge where events of both sides carry one id; any other ends the trace."
        ),
    ]
    if note["ledger"]["valuation"]:
        said.append(note["ledger"]["statement"])
    if note["gaps"]:
        said.append(_("Some transactions have movements that no imported file shows; coverage counts them."))
    if any(one["unordered_groups"] for one in note["incidents"]):
        said.append(_("The order of some movements is not known; a trace of the incident gives the bounds."))
    missing = ", ".join(one["id"] for one in note["incidents"] if one["state"] == "no_addresses")
    if missing:
        said.append(_("No citable source names addresses of: {names}.").format(names=missing))
    return said
