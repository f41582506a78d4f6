"""How long value stays: passed through within the hour, or woken after months.

Both are facts of the ledger, not guesses; what they mean is the reader's judgment. Only accounts whose
largest payments show both sides count.
"""

from typing import NamedTuple

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.payment import NO_TIME, Payments, side_of
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.dwell@1"
HOUR, DAY = 3600 * 10**6, 86400 * 10**6
QUICK = HOUR
LONG = 90 * DAY
PASSED_PERCENT = 90
"""Of an account's largest receipt, what its largest payment afterward must come to."""
SCORES = {"pass_through": 40, "dormancy": 40}


class Stay(NamedTuple):
    """Pools with the largest payment in, the largest out after it, and the time between: one entry a pool."""

    pool: Array
    came: Array
    went: Array
    time: Array


def stays(payments: Payments) -> Stay:
    """Stay of the main value of each pool that paid on PASSED_PERCENT of its largest receipt or more."""
    came, went = side_of(payments, payments.target).main, side_of(payments, payments.source).main
    pool = np.flatnonzero((came >= 0) & (went > came))
    came, went = came[pool], went[pool]
    timed = (payments.time[came] != NO_TIME) & (payments.time[went] != NO_TIME)
    timed &= 100 * payments.size[went] >= PASSED_PERCENT * payments.size[came]
    pool, came, went = pool[timed], came[timed], went[timed]
    return Stay(pool, came, went, payments.time[went] - payments.time[came])


def dwell_times(book: Book, payments: Payments, focus: Mask | None = None) -> list[Finding]:
    """Findings of value that pools in focus passed on within an hour, or after three months of rest."""
    stay = stays(payments)
    found = []
    for place in range(len(stay.pool)):
        short = QUICK < stay.time[place] < LONG
        if not short and (focus is None or focus[stay.pool[place]]):
            found.append(_finding(book, payments, stay, place))
    return found


def _finding(book: Book, payments: Payments, stay: Stay, place: int) -> Finding:
    what = "pass_through" if stay.time[place] <= QUICK else "dormancy"
    pool, rows = int(stay.pool[place]), payments.row[[stay.came[place], stay.went[place]]]
    came, went = (book.amount(pool, book.total(rows[side : side + 1])) for side in (0, 1))
    quick = _("got {came} and paid {went} on after {minutes} minutes")
    slow = _("got {came}, rested for {days} days, then paid {went}")
    why = (quick if what == "pass_through" else slow).format(
        came=came, went=went, minutes=int(stay.time[place]) // (60 * 10**6), days=int(stay.time[place]) // DAY
    )
    said = Statement(what=what, subject=book.account(pool), score=SCORES[what], why=(why,), rows=rows)
    return finding_of(book, said, method=METHOD, params={"quick": QUICK, "long": LONG})
