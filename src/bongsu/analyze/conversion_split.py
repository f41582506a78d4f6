"""How what an account gave is shared where it gave or got several assets: prices, then the route.

Rule 8: by a price table, else by the decoded route, else the split is not known and nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bongsu.analyze.price import Prices
from bongsu.model.conversion import ConversionEvent

_EVEN = {"uniswap-v2"}
"""Protocols whose pools take and give their two tokens in equal value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A part of what was given, and the part of what was received that it became."""

    given_asset: str
    given: int
    received_asset: str
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRule:
    """What is known to share by."""

    prices: Prices | None = None
    time: datetime | None = None
    """Time of the transaction; the last price not after it counts."""

    def parts(
        self, gave: Mapping[str, int], got: Mapping[str, int], events: Sequence[ConversionEvent]
    ) -> list[Split]:
        """Parts that add up to what was given and to what was received; none: the split is not known."""
        if not gave or not got:
            return []
        if len(gave) == 1 and len(got) == 1:
            ((asset, amount),), ((other, received),) = gave.items(), got.items()
            return [Split(given_asset=asset, given=amount, received_asset=other, received=received)]
        several = got if len(gave) == 1 else gave
        if len(gave) > 1 and len(got) > 1:
            return []
        shares = self._by_price(several) or _by_route(several, events, received=several is got)
        return _shared(gave, got, shares) if shares else []

    def _by_price(self, amounts: Mapping[str, int]) -> dict[str, Fraction]:
        if self.prices is None:
            return {}
        worth = {}
        for asset, amount in amounts.items():
            price, decimals = self.prices.latest(asset, self.time), self.prices.decimals.get(asset)
            if price is None or decimals is None:
                return {}
            worth[asset] = price.price * Fraction(amount, 10**decimals)
        whole = sum(worth.values())
        return {asset: value / whole for asset, value in worth.items()} if whole else {}


def _by_route(
    several: Mapping[str, int], events: Sequence[ConversionEvent], *, received: bool
) -> dict[str, Fraction]:
    """Share of each of several assets: equal in a pool of equal values, else what the route spent on it."""
    liquidity = [event for event in events if event.kind in ("add_liquidity", "remove_liquidity")]
    if liquidity:
        even = {event.protocol for event in liquidity} <= _EVEN and len(several) == 2
        return (
            dict.fromkeys(several, Fraction(1, 2)) if even and len({e.venue for e in liquidity}) == 1 else {}
        )
    return _spent(several, events) if received else {}


def _spent(several: Mapping[str, int], events: Sequence[ConversionEvent]) -> dict[str, Fraction]:
    """Share of the route's first asset that was spent on each of its last ones.

    Each venue of the route is an edge; what went into an asset leaves it in proportion. A route that comes
    back to an asset, or that has two first assets, has no such shares.
    """
    edges: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for event in events:
        if event.given_asset and event.received_asset and event.given:
            edges[event.given_asset].append((event.received_asset, event.given))
    reached = {asset for ends in edges.values() for asset, _ in ends}
    firsts = [asset for asset in edges if asset not in reached]
    if len(firsts) != 1:
        return {}
    shares: defaultdict[str, Fraction] = defaultdict(Fraction)
    shares[firsts[0]] = Fraction(1)
    for asset in _in_order(edges):
        out = edges.get(asset, [])
        whole = sum(amount for _, amount in out)
        for other, amount in out:
            shares[other] += shares[asset] * Fraction(amount, whole)
    found = {asset: shares[asset] for asset in several}
    return found if sum(found.values()) == 1 and all(found.values()) else {}


def _in_order(edges: Mapping[str, list[tuple[str, int]]]) -> list[str]:
    """Assets of a route, each after those it was bought with; none where the route is a circle."""
    nodes = {*edges, *(other for ends in edges.values() for other, _ in ends)}
    waiting = {node: sum(other == node for ends in edges.values() for other, _ in ends) for node in nodes}
    ready, order = sorted(node for node in nodes if not waiting[node]), []
    while ready:
        node = ready.pop()
        order.append(node)
        for other, _ in edges.get(node, []):
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return order if len(order) == len(nodes) else []


def _shared(gave: Mapping[str, int], got: Mapping[str, int], shares: Mapping[str, Fraction]) -> list[Split]:
    """Parts by shares: the side with one asset is cut by largest remainder, the other stays whole."""
    cut_given = len(gave) == 1
    ((asset, amount),) = (gave if cut_given else got).items()
    pieces = largest_remainder(amount, [shares[one] for one in (got if cut_given else gave)])
    if cut_given:
        return [
            Split(given_asset=asset, given=piece, received_asset=other, received=received)
            for (other, received), piece in zip(got.items(), pieces, strict=True)
            if piece
        ]
    return [
        Split(given_asset=other, given=given, received_asset=asset, received=piece)
        for (other, given), piece in zip(gave.items(), pieces, strict=True)
        if piece
    ]


def largest_remainder(amount: int, shares: Sequence[Fraction]) -> list[int]:
    """Whole parts of an amount by shares that add up to 1; what is left goes to the largest remainders."""
    exact = [amount * share for share in shares]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts
