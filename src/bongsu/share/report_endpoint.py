"""Rows of the table of ends, with the order of each row under every column worked out exactly.

A page that a browser opens at once has room for so many ends and steps; how many are left out is said,
and they are in the trace document and the CSV.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_label import numbered_sources, only_listed, party_name, sanction_text, sanctions
from bongsu.share.report_method import policy as policy_of
from bongsu.share.report_money import Document, Money, bounds_of, certain, conserving, holds, total_of
from bongsu.share.report_route import crossing_view, kind_name, product_text, route_of, tone_of
from bongsu.share.report_summary import shown_time
from bongsu.share.report_text import action_name, chain_name, interval_text, stop_color, stop_name

MOST_ENDS = 1000
"""Ends that the page lists, the first by rank."""
MOST_STEPS = 5000
"""Steps of paths that the page shows, those of the first ends."""
_WIDEST = 36
Names = Mapping[str, str]
"""Policy to its name."""


def endpoint_rows(document: Document, money: Money) -> list[dict[str, Any]]:
    """What the report shows of each end that it lists, in the document's order."""
    ends = document["endpoints"][:MOST_ENDS]
    policies = document["method"]["policies"]
    names = {code: policy_of(code).name for code in policies}
    sources, kept = numbered_sources(ends), conserving(document)
    orders = {name: _order(ends, key) for name, key in _sort_keys(policies, money).items()}
    rows, steps = [], 0
    for i, end in enumerate(ends):
        steps += len(end["path"])
        row = _row(end, names, money)
        row |= _held_by(end["label"], sources) | _sureness(end, kept, money)
        row["path"], row["route"] = None, []
        if steps <= MOST_STEPS:
            row["route"] = route_of(end["path"], end["asset"], money)
            row["path"] = [_step(step, end["asset"], names, money) for step in end["path"]]
        row["order"] = {name: order[i] for name, order in orders.items()}
        rows.append(row)
    return rows


def left_out(document: Document, rows: list[dict[str, Any]], money: Money) -> dict[str, Any]:
    """How many ends and paths the page has no room for, and what those ends hold together."""
    rest = document["endpoints"][len(rows) :]
    return {
        "all": f"{len(document['endpoints']):,}",
        "ends": f"{len(rest):,}" if rest else "",
        "amount": money.ranges(total_of(rest, conserving(document))),
        "paths": f"{len(rest) + sum(row['path'] is None for row in rows):,}",
        "any_path": bool(rest) or any(row["path"] is None for row in rows),
    }


def sort_choices(document: Document) -> list[tuple[str, str]]:
    """What the rows can be sorted by: code and words."""
    policies = [(code, policy_of(code).name) for code in document["method"]["policies"]]
    return [
        ("rank", _("Rank")),
        ("max", _("Maximum")),
        ("min", _("Minimum")),
        *policies,
        ("arrival", _("First arrival")),
        ("age", _("Age")),
        ("hops", _("Hops")),
        ("name", _("Name")),
        ("country", _("Country")),
        ("stop", _("Kind of end")),
        ("address", _("Address")),
    ]


def filter_choices(rows: list[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """Values that the rows can be filtered by."""
    return {
        "stop": sorted({(row["stop"], row["stop_name"]) for row in rows}, key=lambda pair: pair[1]),
        "country": sorted({(row["country"], row["country"]) for row in rows if row["country"]}),
        "asset": sorted({(row["asset"], row["symbol"]) for row in rows}, key=lambda pair: pair[1]),
    }


def _row(end: Document, policies: Names, money: Money) -> dict[str, Any]:
    asset = end["asset"]
    label = end["label"] or {}
    return {
        "rank": end["rank"],
        "shown": end["shown"],
        "chain": chain_name(end["chain"]),
        "asset": asset,
        "symbol": money.symbol(asset),
        "stop": end["stop"],
        "stop_name": stop_name(end["stop"]),
        "color": stop_color(end["stop"]),
        "name": party_name(end["label"]),
        "country": label.get("country") or "",
        "range": interval_text(money.cut(asset, end["min"]), money.cut(asset, end["max"])),
        "exact_range": interval_text(money.exact(asset, end["min"]), money.exact(asset, end["max"])),
        "bounds": end["bounds"]["kind"],
        "amounts": [
            (
                name,
                money.cut(asset, end["amount"].get(p, "0")),
                money.exact(asset, end["amount"].get(p, "0")),
            )
            for p, name in policies.items()
        ],
        "same": len({end["amount"].get(p, "0") for p in policies}) == 1,
        "arrived": _days(end["first_arrival"], end["last_arrival"]),
        "arrived_exact": interval_text(shown_time(end["first_arrival"]), shown_time(end["last_arrival"])),
        "age": end["age_days"],
        "hops": end["hops"],
        "actions": [_action(action) for action in end["actions"] if action["kind"] != "none"],
        "weakest": end["weakest_link"],
        "product": product_text(end),
        "bridge": crossing_view(end.get("bridge")),
    }


def _held_by(label: Document | None, sources: Mapping[str, str]) -> dict[str, Any]:
    """What sources say of who is there: `label` is null where only sanctions lists name the address."""
    listings = [*sanctions(label, "listed"), *sanctions(label, "delisted")]
    return {
        "label": None if label is None or only_listed(label) else label,
        "source": sources[label["source"]] if label else "",
        "sanctions": [
            (sanction_text(one), sources[one["source"]], one["status"] == "listed") for one in listings
        ],
    }


def _sureness(end: Document, policies: list[str], money: Money) -> dict[str, Any]:
    """Whether value is there at all and for certain, and the amounts that an unknown order leaves open."""
    low, high = bounds_of(end, policies)
    open_order = end["bounds"]["kind"] != "exact" and (str(low), str(high)) != (end["min"], end["max"])
    return {
        "holds": holds(end, policies),
        "certain": certain(end, policies),
        "bounds_range": money.range(end["asset"], low, high) if open_order else "",
    }


def _days(first: str | None, last: str | None) -> list[str]:
    """Day of the first arrival and, where it is another one, of the last."""
    return list(dict.fromkeys(time[:10] for time in (first, last) if time))


def _action(action: Document) -> dict[str, Any]:
    return {
        "name": action_name(action["kind"]),
        "by": action["by"],
        "country": action["country"] or "",
        "firm": action["holds_under_all"],
    }


def _step(step: Document, asset: str, policies: Names, money: Money) -> dict[str, Any]:
    asset = step.get("asset", asset)
    position = [str(step[key]) for key in ("tx_index", "position") if step[key] is not None]
    return {
        "tx": step["tx_hash"],
        "block": step["block"],
        "time": shown_time(step["time"]),
        "position": "/".join(position),
        "source": step["source"],
        "target": step["target"],
        "amount": money.exact(asset, step["amount"]) if step["amount"] is not None else "",
        "tainted": _tainted(step, asset, policies, money),
        "swap": _swap(step.get("swap"), policies, money),
        **_known(step),
        "sha256": step["evidence"]["sha256"],
        "locator": step["evidence"]["locator"],
    }


def _known(step: Document) -> dict[str, Any]:
    """What a step is and how sure; documents of earlier versions do not state it."""
    return {
        "kind": kind_name(step.get("kind", "transfer")),
        "chain": chain_name(step["chain"]) if step.get("chain") else "",
        "confidence": step.get("confidence"),
        "tone": tone_of(step.get("confidence")),
        "why": step.get("why", []),
        "bridge": crossing_view(step.get("bridge")),
    }


def _swap(swap: Document | None, policies: Names, money: Money) -> dict[str, Any] | None:
    """What the payment of a step became in its transaction, or null."""
    if swap is None:
        return None
    return {
        "received": money.exact(swap["asset"], swap["received"]),
        "tainted": _tainted(swap, swap["asset"], policies, money),
        "evidence": [(one["sha256"], one["locator"]) for one in swap["evidence"]],
        "events": [(one["sha256"], one["locator"]) for one in swap.get("events", ())],
        "by": swap.get("by", ""),
        "over_bridge": swap.get("kind") == "bridge",
    }


def _tainted(part: Document, asset: str, policies: Names, money: Money) -> list[tuple[str, str]]:
    """What of an amount was stolen, by policy."""
    amounts = ((name, part["tainted"].get(code, "0")) for code, name in policies.items())
    return [(names, money.number(asset, amount)) for names, amount in _grouped(amounts)]


def _grouped(amounts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names of policies that give the same amount together, and the amount."""
    groups: dict[str, list[str]] = {}
    for name, amount in amounts:
        groups.setdefault(amount, []).append(name)
    if len(groups) == 1:
        return [(_("every policy"), amount) for amount in groups]
    return [(", ".join(names), amount) for amount, names in groups.items()]


def _sort_keys(policies: list[str], money: Money) -> dict[str, Callable[[Document], Any]]:
    """What each column sorts by; amounts descend and are compared in whole units of their asset."""

    def units(end: Document, amount: str) -> int:
        return -int(amount) * int(10 ** max(_WIDEST - money.decimals(end["asset"]), 0))

    def label(end: Document, key: str) -> tuple[bool, str]:
        text = str((end["label"] or {}).get(key) or "")
        return not text, text.casefold()

    keys: dict[str, Callable[[Document], Any]] = {
        "rank": lambda end: end["rank"],
        "min": lambda end: units(end, end["min"]),
        "max": lambda end: units(end, end["max"]),
        "arrival": lambda end: (not end["first_arrival"], end["first_arrival"] or ""),
        "age": lambda end: (end["age_days"] is None, end["age_days"] or 0),
        "hops": lambda end: end["hops"],
        "name": lambda end: (label(end, "entity_name"), label(end, "name")),
        "country": lambda end: label(end, "country"),
        "stop": lambda end: stop_name(end["stop"]),
        "address": lambda end: end["shown"].lower(),
    }

    def under(policy: str) -> Callable[[Document], Any]:
        return lambda end: units(end, end["amount"].get(policy, "0"))

    return keys | {policy: under(policy) for policy in policies}


def _order(ends: list[Document], key: Callable[[Document], Any]) -> list[int]:
    """Position of each end under a key; equal keys share one, so that a stable sort keeps rank order."""
    keys = [key(end) for end in ends]
    places = {found: i for i, found in enumerate(sorted(set(keys)))}
    return [places[found] for found in keys]
