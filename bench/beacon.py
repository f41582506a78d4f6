"""How regular a series must be to be found, and how often chance is: `python -m bench.beacon`, seeded."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bongsu.analyze.beacon_rhythm import rhythm_of

SEED = 20261126
ROUNDS = 1000
DAY = 86_400
Array = np.ndarray[Any, Any]
Maker = Callable[[np.random.Generator], Array]


def clock(interval: float, jitter: float, missed: float = 0.0) -> Maker:
    """Series of a day, each contact an interval after the last, off by up to the jitter, some missing."""

    def make(luck: np.random.Generator) -> Array:
        count = int(DAY / interval)
        times = np.cumsum(interval * (1 + jitter * luck.uniform(-1, 1, count)))
        return times[(luck.random(count) >= missed) & (times < DAY)]

    return make


def chance(contacts: float) -> Maker:
    """Contacts at any time of a day."""
    return lambda luck: np.sort(luck.uniform(0, DAY, luck.poisson(contacts)))


def visits(pages: int, objects: int) -> Maker:
    """Visits of a person: some times a day, each a burst of contacts in half a minute."""

    def make(luck: np.random.Generator) -> Array:
        starts = luck.uniform(9 * 3600, 18 * 3600, pages)
        return np.sort((starts[:, None] + luck.exponential(8, (pages, objects))).ravel())

    return make


def open_page(every: float) -> Maker:
    """A page that asks at regular times while it is open, twice a day for up to two hours."""

    def make(luck: np.random.Generator) -> Array:
        starts = luck.uniform(9 * 3600, 16 * 3600, 2)
        return np.sort(np.concatenate([s + np.arange(0, luck.uniform(600, 7200), every) for s in starts]))

    return make


SERIES: tuple[tuple[str, Maker], ...] = (
    *((f"every 300 s, jitter {100 * j:.0f} %", clock(300, j)) for j in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)),
    *((f"every 300 s, jitter 20 %, {100 * m:.0f} % missed", clock(300, 0.2, m)) for m in (0.1, 0.3, 0.5)),
    ("every hour, jitter 20 %", clock(3600, 0.2)),
    *((f"chance, {n} a day", chance(n)) for n in (30, 300, 3000)),
    ("20 visits of 15 contacts", visits(20, 15)),
    ("100 visits of 3 contacts", visits(100, 3)),
    ("a page open twice a day, asking each minute", open_page(60)),
)


def measure() -> Iterator[tuple[str, float]]:
    """Each kind of series and the share of it that is called regular."""
    luck = np.random.default_rng(SEED)
    for name, make in SERIES:
        found = 0
        for _round in range(ROUNDS):
            micros = (make(luck) * 1_000_000).astype(np.int64)
            rhythm = rhythm_of(micros, np.full(len(micros), -1, np.int32), (0, DAY * 1_000_000))
            found += rhythm is not None and rhythm.regular
        yield name, found / ROUNDS


def main() -> None:
    """Nothing; prints a table."""
    print("| a day of | called regular |\n|---|---|")
    for name, share in measure():
        print(f"| {name} | {100 * share:.1f} % |")


if __name__ == "__main__":
    main()
