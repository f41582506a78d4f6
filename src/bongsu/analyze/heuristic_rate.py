"""What measurements on real data and on decoys say of each heuristic: the counts that a document cites.

`python -m bench heuristics` writes them beside the page docs/reference/heuristics.md.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_suffix(".csv")


class Measured(NamedTuple):
    """Counts of one measurement."""

    data: str
    """What it was measured on."""
    cases: int
    right: int
    """Found right; where nobody knows the truth (`wrong` null) found."""
    wrong: int | None
    missed: int | None
    decoys_found: int
    decoys: int


@cache
def load_rates() -> dict[str, tuple[Measured, ...]]:
    """Measurements by the name of the heuristic; one that was not measured has none."""
    found: dict[str, tuple[Measured, ...]] = {}
    with FILE.open(newline="", encoding="utf-8") as file:
        for name, data, *counts in list(csv.reader(file))[1:]:
            cases, right, wrong, missed, decoys_found, decoys = (int(one) if one else None for one in counts)
            measured = Measured(data, cases or 0, right or 0, wrong, missed, decoys_found or 0, decoys or 0)
            found[name] = (*found.get(name, ()), measured)
    return found
