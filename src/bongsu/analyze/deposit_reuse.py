"""Deposit addresses that several accounts pay: whoever they are, one customer of the service gets it all."""

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.payment import Payments
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.deposit_reuse@1"
FEWEST_PAYERS = 2
SCORE = 60


def shared_deposits(payments: Payments, deposits: Mask, services: Mask) -> list[tuple[int, Array]]:
    """Deposit pools that FEWEST_PAYERS or more accounts paid, each with the first payment of each payer.

    Args:
        payments: Payments of the ledger.
        deposits: Whether each pool is a deposit address.
        services: Whether each pool is a service's own; what a service pays in says nothing of a customer.
    """
    rows = np.flatnonzero(deposits[payments.target] & ~services[payments.source])
    order = np.lexsort((rows, payments.source[rows], payments.target[rows]))
    rows = rows[order]
    pairs = np.stack([payments.target[rows], payments.source[rows]], axis=1)
    rows = rows[np.flatnonzero((np.diff(pairs, axis=0, prepend=-1) != 0).any(axis=1))]
    pools, starts = np.unique(payments.target[rows], return_index=True)
    ends = np.append(starts, len(rows))[1:]
    found = [(pool, rows[a:b]) for pool, a, b in zip(pools.tolist(), starts, ends, strict=True)]
    return [(pool, paid) for pool, paid in found if len(paid) >= FEWEST_PAYERS]


def reused_deposits(
    book: Book, payments: Payments, deposits: Mask, services: Mask, *, focus: Mask | None = None
) -> list[Finding]:
    """A finding for each deposit address that several accounts paid, one of them in focus."""
    found = []
    for pool, paid in shared_deposits(payments, deposits, services):
        payers = payments.source[paid]
        if focus is not None and not focus[payers].any():
            continue
        said = Statement(
            what="deposit_reuse",
            subject=book.account(pool),
            score=SCORE,
            why=(
                _(
                    "{count} accounts paid this deposit address, which its service gave to one customer"
                ).format(count=len(paid)),
                _("payers: {names}").format(names=", ".join(sorted(map(book.holder, payers.tolist())))),
            ),
            rows=payments.row[paid],
        )
        found.append(finding_of(book, said, method=METHOD, params={"fewest_payers": FEWEST_PAYERS}))
    return found
