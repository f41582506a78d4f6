"""Red flags of where pay goes: one account for several people, changed soon after hire, coins."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

ACCOUNTS = ("iban", "bank_account", "emoney", "wallet")
"""Things that pay goes to."""
SOON_DAYS = 90
"""A change within so many days of hire is soon."""
OFTEN = 3
"""So many changes within the rule's expiry are often."""


def shared_payout(scope: Scope) -> Iterator[Met]:
    """Hits of people whose pay goes to one account or wallet."""
    for thing in ACCOUNTS:
        yield from scope.sharing("payout", thing, _("Pay of {count} people goes to {value}."))


def crypto_payout(scope: Scope) -> Iterator[Met]:
    """Hits of people whose pay goes to a wallet."""
    index = scope.index
    rows = scope.rows("payout", "wallet")
    pairs, first, _counts = index.pairs(rows, index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        yield Met(subject, _("Pay goes to a wallet."), (row,), "wallet", index.value.texts[value])


def changed_payout(scope: Scope) -> Iterator[Met]:
    """Hits of people whose account for pay changed soon after hire, or often."""
    index = scope.index
    rows = np.concatenate([scope.rows("payout", thing) for thing in ACCOUNTS])
    rows = rows[index.time[rows] != UNTOLD]
    rows = rows[np.lexsort((index.time[rows], index.subject.codes[rows]))]
    subjects, values = index.subject.codes[rows], index.value.codes[rows]
    changed = np.flatnonzero((subjects[1:] == subjects[:-1]) & (values[1:] != values[:-1])) + 1
    hired = _hired(scope)
    for subject in np.unique(subjects[changed]).tolist():
        own = rows[changed[subjects[changed] == subject]]
        since = (index.time[own] - hired.get(subject, UNTOLD)) // DAY if subject in hired else None
        if since is not None and len(since) and int(since.min()) <= SOON_DAYS:
            said = _("The account for pay changed {days} days after hire.").format(days=int(since.min()))
            yield _change(scope, subject, own, said)
        elif len(own) >= OFTEN:
            said = _("The account for pay changed {count} times.").format(count=len(own))
            yield _change(scope, subject, own, said)


def _change(scope: Scope, subject: int, rows: Array, why: str) -> Met:
    thing = scope.index.thing.texts[scope.index.thing.codes[rows[0]]]
    value = scope.index.value.texts[scope.index.value.codes[rows[0]]]
    return Met(subject, why, tuple(rows[:MOST_ROWS].tolist()), thing, value)


def _hired(scope: Scope) -> dict[int, int]:
    """Subject to the time of hire."""
    rows = scope.index.rows("hire", "")
    times = scope.index.time[rows]
    return {
        subject: time
        for subject, time in zip(scope.index.subject.codes[rows].tolist(), times.tolist(), strict=True)
        if time != UNTOLD
    }
