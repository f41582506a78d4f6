"""Red flag of calls that somebody joins from elsewhere than they claim to be, or through a listed address."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array, group_rows
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

FAR_MINUTES = 180
"""The clock of a computer is so far from the claimed zone; summer time is 60."""
FAR_DEGREES = 60.0
"""The address lies so many degrees east or west of the claimed zone: four hours of the sun."""
LEAST_DAYS = 2
"""Days on which it must be so, and on more than half of those with a call: people travel."""
_MINUTES_A_DEGREE = 4


def odd_meeting(scope: Scope) -> Iterator[Met]:
    """Hits of people most of whose calls come from another zone than they claim, or from listed addresses."""
    index = scope.index
    claimed = {
        subject: int(index.value.texts[min(values)])
        for subject, values in index.values_of(scope.stated("work", "utc_offset")).items()
        if len(values) == 1
    }
    rows = _calls(scope)
    subjects = index.subject.codes[rows]
    listed = _listed(scope)
    for subject, own in group_rows(rows, subjects):
        for why, odd in (
            (
                _("On {count} days it joined calls through a listed address."),
                np.isin(index.ip.codes[own], listed),
            ),
            (
                _("On {count} days it joined calls from another zone than it claims."),
                _away(scope, own, claimed),
            ),
        ):
            days = len(np.unique(index.time[own[odd]] // DAY))
            if days >= LEAST_DAYS and 2 * days > len(np.unique(index.time[own] // DAY)):
                cited = tuple(own[odd][:MOST_ROWS].tolist())
                yield Met(subject, why.format(count=days), cited, "utc_offset")


def _calls(scope: Scope) -> Array:
    """Rows of calls with a time, but for those through the company's own addresses."""
    index = scope.index
    rows = np.concatenate([scope.rows("meeting", ""), scope.rows("meeting", "utc_offset")])
    rows = rows[index.time[rows] != UNTOLD]
    own = [code for code, text in enumerate(index.ip.texts) if text in scope.context.own_places]
    kept: Array = np.sort(rows[~np.isin(index.ip.codes[rows], own)])
    return kept


def _listed(scope: Scope) -> list[int]:
    """Codes of addresses that the user's list has."""
    wanted = {text for thing, text in scope.context.listed if thing == "ip"}
    return [code for code, text in enumerate(scope.index.ip.texts) if text in wanted] if wanted else []


def _away(scope: Scope, rows: Array, claimed: dict[int, int]) -> Array:
    """Which rows have a clock or a place far from the zone that their subject claims."""
    index = scope.index
    subject = int(index.subject.codes[rows[0]]) if len(rows) else -1
    if subject not in claimed:
        return np.zeros(len(rows), bool)
    offset = claimed[subject]
    found = []
    for row in rows.tolist():
        text = index.value.texts[index.value.codes[row]]
        far = _turn(int(text) - offset, 1440) > FAR_MINUTES if text else False
        degrees = float(index.longitude[row])
        east = offset / _MINUTES_A_DEGREE
        placed = not np.isnan(degrees) and not text
        found.append(far or (placed and _turn(degrees - east, 360) > FAR_DEGREES))
    return np.array(found, bool)


def _turn(apart: float, whole: int) -> float:
    """How far two points of a circle are apart."""
    return abs((apart + whole / 2) % whole - whole / 2)
