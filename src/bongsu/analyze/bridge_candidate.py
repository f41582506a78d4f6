"""Deposits that a withdrawal may continue: same arriving asset, chains, account where known, amount, order.

No deposit after its withdrawal, and no limit to how long before. At most so many for each withdrawal that
equal amounts in numbers cannot make pairs in numbers squared; how many were left out is kept.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bongsu.analyze.bridge_side import Sides
from bongsu.kernel.case import Array

BASIS = 10_000
"""Basis points of the whole."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of a withdrawal and a deposit that may belong together; one item a pair."""

    withdrawal: Array
    """Number in `Sides.withdrawals`."""
    deposit: Array
    """Number in `Sides.deposits`."""
    known: Array
    """Whether both sides state the same beneficiary (bool)."""
    unseen: Array
    """How many more deposits fit the pair's withdrawal than were looked at."""
    later: Array
    """Deposits that fit each withdrawal but came after it: account known, or not; shape (withdrawals, 2)."""

    def __len__(self) -> int:
        return len(self.withdrawal)

    @classmethod
    def joined(cls, parts: list["Candidates"], count: int) -> "Candidates":
        """All pairs of the parts; `count` is the number of withdrawals."""
        names = ("withdrawal", "deposit", "known", "unseen")
        one, other, known, unseen = (np.concatenate([getattr(part, n) for part in parts]) for n in names)
        later = sum((part.later for part in parts), np.zeros((count, 2), dtype=np.int64))
        return cls(one, other, known, unseen, later)


def find_candidates(sides: Sides, basis_points: int, most: int) -> Candidates:
    """Pairs that may belong together.

    Args:
        sides: Both sides of a bridge.
        basis_points: Most that is deducted on the way; 0: amounts are equal.
        most: Most deposits for each withdrawal.

    Cost: n log n and `most` pairs a withdrawal.
    """
    deposits, withdrawals = sides.deposits, sides.withdrawals
    named = withdrawals.account >= 0
    parts = []
    # Both name an account, or only the withdrawal does, or it does not; never two that differ.
    for known, mine, theirs in (
        (True, named, deposits.account >= 0),
        (False, named, deposits.account < 0),
        (False, ~named, np.ones(len(deposits), dtype=np.bool_)),
    ):
        if mine.any() and theirs.any():
            rows = np.flatnonzero(mine), np.flatnonzero(theirs)
            parts.append(_pairs(sides, rows, known, (basis_points, most)))
    return Candidates.joined([*parts, _none(len(withdrawals))], len(withdrawals))


def _none(count: int) -> Candidates:
    nothing = np.zeros(0, dtype=np.int64)
    return Candidates(
        nothing, nothing, nothing.astype(np.bool_), nothing, np.zeros((count, 2), dtype=np.int64)
    )


def _pairs(sides: Sides, rows: tuple[Array, Array], known: bool, limits: tuple[int, int]) -> Candidates:
    """Candidates among some withdrawals and some deposits."""
    mine, theirs = rows
    group = _groups(sides, rows, known)
    match = _equal if limits[0] == 0 else _near
    one, other, unseen, later = match(sides, rows, group, limits)
    counted = np.zeros((len(sides.withdrawals), 2), dtype=np.int64)
    counted[mine, 0 if known else 1] = later
    free = ~(sides.withdrawals.identified[mine[one]] & sides.deposits.identified[theirs[other]])
    origin = sides.withdrawals.origin[mine[one]]
    free &= (origin < 0) | (origin == sides.deposits.origin[theirs[other]])
    one, other = one[free], other[free]
    return Candidates(
        mine[one], theirs[other], np.full(len(one), known), unseen[one].astype(np.int64), counted
    )


def _groups(sides: Sides, rows: tuple[Array, Array], known: bool) -> tuple[Array, Array]:
    """Number of each event's asset, and account where both name one; shared by both sides."""
    parts = []
    for side, kept in zip((sides.withdrawals, sides.deposits), rows, strict=True):
        account = side.account[kept] if known else np.zeros(len(kept), dtype=np.int64)
        parts.append(np.stack([side.asset[kept], account], axis=1))
    return _numbered(parts)


def _numbered(parts: list[Array]) -> tuple[Array, Array]:
    """Number of each distinct row of both tables together."""
    _values, number = np.unique(np.concatenate(parts), axis=0, return_inverse=True)
    number = number.reshape(-1).astype(np.int64)
    return number[: len(parts[0])], number[len(parts[0]) :]


_Found = tuple[Array, Array, Array, Array]
"""Withdrawal and deposit of each pair by their places in the rows; unseen and later of each withdrawal."""


def _equal(
    sides: Sides, rows: tuple[Array, Array], group: tuple[Array, Array], limits: tuple[int, int]
) -> _Found:
    """Pairs of equal amounts, the latest deposits before each withdrawal first."""
    amounts = [
        np.concatenate([number[:, None], side.amount[kept].view(np.int64)], axis=1)
        for number, side, kept in zip(group, (sides.withdrawals, sides.deposits), rows, strict=True)
    ]
    key, target = _numbered(amounts)
    time, their_time = _ranks(sides.withdrawals.time[rows[0]], sides.deposits.time[rows[1]])
    width = np.int64(max(time.max(), their_time.max()) + 2)
    order = np.argsort(target * width + their_time, kind="stable")
    sorted_keys = (target * width + their_time)[order]
    begin = np.searchsorted(sorted_keys, key * width, side="left")
    end = np.searchsorted(sorted_keys, key * width + time, side="right")
    last = np.searchsorted(sorted_keys, (key + 1) * width, side="left")
    count = np.minimum(end - begin, limits[1])
    one, place = _expand(end - count, count)
    return one, order[place], end - begin - count, last - end


def _near(
    sides: Sides, rows: tuple[Array, Array], group: tuple[Array, Array], limits: tuple[int, int]
) -> _Found:
    """Pairs in which no more arrives than left, and not less than the fee allows; the smallest fee first."""
    basis_points, most = limits
    low = _floats(sides.withdrawals.amount[rows[0]])
    paid = _floats(sides.deposits.amount[rows[1]])
    distinct, rank = np.unique(paid, return_inverse=True)
    width = np.int64(len(distinct) + 2)
    order = np.argsort(group[1] * width + rank, kind="stable")
    keys = (group[1] * width + rank)[order]
    least = np.searchsorted(distinct, low, side="left")
    greatest = np.searchsorted(distinct, low / (1 - basis_points / BASIS), side="right")
    begin = np.searchsorted(keys, group[0] * width + least, side="left")
    end = np.searchsorted(keys, group[0] * width + greatest, side="left")
    count = np.minimum(np.maximum(end - begin, 0), most)
    one, place = _expand(begin, count)
    other = order[place]
    before = sides.deposits.time[rows[1][other]] <= sides.withdrawals.time[rows[0][one]]
    before &= _within(sides, rows, (one, other))
    later = np.bincount(one[~before], minlength=len(low)).astype(np.int64)
    return one[before], other[before], np.maximum(end - begin, 0) - count, later


def _within(sides: Sides, rows: tuple[Array, Array], pair: tuple[Array, Array]) -> Array:
    """Whether no more arrives than left, by the whole numbers: floats decide only whom to look at."""
    arrived = sides.withdrawals.amount[rows[0][pair[0]]]
    left = sides.deposits.amount[rows[1][pair[1]]]
    fits: Array = (arrived[:, 1] < left[:, 1]) | (
        (arrived[:, 1] == left[:, 1]) & (arrived[:, 0] <= left[:, 0])
    )
    return fits


def _expand(begin: Array, count: Array) -> tuple[Array, Array]:
    """Each number as often as it has places, and the places, counting up from where it begins."""
    one = np.repeat(np.arange(len(count)), count)
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return one, begin[one] + offset


def _ranks(mine: Array, theirs: Array) -> tuple[Array, Array]:
    """Ranks of two arrays in one order; equal values have equal ranks."""
    _values, rank = np.unique(np.concatenate([mine, theirs]), return_inverse=True)
    rank = rank.astype(np.int64)
    return rank[: len(mine)], rank[len(mine) :]


def _floats(amounts: Array) -> Floats:
    return amounts[:, 1].astype(np.float64) * 2.0**64 + amounts[:, 0].astype(np.float64)
