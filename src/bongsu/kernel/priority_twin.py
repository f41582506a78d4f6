"""The seniority policies in plain Python: slow, short, and what the compiled kernel must equal.

A pool is one list of lots in arrival order; a payment takes them in order of seniority.
"""

from collections import defaultdict

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
    Array,
    Case,
)
from bongsu.kernel.twin import exchanged

Fragment = tuple[int, ...]
"""(movement, tag, kind, amount)."""
Lot = tuple[int, int]
"""(tag, amount)."""


def merged(rows: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Rows whose last column is an amount, adjacent ones alike in all other columns added up."""
    result: list[tuple[int, ...]] = []
    for *key, value in rows:
        is_same = result and list(result[-1][:-1]) == key
        result.append((*key, value + result.pop()[-1] if is_same else value))
    return result


class PriorityTwin:
    """PIFO or LIBR over lists of lots; TIHO where the case is given the ranks of fees."""

    def __init__(self, case: Case, *, stolen_first: bool, last: Array | None = None) -> None:
        self.case, self.stolen_first, self.last = case, stolen_first, last
        self.source, self.target = case.moves.source.tolist(), case.moves.target.tolist()
        self.amount, self.received = to_integers(case.moves.amount), to_integers(case.moves.received)
        self.pools: defaultdict[int, list[Lot]] = defaultdict(list)
        self.waiting: dict[int, list[Lot]] = {}
        self.lacks: dict[int, Lot] = {}
        self.fragments: list[Fragment] = []

    def is_nothing(self, m: int) -> bool:
        """Whether movement m changes nothing."""
        return bool(self.source[m] == self.target[m] or self.amount[m] == 0)

    def batch(self, m: int) -> list[int]:
        """Movement m and the payments after it that belong to the same batch."""
        members, pool, number = [m], self.source[m], self.case.moves.batch
        converts = self.case.moves.credit == CONVERTS
        for other in range(m + 1, len(self.amount)):
            if self.is_nothing(other):
                continue
            if converts[m] or (self.source[other] == pool and converts[other]):
                break
            if self.source[other] == pool:
                if number[other] != number[m] and not self.case.joint[pool]:
                    break
                members.append(other)
            elif self.target[other] == pool:
                break
        return members

    def _order(self, lot: Lot) -> int:
        seniority = 2 - min(lot[0], 2)
        return seniority if self.stolen_first else -seniority

    def _take(self, pool: int, need: int) -> list[Lot]:
        parts, kept = [], []
        for tag, held in sorted(self.pools[pool], key=self._order):
            part = min(held, need)
            need -= part
            parts.append((tag, part))
            kept.append((tag, held - part))
        self.pools[pool] = [lot for lot in kept if lot[1]]
        return [part for part in parts if part[1]]

    def _rank(self, m: int) -> tuple[bool, int, int]:
        return self.last is not None and bool(self.last[m]), -self.amount[m], m

    def _assign(self, members: list[int]) -> None:
        """Nothing; sets what the payments of a batch bring. What a payment lacks, it pays itself."""
        pool = self.source[members[0]]
        balance = sum(value for _, value in self.pools[pool])
        for m in members:
            lack = max(0, self.amount[m] - balance)
            balance += lack - self.amount[m]
            self.lacks[m] = int(self.case.moves.overdraft[m]), lack
        for m in sorted(members, key=self._rank):
            parts = self._take(pool, self.amount[m] - self.lacks[m][1])
            self.waiting[m] = sorted([self.lacks[m], *parts], key=self._order)

    def _deliver(self, m: int, part: Lot) -> None:
        tag, value = part
        kind, credit, pool = CARRIED, int(self.case.moves.credit[m]), self.target[m]
        if tag < FIRST_STOLEN <= credit:
            tag, kind = credit, CREDITED
        if tag != OTHER:
            self.fragments[-1:] = merged([*self.fragments[-1:], (m, tag, kind, value)])
        if self.case.moves.stopped[m] and tag >= FIRST_STOLEN:
            tag = OTHER
        if not self.case.ends[pool]:
            self.pools[pool].append((tag, value))

    def _exchange(self, m: int, parts: list[Lot]) -> None:
        """Nothing; logs what was paid and what each part became, and brings the latter to the target."""
        paid, became = exchanged(parts, self.received[m])
        for kind, rows in ((CARRIED, paid), (CONVERTED, became)):
            self.fragments += [(m, tag, kind, value) for tag, value in rows if tag != OTHER]
        if not self.case.ends[self.target[m]]:
            self.pools[self.target[m]] += became

    def run(self, highest_out: bool) -> None:
        """Nothing; processes every movement in order."""
        for m, pool in enumerate(self.source):
            if self.is_nothing(m):
                continue
            if self.case.ends[pool]:
                self._deliver(m, (OTHER, self.amount[m]))
                continue
            if m not in self.waiting:
                self._assign(self.batch(m) if highest_out else [m])
            tag, lack = self.lacks[m]
            if tag != OTHER and lack:
                self.fragments.append((m, tag, ASSUMED, lack))
            parts = [part for part in self.waiting[m] if part[1]]
            if self.case.moves.credit[m] == CONVERTS:
                self._exchange(m, parts)
                continue
            for part in parts:
                self._deliver(m, part)

    def holdings(self) -> list[tuple[int, ...]]:
        """(pool, tag, amount) in order of pool, then stolen lots in arrival order, then unknown funds."""
        rows: list[tuple[int, ...]] = []
        for pool in sorted(self.pools):
            lots = self.pools[pool]
            rows += [(pool, tag, value) for tag, value in lots if tag >= FIRST_STOLEN]
            rows += [(pool, tag, value) for tag, value in lots if tag == UNKNOWN]
        return merged(rows)


def priority_twin(
    case: Case, *, stolen_first: bool, highest_out: bool = False, last: Array | None = None
) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Fragments (movement, tag, kind, amount) and holdings (pool, tag, amount) under PIFO, LIBR or TIHO."""
    twin = PriorityTwin(case, stolen_first=stolen_first, last=last)
    twin.run(highest_out)
    return twin.fragments, twin.holdings()
