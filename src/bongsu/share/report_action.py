"""Who can act: the ends of a trace grouped by the party that could do something there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_money import Document, Money, Range, certain, conserving, holds, total_of
from bongsu.share.report_text import action_name

STOPPING = ("account_hold", "issuer_freeze", "reversal")
"""Kinds of action that stop value from moving on."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One party, one kind of action, and all ends where it could take it."""

    kind: str
    by: str
    country: str
    totals: dict[str, Range]
    firm: dict[str, Range]
    ends: list[Document]
    can: list[str]
    authority: list[str]
    route: list[str]
    voluntary: list[bool]

    @property
    def stops(self) -> bool:
        """Whether the action stops value from moving on."""
        return self.kind in STOPPING

    @property
    def nature(self) -> str:
        """Whether the party is asked or compelled, in words."""
        asked, compelled = _("voluntary request"), _("compelled by an order")
        if len(self.voluntary) > 1:
            return f"{asked}; {compelled}"
        return asked if self.voluntary[0] else compelled


def actors(document: Document) -> list[Actor]:
    """Parties that can act: first who can stop value, last who can only watch it; the most to act on first.

    The most is the least amount over the conserving policies: what is there whichever of them counts. Ends
    that hold nothing under any of them are nobody's to act on; the table of ends lists them.

    Amounts of several assets have no order of their own. Where a price table ranked the ends, the rank of
    a party's best end is by value and decides; else parties stand by the asset of their best end.
    """
    groups: dict[tuple[str, str, str], list[tuple[Document, Mapping[str, Any]]]] = {}
    policies = conserving(document)
    for end in document["endpoints"]:
        for action in end["actions"]:
            if action["kind"] != "none" and holds(end, policies):
                key = (action["kind"], action["entity"] or action["by"], action["by"])
                groups.setdefault(key, []).append((end, action))
    found = [_actor(pairs, policies) for pairs in groups.values()]
    assets: dict[str, int] = {}
    for end in document["endpoints"]:
        assets.setdefault(end["asset"], len(assets))
    priced = len(assets) > 1 and document["method"]["params"].get("prices") is not None

    def order(actor: Actor) -> tuple[object, ...]:
        first, group = actor.ends[0], (not actor.stops, actor.kind == "monitor")
        if priced:
            return *group, first["rank"]
        least, most = actor.totals[first["asset"]]
        return *group, assets[first["asset"]], -least, -most, first["rank"]

    return sorted(found, key=order)


def actor_row(actor: Actor, money: Money) -> dict[str, Any]:
    """What the report shows of one party."""
    return {
        "kind": actor.kind,
        "action": action_name(actor.kind),
        "by": actor.by,
        "country": actor.country,
        "total": [money.range(asset, *actor.totals[asset]) for asset in actor.totals],
        "firm": [money.range(asset, *actor.firm[asset]) for asset in actor.firm],
        "ends": [(end["rank"], end["shown"]) for end in actor.ends],
        "can": actor.can,
        "authority": actor.authority,
        "route": actor.route,
        "nature": actor.nature,
    }


def _actor(pairs: list[tuple[Document, Mapping[str, Any]]], policies: list[str]) -> Actor:
    pairs = sorted(pairs, key=lambda pair: pair[0]["rank"])
    ends = list({end["id"]: end for end, action in pairs}.values())
    firm = [end for end, action in pairs if action["holds_under_all"] and certain(end, policies)]
    first = pairs[0][1]
    return Actor(
        kind=first["kind"],
        by=first["by"],
        country=first["country"] or "",
        totals=total_of(ends, policies),
        firm=total_of(firm, policies),
        ends=ends,
        can=_distinct(pairs, "can"),
        authority=_distinct(pairs, "authority"),
        route=_distinct(pairs, "route"),
        voluntary=sorted({bool(action["voluntary"]) for end, action in pairs}, reverse=True),
    )


def _distinct(pairs: list[tuple[Document, Mapping[str, Any]]], key: str) -> list[str]:
    """Different texts under a key, in the order of the ends."""
    return list(dict.fromkeys(action[key] for end, action in pairs if action[key]))
