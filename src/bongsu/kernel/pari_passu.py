"""Pari passu: victims share every residue and every loss by the size of their claims.

The flow is the haircut's with all victims as one. Each pool keeps claims: all that ever arrived of
each victim, never reduced by what left. A payment's stolen part, and what a pool holds at the end,
is divided by the paying pool's claims at that moment, largest remainder, ties to the earlier victim.
So totals are conserved, and what one victim loses all bear alike (Barlow Clowes v Vaughan, 1992).
Where one asset is exchanged for another, the stolen part is one; what it was and what it became are
divided by the same claims, and what it became is claimed at the pool that got it.
"""

from collections import defaultdict

import numpy as np

from bongsu.kernel.amount import Amounts, to_integers, to_narrow, to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    Array,
    Case,
    Fragments,
    Holdings,
)
from bongsu.kernel.haircut import haircut

Claims = dict[int, int]
"""Tag of a victim to the gross value of theirs that arrived."""


def divide(value: int, claims: Claims) -> Claims:
    """Shares of a value by claims, largest remainder, ties to the earlier victim."""
    whole = sum(claims.values())
    shares = {tag: value * claim // whole for tag, claim in claims.items()}
    order = sorted(claims, key=lambda tag: (-(value * claims[tag] % whole), tag))
    for tag in order[: value - sum(shares.values())]:
        shares[tag] += 1
    return {tag: share for tag, share in sorted(shares.items()) if share}


def _merged(case: Case) -> Case:
    """The case with all victims as one."""
    moves = case.moves
    one = np.int16(FIRST_STOLEN)
    return case._replace(
        moves=moves._replace(
            credit=np.minimum(moves.credit, one), overdraft=np.minimum(moves.overdraft, one)
        ),
        tags=FIRST_STOLEN + 1,
    )


def _packed(values: list[int], like: Amounts) -> Amounts:
    wide = to_wide(values)
    return wide if like.ndim == 2 else to_narrow(wide)


class _Ledger:
    """Claims of every pool, and the parts that they divide value into."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.claims: defaultdict[int, Claims] = defaultdict(dict)

    def claim(self, pool: int, shares: Claims) -> None:
        """Nothing; adds to the claims on a pool."""
        for tag, share in shares.items():
            self.claims[pool][tag] = self.claims[pool].get(tag, 0) + share

    def parts(self, m: int, kind: int, value: int) -> Claims:
        """Shares of a stolen part of movement m."""
        moves = self.case.moves
        if kind == ASSUMED:
            shares = {int(moves.overdraft[m]): value}
            self.claim(int(moves.source[m]), shares)
            return shares
        shares = (
            {int(moves.credit[m]): value}
            if kind == CREDITED
            else divide(value, self.claims[int(moves.source[m])])
        )
        is_spent = kind == CARRIED and moves.credit[m] == CONVERTS  # units that the target does not get
        if not (is_spent or self.case.ends[moves.target[m]] or moves.stopped[m]):
            self.claim(int(moves.target[m]), shares)
        return shares


def pari_passu(case: Case) -> tuple[Fragments, Holdings]:
    """Fragments and final holdings, divided among victims by their claims on the paying pool.

    Args:
        case: Movements in time order, narrow or wide amounts, one tag a victim.

    Cost: a haircut, then Python time for each tagged fragment.
    """
    parts, held = haircut(_merged(case))
    ledger = _Ledger(case)
    rows: list[tuple[int, ...]] = []
    columns = (parts.movement.tolist(), parts.tag.tolist(), parts.kind.tolist(), to_integers(parts.amount))
    for m, tag, kind, value in zip(*columns, strict=True):
        shares = {tag: value} if tag < FIRST_STOLEN else ledger.parts(m, kind, value)
        rows += [(m, one, kind, share) for one, share in shares.items()]
    rest: list[tuple[int, ...]] = []
    for pool, tag, value in zip(held.pool.tolist(), held.tag.tolist(), to_integers(held.amount), strict=True):
        shares = {tag: value} if tag < FIRST_STOLEN else divide(value, ledger.claims[pool])
        rest += [(pool, one, share) for one, share in shares.items()]
    like = case.moves.amount
    return (
        Fragments(
            _column(rows, 0, np.int64), _column(rows, 1, np.int16), _column(rows, 2, np.uint8),
            _packed([row[3] for row in rows], like),
        ),
        Holdings(
            _column(rest, 0, np.int32), _column(rest, 1, np.int16), _packed([row[2] for row in rest], like)
        ),
    )  # fmt: skip


def _column(rows: list[tuple[int, ...]], at: int, dtype: type) -> Array:
    return np.array([row[at] for row in rows], dtype=dtype)
