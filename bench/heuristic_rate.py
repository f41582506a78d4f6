"""How often a heuristic is right, and how often it finds something where there is nothing to find."""

from typing import NamedTuple

from bongsu.analyze.decoy import Interval, wilson

FEWEST = 10


class Rate(NamedTuple):
    """What one heuristic did on real data and on decoys."""

    name: str
    """As in bongsu.analyze.heuristic."""
    data: str
    n: int
    """Cases it looked at."""
    true_positive: int
    """Cases found right; where nobody knows the truth (`false_positive` null), cases found."""
    false_positive: int | None
    """Cases found wrong; null: nobody knows the truth."""
    false_negative: int | None
    """Cases missed; null: nobody knows."""
    decoy_hits: int
    decoys: int
    """Cases in which only chance can find something; 0: there is no decoy."""
    note: str = ""

    @property
    def rate(self) -> Interval:
        """95 % interval of what is found (right, where that is known) among the cases."""
        return wilson(self.true_positive, self.n)

    @property
    def decoy_rate(self) -> Interval | None:
        """As `chance`; null where there is no decoy."""
        return self.chance if self.decoys else None

    @property
    def chance(self) -> Interval:
        """95 % interval of what is found in decoys."""
        return wilson(self.decoy_hits, self.decoys)

    @property
    def precision(self) -> Interval | None:
        """95 % interval of right among found; null where nobody knows or nothing is found."""
        if self.false_positive is None or not self.true_positive + self.false_positive:
            return None
        return wilson(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> Interval | None:
        """95 % interval of found among what is there; null where nobody knows or nothing is there."""
        if self.false_negative is None or not self.true_positive + self.false_negative:
            return None
        return wilson(self.true_positive, self.true_positive + self.false_negative)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; null where nobody knows the truth."""
        if self.false_positive is None or self.false_negative is None:
            return None
        wrong = self.false_positive + self.false_negative
        return 2 * self.true_positive / (2 * self.true_positive + wrong) if self.true_positive else 0.0


def verdict(rate: Rate) -> str:
    """What a measurement says of a heuristic: a word of bongsu.analyze.heuristic.VERDICTS.

    Above chance means that the lowest likely rate is above the highest likely rate in decoys. Where the
    truth is known, at least half of what is found must be right at the lowest likely precision; where it
    is not, chance must explain less than half of what is found. Fewer than FEWEST cases that do not tell
    from chance prove nothing either way.
    """
    precision = rate.precision
    if precision is not None and precision.high < 0.5:
        return "imprecise"
    if not rate.n or not rate.decoys:
        return "unmeasured"
    if rate.rate.low <= rate.chance.high:
        return "chance" if rate.n >= FEWEST else "unproven"
    if precision is not None:
        return "above_chance" if precision.low >= 0.5 else "unproven"
    return "above_chance" if rate.rate.low > 2 * rate.chance.high else "imprecise"
