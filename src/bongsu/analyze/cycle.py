"""Cycles: value that comes back to who paid it. What was turned over and what changed hands are shown apart.

Gross is every payment among the accounts of a cycle added up; net is what the accounts that lost lost.
Wash trades and self-made volume have much gross and little net.
"""

from collections import defaultdict

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.fan import BUSY
from bongsu.analyze.payment import Payments
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.adjacency import index_of
from bongsu.kernel.case import Array
from bongsu.kernel.cycle import ways_back
from bongsu.kernel.union_find import joined_sets
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.cycle@1"
LONGEST = 4
"""Payments of a cycle."""
BACK_PERCENT = 50
"""Of the first payment, what the last must bring back at least."""
SCORE = 40


def cycle_ways(payments: Payments) -> tuple[Array, int]:
    """Payments of each cycle (rows of LONGEST, -1 after the end), and searches that were given up.

    Busy accounts are in no cycle: at a service everybody's value seems to come back.
    """
    count = np.bincount(payments.source, minlength=payments.pools)
    count += np.bincount(payments.target, minlength=payments.pools)
    quiet = np.flatnonzero((count[payments.source] <= BUSY) & (count[payments.target] <= BUSY))
    source, target = payments.source[quiet], payments.target[quiet]
    ways, given_up = ways_back(index_of(source, payments.pools), source, target, longest=LONGEST)
    ways = ways[ways[:, 0] >= 0]
    last = ways[np.arange(len(ways)), (ways >= 0).sum(axis=1) - 1]
    first_size, last_size = payments.size[quiet[ways[:, 0]]], payments.size[quiet[last]]
    ways = ways[100 * last_size >= BACK_PERCENT * first_size]
    return np.where(ways >= 0, quiet[ways], -1), given_up


def cycles(book: Book, payments: Payments, focus: Mask | None = None) -> list[Finding]:
    """A finding for each group of accounts whose cycles share an account, one of them in focus."""
    ways, _given_up = cycle_ways(payments)
    return [
        _cycle(book, payments, np.array(sorted(pools)), np.array(sorted(members)))
        for pools, members in _groups(payments, ways)
        if focus is None or focus[sorted(pools)].any()
    ]


def _groups(payments: Payments, ways: Array) -> list[tuple[set[int], set[int]]]:
    """Pools and payments of the cycles that hang together."""
    steps = ways >= 0
    heads = np.repeat(payments.source[ways[:, 0]], steps.sum(axis=1)) if len(ways) else ways[:0, 0]
    others = payments.source[ways[steps]]
    sets, _refused = joined_sets(heads, others, np.zeros(payments.pools, dtype=np.int64), most=payments.pools)
    found: defaultdict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for payment, pool in zip(ways[steps].tolist(), others.tolist(), strict=True):
        pools, members = found[int(sets[pool])]
        pools.add(pool)
        members.add(payment)
    return [found[key] for key in sorted(found)]


def gross_and_net(payers: list[int], payees: list[int], amounts: list[int]) -> tuple[int, int]:
    """Sum of some payments, and what those who paid more than they got lost by them."""
    balance: defaultdict[int, int] = defaultdict(int)
    for payer, payee, amount in zip(payers, payees, amounts, strict=True):
        balance[payer] -= amount
        balance[payee] += amount
    return sum(amounts), sum(-lost for lost in balance.values() if lost < 0)


def _cycle(book: Book, payments: Payments, pools: Array, members: Array) -> Finding:
    rows = payments.row[members]
    amounts = [int(amount) for amount in book.movements["amount"].take(rows).to_pylist()]
    ends = (payments.source[members].tolist(), payments.target[members].tolist())
    gross, net = gross_and_net(*ends, amounts)
    first = int(pools[0])
    said = Statement(
        what="cycle",
        subject=book.account(int(payments.source[members[0]])),
        score=SCORE,
        why=(
            _("{count} payments among {accounts} accounts lead back to who paid: {names}").format(
                count=len(members), accounts=len(pools), names=", ".join(map(book.holder, pools.tolist()))
            ),
            _("gross {gross} was turned over, net {net} changed hands").format(
                gross=book.amount(first, gross), net=book.amount(first, net)
            ),
        ),
        rows=rows,
    )
    return finding_of(book, said, method=METHOD, params={"longest": LONGEST, "back_percent": BACK_PERCENT})
