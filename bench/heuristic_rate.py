"""How often a heuristic is right: counts on real data, with Wilson intervals and a decoy test."""

from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054
"""Standard normal quantile of a two-sided 95 % interval."""


class Interval(NamedTuple):
    """A share and the interval that holds it with 95 % confidence."""

    share: float
    low: float
    high: float


class Rate(NamedTuple):
    """What a heuristic did on one set of real data."""

    name: str
    """The heuristic and its setting."""
    data: str
    """The data that it ran on, and what is its truth."""
    n: int
    """Cases that it was asked about: true pairs, events, transactions."""
    true_positive: int
    false_positive: int
    false_negative: int
    decoy_hits: int
    """Claims that it made where by construction nothing can be right."""
    decoys: int
    """Cases where by construction nothing can be right; 0: no decoy test."""
    note: str = ""

    @property
    def precision(self) -> Interval | None:
        """Share of claims that are right; None where nothing was claimed."""
        return wilson(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> Interval | None:
        """Share of what is there that was claimed; None where nothing is there."""
        return wilson(self.true_positive, self.true_positive + self.false_negative)

    @property
    def decoy_rate(self) -> Interval | None:
        """Share of decoys that it fell for; None without decoys."""
        return wilson(self.decoy_hits, self.decoys)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing is right."""
        wrong = self.false_positive + self.false_negative
        return 2 * self.true_positive / (2 * self.true_positive + wrong) if self.true_positive else 0.0


def wilson(hits: int, n: int) -> Interval | None:
    """Share of hits with its 95 % Wilson score interval; None where n is 0.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    J. Am. Stat. Assoc. 22 (1927).
    """
    if n == 0:
        return None
    share = hits / n
    scale = 1 + Z95**2 / n
    center = (share + Z95**2 / (2 * n)) / scale
    half = Z95 / scale * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    return Interval(share, max(0.0, center - half), min(1.0, center + half))
