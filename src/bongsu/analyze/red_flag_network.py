"""Red flags of addresses on the network, and of contacts on applications."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array, group_shared
from bongsu.analyze.red_flag import Met, Scope
from bongsu.model.red_flag import weaker_flag
from bongsu.model.text import _

LEAST_DAYS = 20
"""Days on which somebody must go out through a connection for it to be theirs."""
LEAST_SHARE = 0.65
"""Share of somebody's sign-ins, from the first to the last day of its use, that go out through it."""
BURST = 5
"""Applications of so many accounts within a day are a burst."""


def shared_egress(scope: Scope) -> Iterator[Met]:
    """Hits of people whose laptops go out through one connection for weeks, most of the time.

    People who meet at an office or a hotel have a connection of their own at home; what they share is not a
    hit. Where most laptops went to a documented home of their own, a carrier's shared address is as likely:
    medium. Cost: a sort of the sign-ins.
    """
    index = scope.index
    homes = index.values_of(scope.stated("home", "postal_address"))
    sent = index.values_of(scope.stated("shipment", "postal_address"))
    pairs, rows = _usual(scope)
    for one in group_shared(pairs, rows):
        value = index.ip.texts[one.value]
        why = _("{count} people go out through {value} most of the time, for weeks.")
        apart = _live_apart(one.subjects.tolist(), homes, sent)
        for met in scope.share("ip", value, (one.subjects, one.rows), why):
            yield met._replace(strength=weaker_flag(met.strength, "medium")) if apart else met


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
    mailboxes = index.values_of(scope.stated("contact", "email"))
    applied = {*index.subject.codes[index.rows("application", "")].tolist()}
    for one in index.shared(scope.rows("contact", "phone"), index.value):
        keep = np.array([subject in applied for subject in one.subjects.tolist()])
        people = one.subjects[keep]
        boxes = [mailboxes.get(subject, {-1 - subject}) for subject in people.tolist()]
        if len(people) > 1 and not set.intersection(*boxes):
            why = _("{count} applications under other mailboxes give the phone {value}.")
            yield from scope.share("phone", index.value.texts[one.value], (people, one.rows[keep]), why)


def _live_apart(people: list[int], homes: dict[int, set[int]], sent: dict[int, set[int]]) -> bool:
    """Whether the laptops of most went to documented homes of their own, all different."""
    places = [sent.get(one, set()) & homes.get(one, set()) for one in people]
    return len(set[int]().union(*places)) > len(people) / 2


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
    used, amount = np.unique(place * span + (day - low), return_counts=True)
    many = np.flatnonzero(np.bincount(used // span, minlength=len(pairs)) >= LEAST_DAYS)
    keep = [one for one in many.tolist() if _share(pairs, (used, amount), one, (span, width)) >= LEAST_SHARE]
    first = np.full(len(pairs), len(rows), np.int64)
    np.minimum.at(first, place, np.arange(len(rows)))
    chosen = np.array(keep, np.int64)
    found = np.column_stack((pairs[chosen] // width, pairs[chosen] % width))
    return found, rows[first[chosen]]


def _share(pairs: Array, days: tuple[Array, Array], one: int, sizes: tuple[int, int]) -> float:
    """Share of a subject's sign-ins, between first and last use of a connection, that are through it."""
    (used, amount), (span, width) = days, sizes
    subject = pairs[one] // width
    begin, end = np.searchsorted(pairs, (subject * width, (subject + 1) * width))
    own = slice(*np.searchsorted(used, (one * span, (one + 1) * span)))
    everything = slice(*np.searchsorted(used, (begin * span, end * span)))
    first, last = used[own][0] % span, used[own][-1] % span
    within = (used[everything] % span >= first) & (used[everything] % span <= last)
    return float(amount[own].sum() / amount[everything][within].sum())
