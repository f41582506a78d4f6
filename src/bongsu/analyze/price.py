"""Prices that a person gives: value of an amount in a currency, with source and time; never a guess."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one unit of an asset cost, as a source states it."""

    asset: str
    time: datetime
    currency: str
    price: Fraction
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """A price table of one currency, with the decimals of the assets it prices."""

    currency: str
    rows: tuple[Price, ...]
    decimals: dict[str, int]

    def latest(self, asset: str, until: datetime | None = None) -> Price | None:
        """Last price of an asset that is not after a time, or null."""
        found = [row for row in self.rows if row.asset == asset and (until is None or row.time <= until)]
        return max(found, key=lambda row: (row.time, row.source), default=None)

    def worth(self, asset: str, amount: int) -> Fraction | None:
        """Value of an amount at the last price, exact; null where the asset has none or no known decimals.

        A valuation in the table's own currency is worth what it says.
        """
        decimals = self.decimals.get(asset)
        if decimals is None:
            return None
        if asset.endswith(f"iso4217:{self.currency}"):
            return Fraction(amount, 10**decimals)
        price = self.latest(asset)
        return None if price is None else price.price * Fraction(amount, 10**decimals)
