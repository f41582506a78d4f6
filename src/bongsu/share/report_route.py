"""One path as a line of hops to be read at once: what moved, over which chains, and how sure each hop is."""

from typing import Any

from bongsu.model.text import _
from bongsu.share.report_money import Document, Money
from bongsu.share.report_text import chain_name

SURE, FAIR = 90, 70
"""Least confidence of a hop that is shown as sure, and as fair."""


def route_of(path: list[Document], asset: str, money: Money) -> list[dict[str, Any]]:
    """Hops of a path, each with its kind, amount, chain and confidence; `crosses`: the chain it came from.

    Args:
        path: Steps of a trace document.
        asset: Asset of steps that state none.
        money: How amounts are shown.
    """
    hops = []
    before = path[0].get("chain") if path else None
    for step in path:
        chain, swap, confidence = step.get("chain"), step.get("swap"), step.get("confidence")
        own = step.get("asset", asset)
        hops.append(
            {
                "kind": kind_name(step.get("kind", "swap" if swap else "transfer")),
                "moved": "" if step["amount"] is None else money.range(own, *[step["amount"]] * 2),
                "became": money.range(swap["asset"], *[swap["received"]] * 2) if swap else "",
                "chain": chain_name(chain) if chain else "",
                "crosses": chain_name(before) if chain and before and chain != before else "",
                "confidence": confidence,
                "tone": tone_of(confidence),
                "why": step.get("why", []),
            }
        )
        before = chain or before
    return hops


def tone_of(confidence: int | None) -> str:
    """Class of a confidence: `sure`, `fair`, `weak`, or empty where none is stated."""
    if confidence is None:
        return ""
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "weak"


def kind_name(kind: str) -> str:
    """What a step of a path is, in words."""
    names = {
        "transfer": _("Transfer"),
        "bridge_deposit": _("Into a bridge"),
        "bridge_withdrawal": _("Out of the bridge"),
        "swap": _("Swap"),
        "wrap": _("Wrap"),
        "unwrap": _("Unwrap"),
        "stake": _("Stake"),
        "unstake": _("Unstake"),
        "mint": _("Mint a share"),
        "redeem": _("Redeem a share"),
        "add_liquidity": _("Add liquidity"),
        "remove_liquidity": _("Remove liquidity"),
    }
    return names.get(kind, kind)


def product_text(end: Document) -> str:
    """Confidence of a whole path as a person reads it; empty where none is stated."""
    product = end.get("product")
    if product is None:
        return ""
    percent = product["confidence"]
    said = "< 0.01" if percent < 0.01 else f"{percent:g}"
    return f"{said} % ({product['statement']})"


def crossing_view(crossing: Document | None) -> dict[str, Any] | None:
    """A bridge's two transactions as the page shows them, or null."""
    if crossing is None:
        return None
    methods = {
        "id": _("by the id that both sides carry"),
        "score": _("by score"),
        "stated": _("as a source lists it"),
        "open": _("the other side is not known"),
    }
    there = crossing["withdrawal_chain"]
    return {
        "name": crossing["name"],
        "method": methods.get(crossing["method"], crossing["method"]),
        "why": crossing["why"],
        "left": (chain_name(crossing["deposit_chain"]), crossing["deposit_tx"]),
        "arrived": (chain_name(there) if there else "", crossing["withdrawal_tx"] or ""),
    }
