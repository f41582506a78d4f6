"""What a score has meant where the truth is known: the precision that was measured, never more.

Scores are cut into classes. In each the precision is counted, made to rise with the score by pooling
neighbors, and lowered to the bound that holds with 95 % confidence; of several bridges the least counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bongsu.kernel.case import Array
from bongsu.kernel.interval import wilson_low
from bongsu.kernel.isotonic import rising

WIDEST = 500
"""Most basis points of a fee with which the precision was measured."""
FLOORS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99)
"""Least score of each class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Probability that a score stands for."""

    floors: tuple[float, ...]
    """Least score of each class, ascending from 0."""
    percents: tuple[int, ...]
    """Probability that is claimed in each class."""

    def percent_of(self, score: npt.NDArray[np.float64]) -> Array:
        """Probability of each score in percent."""
        place = np.searchsorted(np.array(self.floors), score, side="right") - 1
        found: Array = np.array(self.percents, dtype=np.int64)[np.maximum(place, 0)]
        return found


@dataclass(frozen=True, slots=True)
class Sample:
    """Scored pairs of one bridge and whether each is right."""

    score: npt.NDArray[np.float64]
    right: Array


def calibrate(samples: Iterable[Sample], floors: tuple[float, ...] = FLOORS) -> Calibration:
    """Calibration that no sample contradicts: the least of their lower bounds in each class."""
    bounds = [lower_bounds(*class_counts(sample, floors)) for sample in samples]
    least = np.min(np.stack(bounds), axis=0)
    return Calibration(floors=floors, percents=tuple(int(100 * bound) for bound in least))


def class_counts(sample: Sample, floors: tuple[float, ...] = FLOORS) -> tuple[Array, Array]:
    """Right pairs and all pairs in each class."""
    place = np.searchsorted(np.array(floors), sample.score, side="right") - 1
    right = np.bincount(place[sample.right.astype(np.bool_)], minlength=len(floors))
    return right, np.bincount(place, minlength=len(floors))


def lower_bounds(right: Array, count: Array) -> npt.NDArray[np.float64]:
    """Lower bound of the precision in each class, rising; classes that were pooled share their counts.

    A class without pairs has the bound of the one below it: nothing was measured there.
    """
    pooled = rising(right / np.maximum(count, 1), count)
    edges = np.flatnonzero(np.diff(pooled, prepend=-1.0))
    block = np.searchsorted(edges, np.arange(len(pooled)), side="right") - 1
    low = wilson_low(np.bincount(block, weights=right), np.bincount(block, weights=count))[block]
    seen = np.where(count > 0, low, 0.0)
    return np.maximum.accumulate(seen)


MEASURED = {
    (False, True): Calibration(floors=FLOORS, percents=(0, 80, 80, 98, 98, 98, 98, 98)),
    (False, False): Calibration(floors=FLOORS, percents=(17, 46, 60, 89, 96, 97, 97, 97)),
    (True, True): Calibration(floors=FLOORS, percents=(0, 75, 75, 91, 96, 98, 98, 98)),
    (True, False): Calibration(floors=FLOORS, percents=(4, 4, 4, 4, 4, 4, 4, 4)),
}
"""By whether a fee is deducted and whether both sides name the same beneficiary: measured on the bridges
of Ronin (2,694 true pairs, 12,547 decoys) and Nomad (4,482 and 1,215), 2022; see docs/reference/bridges.md.
For the fee the real pairs were made to arrive with up to 30, 100 and 500 basis points less; the least counts.
A pair that the data does not list as true is wrong, also where both sides carry the same withheld id.
"""
