"""Red flags of accounts of a freelance platform: one machine for many, a swap after a ban, mass bids."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array, Coded, group_shared
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.event import ACCEPTED, OTHER_ACCOUNT
from bongsu.model.text import _

LEAST_ACCOUNTS = {"visitor": 3, "ip": 5}
"""Accounts that one device, or one address, is of at least."""
LEAST_DAYS = 5
"""Days on which each of them signs in from there."""
LEAST_HOURS = 20
"""Hours of the day at which sign-ins from one address leave no pause; people who share a room sleep."""
SOON_DAYS = 30
"""Days after a suspension within which a request to go on under another account has to do with it."""
LEAST_BIDS = 60
"""Bids within the rule's expiry."""
MOST_ACCEPTED = 0.03
LEAST_COPIES = 0.6
"""Share of bids with a text that was sent more than once, by anybody."""
_HOUR = 3_600_000_000


def shared_session(scope: Scope) -> Iterator[Met]:
    """Hits of accounts that sign in from one device for days, or one address; that is high without pause."""
    index = scope.index
    rows = scope.rows("session", "")
    rows = rows[index.time[rows] != UNTOLD]
    for thing, column in (("visitor", index.device), ("ip", index.ip)):
        pairs, first = _for_days(scope, rows, column)
        hours = _hours(scope, rows, column)
        for one in group_shared(pairs, first, skip=column.code("")):
            if len(one.subjects) < LEAST_ACCOUNTS[thing]:
                continue
            value = column.texts[one.value]
            why = _("{count} accounts of the platform are used from {value}.")
            for met in scope.share(thing, value, (one.subjects, one.rows), why):
                strength = met.strength if thing == "visitor" or hours[one.value] >= LEAST_HOURS else "medium"
                yield met._replace(strength=strength)


def swap_request(scope: Scope) -> Iterator[Met]:
    """Hits of accounts that ask to go on under another account; without a suspension before, medium."""
    index = scope.index
    banned = scope.rows("suspension", "")
    rows = scope.rows("request", "request")
    rows = rows[index.value.codes[rows] == index.value.code(OTHER_ACCOUNT)]
    for subject in np.unique(index.subject.codes[rows]).tolist():
        own = rows[index.subject.codes[rows] == subject]
        before = banned[index.subject.codes[banned] == subject]
        soon = [
            (ban, ask)
            for ban in before.tolist()
            for ask in own.tolist()
            if 0 <= index.time[ask] - index.time[ban] <= SOON_DAYS * DAY and index.time[ban] != UNTOLD
        ]
        if soon:
            why = _("After a suspension it was asked to go on under another account.")
            yield Met(subject, why, soon[0], "request")
        else:
            why = _("It was asked to go on under another account.")
            yield Met(subject, why, tuple(own[:MOST_ROWS].tolist()), "request", strength="medium")


def mass_bids(scope: Scope) -> Iterator[Met]:
    """Hits of accounts with many bids, few accepted, most of them copies of a text."""
    index = scope.index
    bids, texts = scope.rows("bid", ""), scope.rows("bid", "proposal")
    accepted = index.note.codes[bids] == index.note.code(ACCEPTED)
    sent = np.bincount(index.subject.codes[bids], minlength=index.people)
    won = np.bincount(index.subject.codes[bids[accepted]], minlength=index.people)
    often = np.bincount(index.value.codes[texts], minlength=len(index.value.texts)) > 1
    copies = texts[often[index.value.codes[texts]]]
    again = np.bincount(index.subject.codes[copies], minlength=index.people)
    many = (sent >= LEAST_BIDS) & (won <= MOST_ACCEPTED * sent) & (again >= LEAST_COPIES * sent)
    for subject in np.flatnonzero(many).tolist():
        own: Array = texts[index.subject.codes[texts] == subject]
        why = _("{sent} bids, {won} accepted, {copies} of a text that was sent more than once.")
        said = why.format(sent=int(sent[subject]), won=int(won[subject]), copies=int(again[subject]))
        yield Met(subject, said, tuple(own[:MOST_ROWS].tolist()), "proposal")


def _hours(scope: Scope, rows: Array, column: Coded) -> Array:
    """Hours of the day at which each value of a column was used."""
    used = np.unique(column.codes[rows].astype(np.int64) * 24 + scope.index.time[rows] // _HOUR % 24)
    hours: Array = np.bincount(used // 24, minlength=len(column.texts))
    return hours


def _for_days(scope: Scope, rows: Array, column: Coded) -> tuple[Array, Array]:
    """Accounts with what they sign in from on days enough, and a row of each."""
    pairs, first, _counts = scope.index.pairs(rows, column)
    width = max(1, len(column.texts))
    key = scope.index.subject.codes[rows].astype(np.int64) * width + column.codes[rows]
    used = np.unique(np.column_stack((key, scope.index.time[rows] // DAY)), axis=0)
    days = dict(zip(*(x.tolist() for x in np.unique(used[:, 0], return_counts=True)), strict=True))
    keep = np.array([days[one * width + two] >= LEAST_DAYS for one, two in pairs.tolist()], bool)
    return pairs[keep], first[keep]
