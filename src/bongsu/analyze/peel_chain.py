"""Peel chains: most of the value goes on, a small part is paid aside, step after step.

First described by Meiklejohn et al., "A Fistful of Bitcoins" (IMC 2013). Between accounts: an account that
got nearly all it has in one payment pays most of that on at once, and less to others. In UTXO transactions:
two outputs, and the larger one alone is spent by the next such transaction.
"""

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.joint import Joints
from bongsu.analyze.payment import Payments, side_of
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.kernel.chain import longest_chains
from bongsu.model.asset import BITCOIN
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.peel_chain@1"
FEWEST_STEPS = 3
"""Payments, or transactions, that make a chain."""
MAIN_PERCENT, ON_PERCENT, MOST_PERCENT = 90, 50, 105
"""Of what an account got: least that its largest payment brings, least and most that goes on in one payment;
above 100 for published values, which rise and fall between two payments."""
SCORE = 50


def peel_steps(payments: Payments) -> Array:
    """The payment that carries on each payment's value, -1 for none: int64, shape (payments,)."""
    got, gave = side_of(payments, payments.target), side_of(payments, payments.source)
    after = np.full(len(payments), -1, dtype=np.int64)
    pools = np.flatnonzero((got.count > 0) & (gave.count > 1))
    came, goes = got.main[pools], gave.main[pools]
    value, passed = payments.size[came], payments.size[goes]
    peels = (goes > came) & (100 * value >= MAIN_PERCENT * got.total[pools])
    peels &= (100 * passed >= ON_PERCENT * value) & (100 * passed <= MOST_PERCENT * value)
    peels &= (2 * gave.second[pools] <= passed) & (payments.target[goes] != payments.source[came])
    after[came[peels]] = goes[peels]
    return after


def peel_spends(joints: Joints, *, larger: bool = True) -> Array:
    """The transaction that carries on each transaction's value, -1 for none: int64, shape (transactions,).

    Args:
        joints: Transactions, an output before what spends it.
        larger: Follow the larger of the two outputs; False: the smaller, to see what chance gives.
    """
    outs = joints.outputs
    money = outs.amount > 0
    first = np.full(len(joints), -1, dtype=np.int64)
    order = np.lexsort((outs.amount if larger else -outs.amount, outs.parent))
    order = order[money[order]]
    first[outs.parent[order]] = order
    two = np.bincount(outs.parent[money], minlength=len(joints)) == 2
    spender = spenders(joints)
    after = np.where(two & (first >= 0), spender[first], -1)
    alone = (joints.inputs.count == 1) & joints.whole & two
    found: Array = np.where((after >= 0) & alone[after] & alone, after, -1)
    return found


def spenders(joints: Joints) -> Array:
    """The transaction that spends each output, -1 where none of the table does: int64, shape (outputs,)."""
    codes = np.concatenate([joints.inputs.outpoint, joints.outputs.outpoint])
    by_code = np.full(int(codes.max(initial=-1)) + 1, -1, dtype=np.int64)
    by_code[joints.inputs.outpoint] = joints.inputs.parent
    found: Array = by_code[joints.outputs.outpoint]
    return found


def peel_chains(book: Book, payments: Payments, focus: Mask | None = None) -> list[Finding]:
    """A finding for each chain of FEWEST_STEPS payments or more that passes an account in focus."""
    found = []
    for chain in longest_chains(peel_steps(payments), FEWEST_STEPS):
        passed = payments.target[chain[:-1]]
        if focus is None or focus[passed].any():
            found.append(_chain(book, payments, chain))
    return found


def _chain(book: Book, payments: Payments, chain: list[int]) -> Finding:
    rows = payments.row[chain]
    amounts = [int(a) for a in book.movements["amount"].take(rows).to_pylist()]
    start, end = int(payments.source[chain[0]]), int(payments.target[chain[-1]])
    said = Statement(
        what="peel_chain",
        subject=book.account(int(payments.target[chain[0]])),
        score=SCORE,
        why=(
            _("{count} payments in a row, from {start} to {end}, each pass on most of what came").format(
                count=len(chain), start=book.holder(start), end=book.holder(end)
            ),
            _("{first} entered the chain, {last} left it; the rest was paid aside on the way").format(
                first=book.amount(start, amounts[0]), last=book.amount(start, amounts[-1])
            ),
        ),
        rows=rows,
    )
    return finding_of(book, said, method=METHOD, params={"fewest_steps": FEWEST_STEPS})


def peel_spend_chains(book: Book, joints: Joints, skip: Array, *, focus: Mask | None = None) -> list[Finding]:
    """A finding for each chain of FEWEST_STEPS transactions or more; CoinJoins (`skip`) are in none."""
    after = peel_spends(joints)
    after[skip | skip[after]] = -1
    near = None if focus is None else joints.touching(book.touching(focus))
    return [
        _spend_chain(book, joints, chain)
        for chain in longest_chains(after, FEWEST_STEPS)
        if near is None or near[chain].any()
    ]


def _spend_chain(book: Book, joints: Joints, chain: list[int]) -> Finding:
    first, last = (joints.tx_hash[t].as_py() for t in (chain[0], chain[-1]))
    why = _("{count} transactions in a row from {first} to {last}: two outputs, the larger is spent alone")
    said = Statement(
        what="peel_chain",
        subject=f"{BITCOIN}:{first}",
        score=SCORE,
        why=(why.format(count=len(chain), first=first, last=last),),
        rows=np.concatenate([joints.inputs.row[slice(*joints.inputs.first[t : t + 2])] for t in chain]),
    )
    return finding_of(book, said, method=METHOD, params={"fewest_steps": FEWEST_STEPS})
