"""Whether what was stolen is all accounted for, per asset and policy; added up once more here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bongsu.errors import ConservationError
from bongsu.model.text import _
from bongsu.share.report_money import Document, Money
from bongsu.share.report_text import stop_name, term_name

IN_TERMS = ("stolen", "converted_in")
"""Terms on the left side of the equation."""
OUT_TERMS = (
    "held",
    "at_services",
    "in_bridges",
    "in_mixers",
    "burned",
    "fees",
    "converted_out",
    "not_followed",
    "beyond_ledger",
)
"""Terms on the right side of the equation."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The conservation table of one asset."""

    asset: str
    symbol: str
    policies: list[str]
    rows: list[tuple[str, str, list[str]]]  # name, kind (in, out, total, unknown), amounts
    verdicts: list[tuple[str, str]]  # code (balanced, broken, poison), words


def balances(document: Document, money: Money) -> list[Balance]:
    """Conservation table of each asset.

    Raises:
        ConservationError: When a policy says that it balances and its terms do not add up.
    """
    tables = document["conservation"]
    policies = [policy for policy in document["method"]["policies"] if policy in tables]
    for policy in policies:
        _check(policy, tables[policy])
    return [_balance(asset, policies, tables, money) for asset in _assets(document)]


def difference(table: Mapping[str, Any], asset: str) -> int:
    """What came in minus all that it became, in base units; 0 when it adds up."""
    came = sum(_term(table, term, asset) for term in IN_TERMS)
    return came - sum(_term(table, term, asset) for term in OUT_TERMS)


def _check(policy: str, table: Mapping[str, Any]) -> None:
    if not (table["conserving"] and table["balanced"]):
        return
    for asset in sorted(_named(table)):
        rest = difference(table, asset)
        if rest:
            raise ConservationError(
                _(
                    "Cannot write the report: {policy} says that it balances, "
                    "but {rest} base units of {asset} are not accounted for."
                ).format(policy=policy, rest=rest, asset=asset),
                hint=_("Run the trace again; do not use this document."),
            )


def _balance(asset: str, policies: list[str], tables: Mapping[str, Any], money: Money) -> Balance:
    rows: list[tuple[str, str, list[str]]] = []

    def add(name: str, kind: str, amounts: list[int]) -> None:
        rows.append((name, kind, [money.number(asset, amount) if amount else "0" for amount in amounts]))

    for term in IN_TERMS:
        add(term_name(term), "in", [_term(tables[policy], term, asset) for policy in policies])
    for term in OUT_TERMS:
        if term != "not_followed":
            add(term_name(term), "out", [_term(tables[policy], term, asset) for policy in policies])
            continue
        for code in sorted({code for policy in policies for code in tables[policy].get(term, {})}):
            name = _("Not followed: {stop}").format(stop=stop_name(code).lower())
            add(name, "out", [int(tables[policy][term].get(code, {}).get(asset, "0")) for policy in policies])
    add(_("In minus out"), "total", [difference(tables[policy], asset) for policy in policies])
    rows[-1][2][:] = [
        amount if tables[policy]["conserving"] else ""
        for policy, amount in zip(policies, rows[-1][2], strict=True)
    ]
    add(term_name("unknown"), "unknown", [_term(tables[policy], "unknown", asset) for policy in policies])
    verdicts = [_verdict(tables[policy], asset) for policy in policies]
    return Balance(asset, money.symbol(asset), policies, rows, verdicts)


def _verdict(table: Mapping[str, Any], asset: str) -> tuple[str, str]:
    if not table["conserving"]:
        return "poison", _("not conserving")
    if table["balanced"] and difference(table, asset) == 0:
        return "balanced", _("balanced")
    return "broken", _("does not balance")


def _term(table: Mapping[str, Any], term: str, asset: str) -> int:
    found = table.get(term, {})
    if term == "not_followed":
        return sum(int(by_asset.get(asset, "0")) for by_asset in found.values())
    return int(found.get(asset, "0"))


def _named(table: Mapping[str, Any]) -> set[str]:
    named = {
        asset
        for term in (*IN_TERMS, *OUT_TERMS, "unknown")
        if term != "not_followed"
        for asset in table.get(term, {})
    }
    return named | {asset for by_asset in table.get("not_followed", {}).values() for asset in by_asset}


def _assets(document: Document) -> list[str]:
    """Assets that any policy names: those of the document's list first, in its order."""
    named = {asset for table in document["conservation"].values() for asset in _named(table)}
    listed = [asset["id"] for asset in document["assets"] if asset["id"] in named]
    return listed + sorted(named - set(listed))
