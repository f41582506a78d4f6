"""Fan-out, fan-in, and scatter-gather: value divided among many accounts, and brought together again.

A fan alone says that an account is busy, and busy accounts are mostly services; scattering to accounts that
pay one other account is what layering needs and what chance hardly makes.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.payment import NO_TIME, Payments
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.kernel.window import Busiest, busiest_windows
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.fan@1"
FEWEST_PARTNERS = 10
SPAN = 24 * 3600 * 10**6
"""Microseconds in which the partners must be met."""
FEWEST_MIDDLES = 3
"""Accounts between who scatters and who gathers."""
BUSY = 50
"""Payments on one side from which on an account is taken for a service, not for a middle."""
SCORES = {"fan_out": 20, "fan_in": 20, "scatter_gather": 50}


def widest_fans(payments: Payments, *, out: bool) -> Busiest:
    """Day with most different payees (out) or payers of each pool; payments without a time count at none."""
    index = payments.paid_by() if out else payments.paid_to()
    partner = payments.target if out else payments.source
    time = np.where(payments.time == NO_TIME, np.arange(len(payments)) * (SPAN + 1), payments.time)
    return busiest_windows(index, partner, time, span=SPAN)


class Scatter(NamedTuple):
    """Pools that scattered and gathered, and both payments of each middle: one entry a middle."""

    source: Array
    target: Array
    out: Array
    back: Array


def scatter_gathers(payments: Payments) -> Scatter:
    """Middles of each pair that has FEWEST_MIDDLES or more, ordered by the pair.

    A middle was paid by one pool and later paid another; it is no busy account. Cost: the pairs of
    payments into and out of accounts that are not busy.
    """
    out, back = _passed_on(payments)
    source, target = payments.source[out], payments.target[back]
    kept = source != target
    out, back, source, target = out[kept], back[kept], source[kept], target[kept]
    order = np.lexsort((back, out, payments.target[out], target, source))
    out, back, source, target = out[order], back[order], source[order], target[order]
    middle = payments.target[out]
    once = _changes(source) | _changes(target) | _changes(middle)
    out, back, source, target = out[once], back[once], source[once], target[once]
    starts = np.flatnonzero(_changes(source) | _changes(target))
    sizes = np.repeat(np.diff(starts, append=len(source)), np.diff(starts, append=len(source)))
    many = sizes >= FEWEST_MIDDLES
    return Scatter(source[many], target[many], out[many], back[many])


def _changes(values: Array) -> Array:
    """Whether each value differs from the one before; the first does."""
    changed: Array = np.diff(values, prepend=-1) != 0
    return changed


def _passed_on(payments: Payments) -> tuple[Array, Array]:
    """Pairs of payments (to, from) of pools that are not busy, the second after the first."""
    index = payments.paid_by()
    gave = np.diff(index.first)
    got = np.bincount(payments.target, minlength=payments.pools)
    quiet = (gave <= BUSY) & (got <= BUSY)
    came = np.flatnonzero(quiet[payments.target])
    counts = gave[payments.target[came]]
    first = np.repeat(came, counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    place = index.first[payments.target[first]] + np.arange(len(first)) - starts
    second = index.row[place].astype(np.int64)
    later = second > first
    return first[later], second[later]


def fans(book: Book, payments: Payments, focus: Mask | None = None) -> list[Finding]:
    """Findings of wide fans and of scatter-gathers of pools in focus."""
    found = []
    for out in (True, False):
        widest = widest_fans(payments, out=out)
        index = payments.paid_by() if out else payments.paid_to()
        for pool in np.flatnonzero(widest.partners >= FEWEST_PARTNERS).tolist():
            if focus is None or focus[pool]:
                events = index.row[widest.first[pool] : widest.last[pool]]
                found.append(_fan(book, pool, payments.row[events], out=out))
    return found + _scatters(book, payments, focus)


def _fan(book: Book, pool: int, rows: Array, *, out: bool) -> Finding:
    partners = pc.count_distinct(book.movements["target" if out else "source"].take(pa.array(rows))).as_py()
    paid = _("paid {partners} different accounts {amount} within a day")
    got = _("got {amount} from {partners} different accounts within a day")
    why = (paid if out else got).format(partners=partners, amount=book.amount(pool, book.total(rows)))
    what = "fan_out" if out else "fan_in"
    caution = _("a service does the same every day; by itself this says only that the account is busy")
    said = Statement(what=what, subject=book.account(pool), score=SCORES[what], why=(why, caution), rows=rows)
    return finding_of(book, said, method=METHOD, params={"fewest_partners": FEWEST_PARTNERS, "span": SPAN})


def _scatters(book: Book, payments: Payments, focus: Mask | None) -> list[Finding]:
    all_of = scatter_gathers(payments)
    starts = np.flatnonzero(_changes(all_of.source) | _changes(all_of.target))
    found = []
    for begin, end in zip(starts, np.append(starts, len(all_of.source))[1:], strict=True):
        source, target = int(all_of.source[begin]), int(all_of.target[begin])
        if focus is not None and not (focus[source] or focus[target]):
            continue
        out, back = (payments.row[side[begin:end]] for side in (all_of.out, all_of.back))
        why = _("paid {sent} to {count} accounts, each of which later paid {target}, {returned} in all")
        said = Statement(
            what="scatter_gather",
            subject=book.account(source),
            score=SCORES["scatter_gather"],
            why=(
                why.format(
                    sent=book.amount(source, book.total(out)),
                    count=end - begin,
                    target=book.holder(target),
                    returned=book.amount(target, book.total(back)),
                ),
            ),
            rows=np.concatenate([out, back]),
        )
        found.append(finding_of(book, said, method=METHOD, params={"fewest_middles": FEWEST_MIDDLES}))
    return found
