"""Rows of the table of ends, with the order of each row under every column worked out exactly."""

from collections.abc import Callable
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_method import policy as policy_of
from bongsu.share.report_money import Document, Money
from bongsu.share.report_summary import shown_time
from bongsu.share.report_text import action_name, chain_name, interval_text, stop_color, stop_name

_WIDEST = 36


def endpoint_rows(document: Document, money: Money) -> list[dict[str, Any]]:
    """What the report shows of each end, in the document's order."""
    ends = document["endpoints"]
    policies = document["method"]["policies"]
    orders = {name: _order(ends, key) for name, key in _sort_keys(policies, money).items()}
    rows = []
    for i, end in enumerate(ends):
        row = _row(end, policies, money)
        row["order"] = {name: order[i] for name, order in orders.items()}
        rows.append(row)
    return rows


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


def _row(end: Document, policies: list[str], money: Money) -> dict[str, Any]:
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
        "label": end["label"],
        "name": label.get("entity_name") or label.get("name") or "",
        "country": label.get("country") or "",
        "range": interval_text(money.cut(asset, end["min"]), money.cut(asset, end["max"])),
        "exact_range": interval_text(money.exact(asset, end["min"]), money.exact(asset, end["max"])),
        "bounds": end["bounds"]["kind"],
        "amounts": [
            (
                policy_of(p).name,
                money.cut(asset, end["amount"].get(p, "0")),
                money.exact(asset, end["amount"].get(p, "0")),
            )
            for p in policies
        ],
        "first": shown_time(end["first_arrival"]),
        "last": shown_time(end["last_arrival"]),
        "age": end["age_days"],
        "hops": end["hops"],
        "actions": [_action(action) for action in end["actions"] if action["kind"] != "none"],
        "weakest": end["weakest_link"],
        "path": [_step(step, asset, policies, money) for step in end["path"]],
    }


def _action(action: Document) -> dict[str, Any]:
    return {
        "name": action_name(action["kind"]),
        "by": action["by"],
        "country": action["country"] or "",
        "firm": action["holds_under_all"],
    }


def _step(step: Document, asset: str, policies: list[str], money: Money) -> dict[str, Any]:
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
        "tainted": [(policy_of(p).name, money.number(asset, step["tainted"].get(p, "0"))) for p in policies],
        "sha256": step["evidence"]["sha256"],
        "locator": step["evidence"]["locator"],
    }


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
