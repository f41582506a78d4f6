"""The queue policies in plain Python: slow, short, and what the compiled kernels must equal.

Written from the rules alone, with Python integers and lists, so that a reader can check it by eye.
"""

from collections import defaultdict

from bongsu.kernel.amount import to_integers
from bongsu.kernel.case import ASSUMED, CARRIED, CONVERTED, CONVERTS, CREDITED, FIRST_STOLEN, OTHER, Case
from bongsu.kernel.haircut_twin import apportion

Fragment = tuple[int, int, int, int]
"""(movement, tag, kind, amount)."""
Lot = tuple[int, int]
"""(tag, amount)."""


def exchanged(parts: list[Lot], received: int) -> tuple[list[Lot], list[Lot]]:
    """Parts that are paid, neighbors of one tag joined, and what they share of what is received."""
    paid: list[Lot] = []
    for tag, part in parts:
        paid.append((tag, part + (paid.pop()[1] if paid and paid[-1][0] == tag else 0)))
    shares = apportion(received, [part for _, part in paid])
    return paid, [(tag, share) for (tag, _), share in zip(paid, shares, strict=True) if share]


class QueueTwin:
    """FIFO or LIFO over lists of lots; index 0 is the oldest lot."""

    def __init__(self, case: Case, *, newest_first: bool, unknown_newest: bool) -> None:
        self.case, self.received = case, to_integers(case.moves.received)
        self.newest_first = newest_first
        self.unknown_newest = unknown_newest
        self.queues: defaultdict[int, list[Lot]] = defaultdict(list)
        self.fragments: list[Fragment] = []

    def _add(self, pool: int, tag: int, value: int, *, oldest: bool) -> None:
        self.queues[pool].insert(0 if oldest else len(self.queues[pool]), (tag, value))

    def _cover(self, m: int, pool: int, value: int) -> None:
        lack = value - sum(amount for _, amount in self.queues[pool])
        if lack <= 0:
            return
        tag = int(self.case.moves.overdraft[m])
        if tag != OTHER:
            self.fragments.append((m, tag, ASSUMED, lack))
        self._add(pool, tag, lack, oldest=not self.unknown_newest)

    def _take(self, pool: int, need: int) -> tuple[int, int]:
        queue = self.queues[pool]
        tag, held = queue.pop() if self.newest_first else queue.pop(0)
        part = min(held, need)
        if held > part:
            self._add(pool, tag, held - part, oldest=not self.newest_first)
        return tag, part

    def _deliver(self, m: int, tag: int, value: int) -> None:
        moves, pool = self.case.moves, int(self.case.moves.target[m])
        credit = int(moves.credit[m])
        if tag < FIRST_STOLEN <= credit:
            tag = credit
            self._log(m, tag, CREDITED, value)
        elif tag != OTHER:
            self._log(m, tag, CARRIED, value)
        if self.case.ends[pool]:
            return
        lost = bool(moves.stopped[m]) and tag >= FIRST_STOLEN
        self._add(pool, OTHER if lost else tag, value, oldest=False)

    def _exchange(self, m: int, parts: list[Lot]) -> None:
        """Nothing; logs what was paid and what it became, and brings the latter to the target."""
        paid, became = exchanged(parts, self.received[m])
        for kind, told in ((CARRIED, paid), (CONVERTED, became)):
            self.fragments += [(m, tag, kind, part) for tag, part in told if tag != OTHER]
        pool = int(self.case.moves.target[m])
        for tag, share in [] if self.case.ends[pool] else became:
            self._add(pool, tag, share, oldest=False)

    def _log(self, m: int, tag: int, kind: int, value: int) -> None:
        self.fragments.append((m, tag, kind, value))

    def run(self) -> None:
        """Nothing; processes every movement in order."""
        moves = self.case.moves
        for m, value in enumerate(to_integers(moves.amount)):
            pool = int(moves.source[m])
            if pool == int(moves.target[m]) or value == 0:
                continue
            if self.case.ends[pool]:
                self._deliver(m, OTHER, value)
                continue
            self._cover(m, pool, value)
            parts, need = [], value
            while need:
                parts.append(self._take(pool, need))
                need -= parts[-1][1]
            if moves.credit[m] == CONVERTS:
                self._exchange(m, parts)
                continue
            for tag, part in parts:
                self._deliver(m, tag, part)


def queue_twin(
    case: Case, *, newest_first: bool = False, unknown_newest: bool = False
) -> tuple[list[Fragment], dict[int, list[Lot]]]:
    """Fragments and final queues (oldest lot first) under FIFO, or LIFO where `newest_first`."""
    twin = QueueTwin(case, newest_first=newest_first, unknown_newest=unknown_newest)
    twin.run()
    return twin.fragments, dict(twin.queues)
