"""Amounts of the assets of a document, and their sums under every policy."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bongsu.model.amount import format_amount, format_amount_cut
from bongsu.model.text import _
from bongsu.share.report_text import chain_name, interval_text

Document = Mapping[str, Any]
"""A trace document, schema bongsu.trace/1."""
Range = tuple[int, int]
"""Smallest and largest amount over the conserving policies, in base units."""


@dataclass(frozen=True, slots=True)
class Money:
    """Shows base units in units of their asset."""

    assets: Mapping[str, Mapping[str, Any]]
    shared: frozenset[str] = frozenset()
    """Symbols of known tokens on several chains."""

    def symbol(self, asset: str) -> str:
        """Symbol of an asset, with its chain where another has the same; marked when it is no known token."""
        found = self.assets.get(asset)
        if found is None:
            return _("base units of {asset}").format(asset=asset)
        symbol = str(found["symbol"])
        if found["known"] and symbol in self.shared:
            symbol = f"{symbol} ({chain_name(asset.partition('/')[0])})"
        return symbol if found["known"] else _("{symbol} (unverified token)").format(symbol=symbol)

    def decimals(self, asset: str) -> int:
        """Decimals of an asset; 0 when the document does not state them."""
        return int(self.assets[asset]["decimals"]) if asset in self.assets else 0

    def number(self, asset: str, units: int | str) -> str:
        """Exact amount without its symbol."""
        return format_amount(units, self.decimals(asset))

    def cut(self, asset: str, units: int | str) -> str:
        """Amount cut after four decimals, without its symbol."""
        return format_amount_cut(units, self.decimals(asset))

    def exact(self, asset: str, units: int | str) -> str:
        """Exact amount with its symbol."""
        return f"{self.number(asset, units)} {self.symbol(asset)}"

    def range(self, asset: str, low: int | str, high: int | str) -> str:
        """Interval of amounts, cut after four decimals, with their symbol."""
        return f"{interval_text(self.cut(asset, low), self.cut(asset, high))} {self.symbol(asset)}"

    def ranges(self, amounts: Mapping[str, Range]) -> str:
        """Intervals of several assets in one line."""
        return ", ".join(self.range(asset, *amounts[asset]) for asset in amounts)


def money_of(document: Document) -> Money:
    """What shows the amounts of a document."""
    symbols = Counter(asset["symbol"] for asset in document["assets"] if asset["known"])
    shared = frozenset(symbol for symbol, count in symbols.items() if count > 1)
    return Money({asset["id"]: asset for asset in document["assets"]}, shared)


def conserving(document: Document) -> list[str]:
    """Policies whose amounts add up, in the order of the document."""
    return [
        policy
        for policy in document["method"]["policies"]
        if document["conservation"].get(policy, {}).get("conserving", policy != "poison")
    ]


def range_of(amounts: Mapping[str, int], policies: Iterable[str]) -> Range:
    """Smallest and largest of the amounts under some policies; a policy that is not there has 0."""
    found = [amounts.get(policy, 0) for policy in policies] or [0]
    return min(found), max(found)


def total_of(ends: Iterable[Document], policies: list[str]) -> dict[str, Range]:
    """Per asset, the range of what some ends hold together.

    Summed within each policy first, so that two ends that share one amount in different ways do not
    count twice. Where the order of movements is not known, the ends' own bounds are summed.
    """
    sums: dict[str, tuple[list[int], list[int]]] = {}
    for end in ends:
        found = [_bounds(end, policy) for policy in policies]
        low, high = sums.get(end["asset"]) or ([0] * len(found), [0] * len(found))
        sums[end["asset"]] = (
            [sum_ + least for sum_, (least, _most) in zip(low, found, strict=True)],
            [sum_ + most for sum_, (_least, most) in zip(high, found, strict=True)],
        )
    return {asset: (min(low), max(high)) for asset, (low, high) in sums.items() if policies}


def holds(end: Document, policies: Iterable[str]) -> bool:
    """Whether stolen value can lie at an end under one of the policies; else it was touched at most."""
    return bounds_of(end, policies)[1] > 0


def certain(end: Document, policies: Iterable[str]) -> bool:
    """Whether stolen value lies at an end under each of the policies, in every order that may be true."""
    return bounds_of(end, policies)[0] > 0


def bounds_of(end: Document, policies: Iterable[str]) -> Range:
    """Smallest and largest amount of an end over the policies and the orders that may be true."""
    found = [_bounds(end, policy) for policy in policies] or [(0, 0)]
    return min(low for low, high in found), max(high for low, high in found)


def _bounds(end: Document, policy: str) -> Range:
    if end["bounds"]["kind"] != "exact":
        bounds = end["bounds"]["per_policy"].get(policy)
        if bounds is not None:
            return int(bounds["min"]), int(bounds["max"])
    amount = int(end["amount"].get(policy, "0"))
    return amount, amount
