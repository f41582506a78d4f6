"""Rows of the table of coverage that say what was followed through, and what was not."""

from bongsu.model.text import _
from bongsu.share.report_money import Document


def coverage_rows(coverage: Document) -> list[tuple[str, str]]:
    """Exchanges and bridges of stolen value, by how they are known: words and count."""
    rows = []
    for part, followed in (
        ("swaps", _("Exchanges followed, {method}")),
        ("bridges", _("Bridges followed, {method}")),
    ):
        for method, count in sorted(coverage.get(part, {}).get("by_method", {}).items()):
            rows.append((followed.format(method=method_name(method)), f"{count:,}"))
    flying = coverage.get("bridges", {}).get("in_flight", 0)
    if flying:
        rows.append((_("Payments over bridges in flight"), f"{flying:,}"))
    for why, count in sorted(coverage.get("swaps", {}).get("not_followed", {}).items()):
        rows.append((_("Exchanges not followed: {why}").format(why=refusal_name(why)), f"{count:,}"))
    return rows


def method_name(method: str) -> str:
    """How it is known what a payment became, in words."""
    names = {
        "decoded": _("decoded from events"),
        "plain": _("by label and what came back"),
        "inferred": _("inferred from balances"),
        "id": _("by id"),
        "score": _("by score"),
        "stated": _("as a source lists them"),
    }
    return names.get(method, method)


def refusal_name(why: str) -> str:
    """Why an exchange is not followed, in words."""
    names = {
        "nothing_received": _("nothing else came back"),
        "several_payments": _("several payments"),
        "unknown_split": _("several assets, and nothing says how they share"),
        "below_threshold": _("below the minimum"),
        "several_accounts": _("several accounts gave or got"),
        "needs_traces": _("coins that only traces show"),
        "transfers_disagree": _("events and transfers disagree"),
        "side_unknown": _("which side it is is not known"),
        "unknown_token": _("a token that no fact knows came back"),
    }
    return names.get(why, why)
