"""Whether a count is more than chance gives: intervals, and counts of the same search in decoys.

Interval: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (JASA 1927), 95 %.
"""

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""Half width of 95 % of a normal distribution."""


class Interval(NamedTuple):
    """Bounds of a rate."""

    low: float
    high: float


def wilson(hits: int, count: int) -> Interval:
    """95 % interval of the rate behind `hits` of `count`; the whole range where nothing was counted.

    Raises:
        ValueError: When there are more hits than cases, or fewer than none.
    """
    if not 0 <= hits <= count:
        raise ValueError(f"{hits} of {count} is no rate")
    if count == 0:
        return Interval(0.0, 1.0)
    rate, spread = hits / count, Z * Z / count
    middle = (rate + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(rate * (1 - rate) / count + spread / (4 * count))
    return Interval(middle - half if hits else 0.0, middle + half if hits < count else 1.0)


def beats_chance(hits: int, count: int, decoy_hits: int, decoys: int) -> bool:
    """Whether the lowest likely rate of hits is above twice the highest likely rate in decoys.

    Twice: a lead that chance explains as well as not helps nobody. Without decoys nothing is beaten.
    """
    return decoys > 0 and wilson(hits, count).low > 2 * wilson(decoy_hits, decoys).high
