"""Deposit accounts: an account that passes all it gets to one service was given out by that service.

After Victor, "Address Clustering Heuristics for Ethereum" (FC 2020): who pays an exchange's customer account
is known to the exchange. An account is taken for one where nearly all that it ever paid went to one labeled
custodial service, soon after it came, and it was itself paid by others.
"""

from typing import NamedTuple

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.payment import NO_TIME, Payments, side_of
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.deposit@1"
FORWARD_PERCENT = 95
"""Of what an account paid, what went to the service; and of what it got, what it paid."""
SOON = 7 * 86400 * 10**6
"""Microseconds within which the largest receipt was passed on."""
SCORE = 40


class Deposits(NamedTuple):
    """Accounts taken for deposit accounts: pools, the service of each, and its largest payment there."""

    pool: Array
    service: Array
    """Number of the service."""
    forward: Array


def find_deposits(payments: Payments, service: Array) -> Deposits:
    """Pools that pass nearly all on to one service.

    Args:
        payments: Payments of the ledger.
        service: Number of the custodial service that each pool belongs to, 0 for none: shape (pools,).
    """
    got, gave = side_of(payments, payments.target), side_of(payments, payments.source)
    pool = np.flatnonzero((got.count > 0) & (gave.count > 0) & (service == 0))
    forward, came = gave.main[pool], got.main[pool]
    to = service[payments.target[forward]]
    passed = np.zeros(payments.pools, dtype=np.int64)
    main = np.zeros(payments.pools, dtype=np.int64)
    main[pool] = to
    same = (main[payments.source] > 0) & (service[payments.target] == main[payments.source])
    np.add.at(passed, payments.source[same], payments.size[same])
    keeps = (to > 0) & (100 * passed[pool] >= FORWARD_PERCENT * gave.total[pool])
    keeps &= (100 * gave.total[pool] >= FORWARD_PERCENT * got.total[pool]) & (forward > came)
    timed = (payments.time[forward] != NO_TIME) & (payments.time[came] != NO_TIME)
    keeps &= timed & (payments.time[forward] - payments.time[came] <= SOON)
    return Deposits(pool[keeps], to[keeps], forward[keeps])


def deposit_findings(
    book: Book, payments: Payments, found: Deposits, names: list[str], *, focus: Mask | None = None
) -> list[Finding]:
    """A finding for each account in focus that is taken for a deposit account.

    Args:
        book: The ledger.
        payments: Its payments.
        found: What `find_deposits` says.
        names: Name of each service by its number; the first is of none.
        focus: Pools that are looked at; all by default.
    """
    findings = []
    for pool, service, forward in zip(*(column.tolist() for column in found), strict=True):
        if focus is not None and not focus[pool]:
            continue
        rows = payments.row[(payments.source == pool) | (payments.target == pool)]
        to = book.holder(int(payments.target[forward]))
        said = Statement(
            what="deposit_account",
            subject=book.account(pool),
            score=SCORE,
            why=(
                _("passes what it gets on to {service} at {address}, within a week and nearly all").format(
                    service=names[service], address=to
                ),
                _("if so, the service knows whose account it is; ask it before you rely on this"),
            ),
            rows=rows,
        )
        findings.append(finding_of(book, said, method=METHOD, params={"forward_percent": FORWARD_PERCENT}))
    return findings
