"""The order in which to read the ends: what is recoverable and how urgent, never an invented value."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from bongsu.analyze.endpoint import Endpoint

LOW_STOPS = {"burn": 3, "fee": 4, "mixer": 2}
ACTS = frozenset({"account_hold", "issuer_freeze", "reversal"})
"""Actions that hold money where it is."""

Worth = Callable[[str, int], Fraction | None]
"""Value of an amount of an asset in the currency of the price table; null: no price."""


def _tier(end: Endpoint) -> int:
    """0: someone can hold it; 1: someone can watch or refuse it; 2 and up: nothing to hold."""
    if end.stop in LOW_STOPS:
        return LOW_STOPS[end.stop]
    return 0 if any(action.kind in ACTS for action in end.actions) else 1


def rank_ends(ends: list[Endpoint], *, worth: Worth | None, assets: Mapping[str, int]) -> list[Endpoint]:
    """Ends in the order to read them.

    First what someone can hold, then by the amount that is there under every conserving policy, then
    by the largest amount, then the latest arrival first: it is the likeliest still to be there.

    Args:
        ends: Ends of every asset.
        worth: Value of an amount, to rank across assets; null or no price: per asset, in the order
            of `assets`.
        assets: Asset to its place where no price is given.
    """

    def key(end: Endpoint) -> tuple[object, ...]:
        least = worth(end.asset, end.least) if worth else None
        most = worth(end.asset, end.most) if worth else None
        place = assets.get(end.asset, len(assets))
        age = -(end.last_arrival.timestamp() if end.last_arrival else 0.0)
        if least is None or most is None:
            return (_tier(end), 1, place, -end.least, -end.most, age, end.address, end.stop)
        return (_tier(end), 0, 0, -least, -most, age, end.address, end.stop)

    return sorted(ends, key=key)
