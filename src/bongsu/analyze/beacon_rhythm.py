"""How regular a series of contacts is: intervals, sizes, spread over the time that the log covers.

Median absolute deviation and Bowley skew of intervals are measures that RITA made known for this; how they
are combined here is our own.
"""

from typing import Any, NamedTuple

import numpy as np

FEWEST = 20
"""Contacts, not counting those within a second of another, below which nothing is said."""
SHORTEST_SECONDS = 3600
"""Least time between first and last."""
BINS = 24
"""Parts of the log's time in which contacts are counted."""
REGULAR = 0.8
"""Regularity of intervals from which a series is one of a machine."""
STEADY = 0.5
"""Share of the log's time in which there must be contacts."""
_SECOND = 1_000_000
Array = np.ndarray[Any, Any]


class Rhythm(NamedTuple):
    """One series."""

    contacts: int
    seconds: float
    """Between first and last."""
    interval: float
    """Median, in seconds."""
    regularity: float
    """1 - median absolute deviation of intervals / median: 1 for a clock, 0.3 for chance."""
    skew: float
    """Bowley skew of intervals, -1..1: 0 where longer and shorter ones are alike."""
    coverage: float
    """Share of BINS parts of the log's time with a contact."""
    longest_run: int
    """Parts with contacts one after the other."""
    size: int
    """Median of bytes sent; -1: not stated."""
    size_regularity: float
    """As of intervals; 0 where no size is stated."""

    @property
    def score(self) -> float:
        """0..1: intervals count most, then how much of the time is covered, then sizes and skew."""
        parts = (
            (0.5, self.regularity),
            (0.25, self.coverage),
            (0.15, self.size_regularity),
            (0.1, 1 - abs(self.skew)),
        )
        return sum(weight * max(0.0, part) for weight, part in parts)

    @property
    def regular(self) -> bool:
        """Whether a machine keeps the time."""
        enough = self.contacts >= FEWEST and self.seconds >= SHORTEST_SECONDS
        return enough and self.regularity >= REGULAR and self.coverage >= STEADY


def rhythm_of(micros: Array, sizes: Array, span: tuple[int, int]) -> Rhythm | None:
    """Rhythm of contacts; None where there are fewer than FEWEST.

    Args:
        micros: Times in ascending order.
        sizes: Bytes sent at each; -1: not stated.
        span: First and last time of the log.
    """
    own = np.append(True, np.diff(micros // _SECOND) > 0)
    times = micros[own]
    if len(times) < FEWEST:
        return None
    gaps = np.diff(times) / _SECOND
    interval, regularity = _spread(gaps)
    first, middle, third = np.quantile(gaps, (0.25, 0.5, 0.75))
    width = third - first
    counts, _edges = np.histogram(times, bins=BINS, range=(span[0], max(span[1], span[0] + 1)))
    told = sizes[own][sizes[own] >= 0]
    size, size_regularity = _spread(told) if len(told) else (-1.0, 0.0)
    return Rhythm(
        contacts=len(times),
        seconds=float(times[-1] - times[0]) / _SECOND,
        interval=interval,
        regularity=regularity,
        skew=float((first + third - 2 * middle) / width) if width > 0 else 0.0,
        coverage=float(np.count_nonzero(counts)) / BINS,
        longest_run=_longest(counts > 0),
        size=int(size),
        size_regularity=size_regularity,
    )


def regularities(group: Array, micros: Array, groups: int) -> tuple[Array, Array]:
    """Contacts and regularity of each group, as `rhythm_of` has them, all at once; 0 for fewer than FEWEST.

    Args:
        group: Number of the group of each contact, ascending.
        micros: Times, ascending within a group.
        groups: Number of groups.
    """
    if not len(group):
        return np.zeros(groups, np.int64), np.zeros(groups)
    own = np.append(True, (np.diff(group) != 0) | (np.diff(micros // _SECOND) > 0))
    group, micros = group[own], micros[own]
    contacts = np.bincount(group, minlength=groups)
    enough = contacts[group] >= FEWEST
    group, micros = group[enough], micros[enough]
    same = np.diff(group) == 0
    gaps, owner = np.diff(micros)[same] / _SECOND, group[1:][same]
    middle = _medians(owner, gaps, groups)
    deviation = _medians(owner, np.abs(gaps - middle[owner]), groups)
    found = np.zeros(groups)
    known = middle > 0
    found[known] = np.maximum(0, 1 - deviation[known] / middle[known])
    return contacts, found


def _medians(owner: Array, values: Array, groups: int) -> Array:
    """Median of the values of each owner; 0 where one has none."""
    ordered = values[np.lexsort((values, owner))]
    counts = np.bincount(owner, minlength=groups)
    starts = np.cumsum(counts) - counts
    has = counts > 0
    found = np.zeros(groups)
    low, high = starts + (counts - 1) // 2, starts + counts // 2
    found[has] = (ordered[low[has]] + ordered[high[has]]) / 2
    return found


def _spread(values: Array) -> tuple[float, float]:
    """Median, and 1 minus the median absolute deviation from it in medians; not below 0."""
    middle = float(np.median(values))
    deviation = float(np.median(np.abs(values - middle)))
    return middle, max(0.0, 1 - deviation / middle) if middle else float(deviation == 0)


def _longest(filled: Array) -> int:
    edges = np.diff(np.concatenate([[0], filled.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return int((ends - starts).max()) if len(starts) else 0
