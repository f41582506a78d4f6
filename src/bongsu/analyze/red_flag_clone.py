"""Red flag of many repositories taken in a day, for instance to an account outside of their owner's."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array, group_rows
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.event import OUTSIDE, PUBLIC
from bongsu.model.text import _

LEAST_OUTSIDE = 10
"""Repositories that went outside in a day."""
LEAST_CLONED = 30
"""Repositories cloned in a day where the log does not say where to."""
NEW_DAYS = 30
"""Who was hired so lately clones much."""


def bulk_clone(scope: Scope) -> Iterator[Met]:
    """Hits of people who took ten repositories and more to another owner in a day.

    Where the log does not say where to, thirty in a day, by nobody who was hired within a month, are medium.
    """
    index = scope.index
    rows = scope.rows("clone", "repository")
    rows = rows[(index.note.codes[rows] != index.note.code(PUBLIC)) & (index.time[rows] != UNTOLD)]
    outside = index.note.codes[rows] == index.note.code(OUTSIDE)
    taken = _busiest(scope, rows[outside], LEAST_OUTSIDE)
    for subject, (own, count) in taken.items():
        why = _("{count} repositories went to an account outside in one day.")
        yield Met(subject, why.format(count=count), tuple(own[:MOST_ROWS].tolist()), "repository")
    hired = _hired(scope)
    for subject, (own, count) in _busiest(scope, rows[~outside], LEAST_CLONED).items():
        lately = any(0 <= index.time[own[0]] // DAY - day <= NEW_DAYS for day in hired.get(subject, ()))
        if subject not in taken and not lately:
            why = _("{count} repositories were cloned in one day.").format(count=count)
            yield Met(subject, why, tuple(own[:MOST_ROWS].tolist()), "repository", strength="medium")


def _busiest(scope: Scope, rows: Array, least: int) -> dict[int, tuple[Array, int]]:
    """Subject to the rows of its busiest day and how many repositories they are, where there are enough."""
    index, found = scope.index, dict[int, tuple[Array, int]]()
    day = (index.time[rows] - index.time[rows].min(initial=0)) // DAY
    width = int(day.max(initial=0)) + 1
    subject_day = index.subject.codes[rows].astype(np.int64) * width + day
    once = np.unique(np.column_stack((subject_day, index.value.codes[rows])), axis=0)[:, 0]
    keys, counts = np.unique(once, return_counts=True)
    many = dict(zip(keys[counts >= least].tolist(), counts[counts >= least].tolist(), strict=True))
    busy = np.isin(subject_day, list(many))
    for key, own in group_rows(rows[busy], subject_day[busy]):
        if many[key] > found.get(key // width, (own, 0))[1]:
            found[key // width] = own, many[key]
    return found


def _hired(scope: Scope) -> dict[int, set[int]]:
    """Subject to days of hire."""
    index, found = scope.index, dict[int, set[int]]()
    rows = index.rows("hire", "")
    for subject, time in zip(index.subject.codes[rows].tolist(), index.time[rows].tolist(), strict=True):
        if time != UNTOLD:
            found.setdefault(subject, set()).add(time // DAY)
    return found
