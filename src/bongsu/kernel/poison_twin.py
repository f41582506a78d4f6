"""Poison in plain Python: slow, short, and what the compiled kernel must equal."""

from collections import defaultdict

from bongsu.kernel.amount import to_integers
from bongsu.kernel.case import ASSUMED, CARRIED, CONVERTED, CONVERTS, CREDITED, FIRST_STOLEN, OTHER, Case
from bongsu.kernel.poison import OVERLAP

Fragment = tuple[int, int, int, int]
"""(movement, tag, kind, amount)."""


class PoisonTwin:
    """Claims on pools and what pools received since their first touch."""

    def __init__(self, case: Case) -> None:
        self.case, self.received = case, to_integers(case.moves.received)
        self.balance: defaultdict[int, int] = defaultdict(int)
        self.claim: dict[int, int] = {}
        self.gross: defaultdict[int, int] = defaultdict(int)
        self.fragments: list[Fragment] = []

    def _touch(self, m: int, pool: int, tag: int, value: int) -> None:
        kept = self.claim.setdefault(pool, tag)
        if kept != tag:
            self.fragments.append((m, tag, OVERLAP, value))

    def _spend(self, m: int, pool: int, value: int) -> int:
        """Tag of what a pool pays; a pool that cannot pay from what it had may be a victim's."""
        lack, tag = max(0, value - self.balance[pool]), int(self.case.moves.overdraft[m])
        self.balance[pool] += lack - value
        if lack and tag >= FIRST_STOLEN:
            self.fragments.append((m, tag, ASSUMED, lack))
            self._touch(m, pool, tag, lack)
            self.gross[pool] += lack
        return self.claim.get(pool, OTHER)

    def _arrive(self, m: int, tag: int, value: int) -> None:
        pool, credit = int(self.case.moves.target[m]), int(self.case.moves.credit[m])
        if tag == OTHER and credit >= FIRST_STOLEN:
            tag = credit
            self.fragments.append((m, tag, CREDITED, value))
        elif tag != OTHER and value:
            self.fragments.append((m, tag, CARRIED, value))
            if FIRST_STOLEN <= credit != tag:
                self.fragments.append((m, credit, OVERLAP, value))
        if credit == CONVERTS:
            value = self.received[m]
            if tag != OTHER:
                self.fragments.append((m, tag, CONVERTED, value))
        if tag != OTHER and not self.case.moves.stopped[m]:
            self._touch(m, pool, tag, value)
        if pool in self.claim:
            self.gross[pool] += value
        self.balance[pool] += value

    def run(self) -> None:
        """Nothing; processes every movement in order."""
        moves = self.case.moves
        for m, value in enumerate(to_integers(moves.amount)):
            pool = int(moves.source[m])
            if pool == int(moves.target[m]) or (value == 0 and moves.credit[m] != CONVERTS):
                continue
            self._arrive(m, OTHER if self.case.ends[pool] else self._spend(m, pool, value), value)


def poison_twin(case: Case) -> tuple[list[Fragment], list[tuple[int, int, int]]]:
    """Fragments (movement, tag, kind, amount) and what touched pools received (pool, tag, amount)."""
    twin = PoisonTwin(case)
    twin.run()
    return twin.fragments, [(pool, twin.claim[pool], twin.gross[pool]) for pool in sorted(twin.claim)]
