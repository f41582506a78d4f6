"""Who can act: the ends of a trace grouped by the party that could do something there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_money import Document, Money, Range, conserving, total_of
from bongsu.share.report_text import action_name

STOPPING = ("account_hold", "issuer_freeze")
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
    """Parties that can act, those that can stop value first, then by the best rank of their ends."""
    groups: dict[tuple[str, str, str], list[tuple[Document, Mapping[str, Any]]]] = {}
    for end in document["endpoints"]:
        for action in end["actions"]:
            if action["kind"] != "none":
                key = (action["kind"], action["entity"] or action["by"], action["by"])
                groups.setdefault(key, []).append((end, action))
    policies = conserving(document)
    found = [_actor(pairs, policies) for pairs in groups.values()]
    return sorted(found, key=lambda actor: (not actor.stops, actor.ends[0]["rank"]))


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
    firm = [end for end, action in pairs if action["holds_under_all"]]
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
