"""Red flag of sign-ins from places too far apart for the time between; a company's own VPN is left out."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.damping import MOST_SHARING
from bongsu.analyze.event_index import DAY, UNTOLD, Array
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

LEAST_KM = 500
"""Nearer places are told apart by no database of places."""
KM_AN_HOUR = 1_000
"""Faster than an airliner."""
LEAST_DAYS = 3
"""Days on which it must happen; once is an error of a database."""
_EARTH_KM = 6371.0
_HOUR = 3_600_000_000


def impossible_travel(scope: Scope) -> Iterator[Met]:
    """Hits of accounts that jumped on three days and more. Cost: a sort of the sign-ins."""
    index = scope.index
    rows = scope.sign_ins
    placed = (index.time[rows] != UNTOLD) & ~np.isnan(index.latitude[rows])
    rows = rows[placed & ~_is_hub(scope, rows)]
    rows = rows[np.lexsort((index.time[rows], index.subject.codes[rows]))]
    one, other = rows[:-1], rows[1:]
    same = (index.subject.codes[one] == index.subject.codes[other]) & (
        index.ip.codes[one] != index.ip.codes[other]
    )
    one, other = one[same], other[same]
    far = _distance_km(scope, one, other)
    hours = (index.time[other] - index.time[one]) / _HOUR
    jumped = other[(far > LEAST_KM) & (far > hours * KM_AN_HOUR)]
    days = index.time[jumped] // DAY
    subjects = index.subject.codes[jumped]
    for subject in np.unique(subjects).tolist():
        own = jumped[subjects == subject]
        count = len(np.unique(days[subjects == subject]))
        if count >= LEAST_DAYS:
            why = _("On {count} days it signed in from places too far apart for the time between.")
            yield Met(subject, why.format(count=count), tuple(own[:MOST_ROWS].tolist()))


def _is_hub(scope: Scope, rows: Array) -> Array:
    """Which rows come from an address that more people use than a thing joins."""
    index = scope.index
    pairs, _first, _counts = index.pairs(rows, index.ip)
    people = np.bincount(pairs[:, 1], minlength=len(index.ip.texts))
    hub: Array = people[index.ip.codes[rows]] > MOST_SHARING
    return hub


def _distance_km(scope: Scope, one: Array, other: Array) -> Array:
    """Great-circle distance of two rows' places (haversine)."""
    index = scope.index
    a, b = np.radians(index.latitude[one]), np.radians(index.latitude[other])
    turn = np.radians(index.longitude[other] - index.longitude[one])
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    distance: Array = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distance
