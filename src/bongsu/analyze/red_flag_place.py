"""Red flags of places: where laptops are sent, and the hours at which somebody works."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD
from bongsu.analyze.red_flag import Met, Scope
from bongsu.model.text import _

NOON = 13.0
"""Middle of a working day, in hours of the claimed zone."""
FAR_HOURS = 6.0
"""The middle of somebody's hours is so far from it."""
LEAST_DAYS = 40
_HOUR = 3_600_000_000


def ship_elsewhere(scope: Scope) -> Iterator[Met]:
    """Hits of people whose laptop went to another address than their documents have.

    Most who move or study do it; it is never more than medium.
    """
    index = scope.index
    homes = index.values_of(scope.stated("home", "postal_address"))
    pairs, first, _counts = index.pairs(scope.rows("shipment", "postal_address"), index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        text = index.value.texts[value]
        if subject in homes and value not in homes[subject] and text not in scope.context.own_places:
            why = _("The laptop went to another address than the documents have.")
            yield Met(subject, why, (row,), "postal_address", text, strength="medium")


def shared_ship_to(scope: Scope) -> Iterator[Met]:
    """Hits of people whose laptops went to one address."""
    why = _("Laptops of {count} people went to {value}.")
    yield from scope.sharing("shipment", "postal_address", why)


def odd_hours(scope: Scope) -> Iterator[Met]:
    """Hits of people whose middle hour lies far from that of the zone that they claim, on 40 days or more."""
    index = scope.index
    offsets = {
        subject: int(index.value.texts[min(values)])
        for subject, values in index.values_of(scope.stated("work", "utc_offset")).items()
        if len(values) == 1
    }
    rows = np.concatenate([scope.rows("sign_in", ""), index.rows("commit", "")])
    rows = rows[index.time[rows] != UNTOLD]
    subjects, times = index.subject.codes[rows], index.time[rows]
    turn = times % DAY * (2 * np.pi / DAY)
    east, north = (np.bincount(subjects, part, index.people) for part in (np.sin(turn), np.cos(turn)))
    days = np.bincount(
        np.unique(subjects.astype(np.int64) * 100_000 + times // DAY) // 100_000, minlength=index.people
    )
    middle = np.arctan2(east, north) * 12 / np.pi
    firm = np.hypot(east, north) > 0.5 * np.bincount(subjects, minlength=index.people)
    for subject, offset in offsets.items():
        away = abs((middle[subject] + offset / 60 - NOON + 12) % 24 - 12)
        if days[subject] >= LEAST_DAYS and firm[subject] and away >= FAR_HOURS:
            why = _("The middle of its hours is {hours} hours from that of the claimed time zone.")
            (found,) = np.flatnonzero(subjects == subject)[:1]
            yield Met(subject, why.format(hours=round(float(away))), (int(rows[found]),), "utc_offset")
