"""Red flags of addresses on the network, and of contacts on applications."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array, group_shared
from bongsu.analyze.red_flag import Met, Scope
from bongsu.model.text import _

LEAST_DAYS = 20
"""Days on which somebody must go out through a connection for it to be theirs."""
LEAST_SHARE = 0.8
"""Share of somebody's days, while they use it, on which they go out through it and no other way."""
BURST = 5
"""Applications of so many accounts within a day are a burst."""


def shared_egress(scope: Scope) -> Iterator[Met]:
    """Hits of people whose laptops go out through one connection for weeks and through hardly any other.

    People who meet at an office or a hotel have a connection of their own at home; what they share is not a
    hit. Cost: a sort of the sign-ins.
    """
    index = scope.index
    pairs, rows = _usual(scope)
    for one in group_shared(pairs, rows):
        value = index.ip.texts[one.value]
        why = _("{count} people go out through {value} on nearly all of their days.")
        yield from scope.share("ip", value, (one.subjects, one.rows), why)


def application_burst(scope: Scope) -> Iterator[Met]:
    """Hits of applications of five accounts and more within a day from one address or browser."""
    index = scope.index
    rows = scope.rows("application", "")
    for thing, column in (("ip", index.ip), ("visitor", index.device)):
        pairs, first, _counts = index.pairs(rows, column)
        for one in group_shared(pairs, first, skip=column.code("")):
            inside = _burst(index.time[one.rows])
            if inside.any():
                value = column.texts[one.value]
                why = _("{count} applications within a day came from {value}.")
                yield from scope.share(thing, value, (one.subjects[inside], one.rows[inside]), why)


def shared_contact(scope: Scope) -> Iterator[Met]:
    """Hits of applications under different mailboxes that give one phone.

    One mailbox on two applications is taken as one person who applied twice.
    """
    index = scope.index
    mailboxes = index.values_of(scope.rows("contact", "email"))
    applied = {*index.subject.codes[index.rows("application", "")].tolist()}
    for one in index.shared(scope.rows("contact", "phone"), index.value):
        keep = np.array([subject in applied for subject in one.subjects.tolist()])
        people = one.subjects[keep]
        boxes = [mailboxes.get(subject, {-1 - subject}) for subject in people.tolist()]
        if len(people) > 1 and not set.intersection(*boxes):
            why = _("{count} applications under other mailboxes give the phone {value}.")
            yield from scope.share("phone", index.value.texts[one.value], (people, one.rows[keep]), why)


def _burst(times: Array) -> Array:
    """Which times are within a day that has a burst."""
    order = np.argsort(times)
    ordered = times[order]
    first = np.searchsorted(ordered, ordered - DAY)
    many = np.flatnonzero((np.arange(len(ordered)) - first + 1 >= BURST) & (ordered != UNTOLD))
    inside = np.zeros(len(times), bool)
    for end in many.tolist():
        inside[order[first[end] : end + 1]] = True
    return inside


def _usual(scope: Scope) -> tuple[Array, Array]:
    """Subjects with the connections that are theirs, and a row of each."""
    index, rows = scope.index, scope.sign_ins
    rows = rows[index.time[rows] != UNTOLD]
    width = max(1, len(index.ip.texts))
    pair = index.subject.codes[rows].astype(np.int64) * width + index.ip.codes[rows]
    day = index.time[rows] // DAY
    pairs, place = np.unique(pair, return_inverse=True)
    low = int(day.min()) if len(day) else 0
    span = int(day.max()) - low + 1 if len(day) else 1
    used = np.unique(place * span + (day - low))
    at = used // span
    many = np.flatnonzero(np.bincount(at, minlength=len(pairs)) >= LEAST_DAYS)
    keep = [one for one in many.tolist() if _share(pairs, used, one, (span, width)) >= LEAST_SHARE]
    first = np.full(len(pairs), len(rows), np.int64)
    np.minimum.at(first, place, np.arange(len(rows)))
    chosen = np.array(keep, np.int64)
    found = np.column_stack((pairs[chosen] // width, pairs[chosen] % width))
    return found, rows[first[chosen]]


def _share(pairs: Array, used: Array, one: int, sizes: tuple[int, int]) -> float:
    """Share of a subject's days of all connections, between first and last use of one, that are its alone."""
    span, width = sizes
    subject = pairs[one] // width
    begin, end = np.searchsorted(pairs, (subject * width, (subject + 1) * width))
    own = used[slice(*np.searchsorted(used, (one * span, (one + 1) * span)))] % span
    others = used[slice(*np.searchsorted(used, (begin * span, end * span)))]
    within = others[(others % span >= own[0]) & (others % span <= own[-1])]
    return float(len(own) / len(within))
