"""Haircut and pari passu in plain Python: slow, short, and what the compiled kernel must equal.

All rounding is one function over fractions. A pool is what it holds of each tag, other funds apart;
under pari passu stolen funds are one, and what ever arrived of each victim says whose they are.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from bongsu.kernel.amount import to_integers
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    OTHER,
    UNKNOWN,
    Case,
    Holdings,
)

Row = tuple[int, ...]
"""(movement, tag, kind, amount) or (pool, tag, amount)."""


def apportion(value: int, weights: list[int]) -> list[int]:
    """Whole shares of a value by weights that are not all zero: largest remainder, ties to the earlier."""
    exact = [Fraction(value * weight, sum(weights)) for weight in weights]
    shares = [part.numerator // part.denominator for part in exact]
    wanting = sorted(range(len(weights)), key=lambda place: shares[place] - exact[place])
    for place in wanting[: value - sum(shares)]:
        shares[place] += 1
    return shares


class HaircutTwin:
    """Haircut, or pari passu, over one counter of tags a pool."""

    def __init__(self, case: Case, *, pari_passu: bool) -> None:
        self.case, self.slots = case, FIRST_STOLEN + 1 if pari_passu else case.tags
        self.source, self.target = case.moves.source.tolist(), case.moves.target.tolist()
        self.amount, self.received = to_integers(case.moves.amount), to_integers(case.moves.received)
        self.pools: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self.claims: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self.planned: dict[int, int] = {}
        self.fragments: list[Row] = []

    def hold(self, pool: int, tag: int, value: int) -> None:
        """Nothing; adds to what a pool holds, unless it is an end."""
        if self.case.ends[pool]:
            return
        self.pools[pool][min(tag, self.slots - 1)] += value
        if tag >= FIRST_STOLEN:
            self.claims[pool][tag] += value

    def _is_nothing(self, m: int) -> bool:
        return bool(self.source[m] == self.target[m] or self.amount[m] == 0)

    def _together(self, m: int) -> list[int]:
        """Payments that are rounded with payment m: those of its transaction that stand next to it."""
        moves, last = self.case.moves, m
        key = moves.source[m], moves.batch[m]
        while last < len(self.amount) and (moves.source[last], moves.batch[last]) == key:
            last += 1
        is_joint = bool(self.case.joint[self.source[m]])
        return [other for other in range(m, last) if not self._is_nothing(other)] if is_joint else [m]

    def _plan(self, members: list[int]) -> None:
        """Nothing; sets what payments take of the tagged funds; covers what their pool lacks."""
        paid, held, m = [self.amount[m] for m in members], self.pools[self.source[members[0]]], members[0]
        lack, tag = max(0, sum(paid) - held.total()), int(self.case.moves.overdraft[m])
        if lack:
            self.hold(self.source[m], tag, lack)
        if lack and tag != OTHER:
            self.fragments.append((m, tag, ASSUMED, lack))
        residue = held.total() - sum(paid)
        shares = apportion(held.total() - held[OTHER], [*paid, residue])
        self.planned.update(zip(members, shares, strict=False))

    def _whose(self, pool: int, slot: int, value: int) -> list[tuple[int, int]]:
        """(tag, amount) of what is taken from a slot of a pool."""
        if self.slots == self.case.tags or slot < FIRST_STOLEN:
            return [(slot, value)]
        claims = self.claims[pool]
        victims = sorted(claims)
        return list(zip(victims, apportion(value, [claims[tag] for tag in victims]), strict=True))

    def _leave(self, m: int) -> list[tuple[int, int]]:
        """Parts (slot, amount) that leave the source pool of payment m; other funds, the rest, come last."""
        held, taken = self.pools[self.source[m]], self.planned[m]
        order = [*range(FIRST_STOLEN, self.slots), UNKNOWN]
        shares = apportion(taken, [held[slot] for slot in order]) if taken else []
        parts = [*zip(order, shares, strict=False), (OTHER, self.amount[m] - taken)]
        for slot, value in parts:
            held[slot] -= value
        return parts

    def _take(self, m: int) -> list[tuple[int, int]]:
        """Parts (tag, amount) that payment m takes from its source pool."""
        parts, pool = sorted(self._leave(m)), self.source[m]
        return [part for slot, value in parts if value for part in self._whose(pool, slot, value)]

    def _exchange(self, m: int) -> None:
        """Nothing; logs what was paid and what it became, slot by slot; brings the latter to the target."""
        paid = self._leave(m)
        became = apportion(self.received[m], [value for _, value in paid])
        got = [(slot, value) for (slot, _), value in zip(paid, became, strict=True)]
        for kind, parts in ((CARRIED, paid), (CONVERTED, got)):
            whose = [
                one for slot, value in parts if value for one in self._whose(self.source[m], slot, value)
            ]
            self.fragments += [(m, tag, kind, part) for tag, part in whose if part and tag != OTHER]
        for tag, part in whose:
            self.hold(self.target[m], tag, part)

    def _deliver(self, m: int, tag: int, kind: int, value: int) -> None:
        if value and tag != OTHER:
            self.fragments.append((m, tag, kind, value))
        is_lost = self.case.moves.stopped[m] and tag >= FIRST_STOLEN
        self.hold(self.target[m], OTHER if is_lost else tag, value)

    def run(self) -> None:
        """Nothing; processes every movement in order."""
        for m, value in enumerate(self.amount):
            if self._is_nothing(m):
                continue
            parts, credit = [(OTHER, value)], int(self.case.moves.credit[m])
            if not self.case.ends[self.source[m]]:
                if m not in self.planned:
                    self._plan(self._together(m))
                if credit == CONVERTS:
                    self._exchange(m)
                    continue
                parts = self._take(m)
            untainted = sum(part for tag, part in parts if tag < FIRST_STOLEN <= credit)
            for tag, part in parts:
                if not tag < FIRST_STOLEN <= credit:
                    self._deliver(m, tag, CARRIED, part)
            if untainted:
                self._deliver(m, credit, CREDITED, untainted)

    def holdings(self) -> list[Row]:
        """(pool, tag, amount) in order of pool, then tag."""
        return [
            (pool, tag, part)
            for pool in sorted(self.pools)
            for slot in range(UNKNOWN, self.slots)
            if (value := self.pools[pool][slot])
            for tag, part in self._whose(pool, slot, value)
            if part
        ]


def haircut_twin(
    case: Case, *, pari_passu: bool = False, opening: Holdings | None = None
) -> tuple[list[Row], list[Row]]:
    """Fragments (movement, tag, kind, amount) and holdings (pool, tag, amount) under either policy."""
    twin = HaircutTwin(case, pari_passu=pari_passu)
    if opening is not None:
        columns = opening.pool.tolist(), opening.tag.tolist(), to_integers(opening.amount)
        for pool, tag, value in zip(*columns, strict=True):
            twin.hold(pool, tag, value)
    twin.run()
    return twin.fragments, twin.holdings()
