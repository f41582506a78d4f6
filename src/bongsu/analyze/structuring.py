"""Structured amounts: an account divides value into payments of one size.

What banks call structuring keeps below a reporting threshold; chains have none, but a sum cut into equal
parts for many accounts shows one plan. Amounts count as equal within one percent.
"""

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.payment import Payments
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.structuring@1"
FEWEST_PARTS = 5
FEWEST_PAYEES = 3
NEAR_PERCENT = 1
SCORE = 40


def equal_parts(payments: Payments) -> list[Array]:
    """Payments of near equal size of each pool that made half of its payments so, in order of the pool.

    Cost: a sort.
    """
    order = np.lexsort((payments.size, payments.source))
    source, size = payments.source[order], payments.size[order]
    pool = np.unique(source, return_inverse=True)[1]
    ends = _ends_within(pool, size, size + size * NEAR_PERCENT // 100)
    length = ends - np.arange(len(order))
    best = np.lexsort((np.arange(len(order)), -length, pool))
    heads = best[np.flatnonzero(np.diff(pool[best], prepend=-1))]
    counts = np.bincount(pool)
    enough = (length[heads] >= FEWEST_PARTS) & (2 * length[heads] >= counts)
    found = [np.sort(order[head : ends[head]]) for head in heads[enough].tolist()]
    return [part for part in found if len(np.unique(payments.target[part])) >= FEWEST_PAYEES]


def _ends_within(pool: Array, size: Array, most: Array) -> Array:
    """Place after the last size of the same pool that is at most `most`; pools and sizes ascend."""
    queries = np.lexsort((np.repeat([0, 1], len(size)), np.concatenate([size, most]), np.tile(pool, 2)))
    seen = np.cumsum(queries < len(size))
    ends = np.empty(len(size), dtype=np.int64)
    asked = queries >= len(size)
    ends[queries[asked] - len(size)] = seen[asked]
    return ends


def structured_payments(book: Book, payments: Payments, focus: Mask | None = None) -> list[Finding]:
    """A finding for each pool in focus that divided value into equal parts."""
    found = []
    for part in equal_parts(payments):
        pool = int(payments.source[part[0]])
        if focus is not None and not focus[pool]:
            continue
        rows = payments.row[part]
        amounts = [int(a) for a in book.movements["amount"].take(rows).to_pylist()]
        why = _("{count} payments to {payees} accounts of {least} to {most} each, {total} in all")
        said = Statement(
            what="structured_amounts",
            subject=book.account(pool),
            score=SCORE,
            why=(
                why.format(
                    count=len(part),
                    payees=len(np.unique(payments.target[part])),
                    least=book.amount(pool, min(amounts)),
                    most=book.amount(pool, max(amounts)),
                    total=book.amount(pool, sum(amounts)),
                ),
            ),
            rows=rows,
        )
        params = {"fewest_parts": FEWEST_PARTS, "near_percent": NEAR_PERCENT}
        found.append(finding_of(book, said, method=METHOD, params=params))
    return found
