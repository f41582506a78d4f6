"""How well pairs of a deposit and a withdrawal fit, and which of them are chosen one to one.

The score of a pair is its share of all that could explain its withdrawal or its deposit: the other pairs
of either, each by how usual its latency is, and chance, counted on what cannot be true: deposits that fit a
withdrawal but came after it. How usual a latency is comes from pairs that have no rival, in classes of
doubling length, so there is no limit to it. A score is no probability: `bridge_calibration` makes one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bongsu.analyze.bridge_candidate import Candidates
from bongsu.analyze.bridge_side import DIGITS, Sides
from bongsu.kernel.assign import choose_pairs
from bongsu.kernel.case import Array

Floats = npt.NDArray[np.float64]

SECOND = 1_000_000
"""Microseconds."""
_CLASSES = 40
"""Classes of latency: below 1 second, 2, 4 and so on; the last is longer than chains exist."""
_ENOUGH = 50
"""Pairs without a rival that are needed before amounts of few digits are left out of them."""
_TELLING = 4
"""Significant digits from which an amount is unlikely to be another's by chance."""
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Scored:
    """Chosen pairs; all arrays have one item a pair."""

    withdrawal: Array
    """Number in `Sides.withdrawals`."""
    deposit: Array
    """Number in `Sides.deposits`."""
    score: Floats
    """0..1."""
    known: Array
    """Whether both sides state the same beneficiary (bool)."""
    rivals: Array
    """Other deposits that could be the withdrawal's."""
    latency: Array
    """Seconds."""


def score_pairs(sides: Sides, pairs: Candidates) -> Scored:
    """Chosen pairs with their scores, by withdrawal.

    Pairs are chosen from the best score down, each withdrawal and each deposit once; equal scores in the
    order of time, first come first served.
    """
    time, paid = sides.withdrawals.time[pairs.withdrawal], sides.deposits.time[pairs.deposit]
    latency = (time - paid) // SECOND
    weight = _usual(sides, pairs, latency)
    score = _shares(pairs, weight, _chance(sides, pairs))
    kept = np.flatnonzero(choose_pairs(np.lexsort((paid, time, -score)), pairs.withdrawal, pairs.deposit))
    kept = kept[np.argsort(pairs.withdrawal[kept], kind="stable")]
    rivals = np.bincount(pairs.withdrawal, minlength=len(sides.withdrawals)) - 1
    found = pairs.withdrawal[kept]
    return Scored(
        found,
        pairs.deposit[kept],
        score[kept],
        pairs.known[kept],
        rivals[found] + pairs.unseen[kept],
        latency[kept],
    )


def _classes(latency: Array) -> Array:
    """Class of each latency."""
    found: Array = np.minimum(np.floor(np.log2(latency.astype(np.float64) + 1)), _CLASSES - 1).astype(
        np.int64
    )
    return found


def _usual(sides: Sides, pairs: Candidates, latency: Array) -> Floats:
    """How usual each pair's latency is: probability a second, from pairs that have no rival."""
    classes = _classes(latency)
    alone = (np.bincount(pairs.withdrawal)[pairs.withdrawal] == 1) & (pairs.unseen == 0)
    alone &= np.bincount(pairs.deposit)[pairs.deposit] == 1
    telling = alone & (pairs.known | (sides.withdrawals.digits[pairs.withdrawal] >= _TELLING))
    sample = telling if telling.sum() >= _ENOUGH else alone
    # Half a pair more in each class: no latency is impossible.
    counts = np.bincount(classes[sample], minlength=_CLASSES) + 0.5
    width = 2.0 ** np.arange(_CLASSES)
    weight: Floats = (counts / counts.sum() / width)[classes]
    return weight


def _chance(sides: Sides, pairs: Candidates) -> Floats:
    """Deposits a second that fit each pair's withdrawal by chance, by digits of the amount and account."""
    withdrawals = sides.withdrawals
    last = sides.deposits.time.max(initial=0)
    left = np.maximum(last - withdrawals.time, 0) / SECOND
    rates = []
    for column in (0, 1):
        found = np.bincount(withdrawals.digits, weights=pairs.later[:, column], minlength=DIGITS + 1)
        spans = np.bincount(withdrawals.digits, weights=left, minlength=DIGITS + 1)
        rates.append((found + 0.5) / (spans + _DAY))
    known, unknown = (rate[withdrawals.digits[pairs.withdrawal]] for rate in rates)
    return np.where(pairs.known, known, unknown)


def _shares(pairs: Candidates, weight: Floats, chance: Floats) -> Floats:
    """Share of each pair in all that could explain its withdrawal or its deposit."""
    rows = np.bincount(pairs.withdrawal, weights=weight)[pairs.withdrawal]
    columns = np.bincount(pairs.deposit, weights=weight)[pairs.deposit]
    looked_at = np.bincount(pairs.withdrawal)[pairs.withdrawal]
    unseen = rows / looked_at * pairs.unseen
    share: Floats = weight / (rows + columns - weight + unseen + chance)
    return share
