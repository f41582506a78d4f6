"""Arrays that every taint kernel takes and gives: movements between pools, and fragments of them.

A case is one ordered list of movements `(source pool, target pool, amount)`; index order is time
order. Tags say whose value a unit is: 0 other funds, 1 unknown (missing history), 2 and up stolen,
one tag a victim.
"""

from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.amount import Amount, Amounts

Array = np.ndarray[Any, Any]
Part = tuple[Any, Amount]
"""(tag, amount) inside compiled code."""

OTHER = 0
"""Tag of funds that are not of this case."""
UNKNOWN = 1
"""Tag of funds that the ledger cannot explain: a pool paid more than it is known to have had."""
FIRST_STOLEN = 2
"""First tag of stolen funds; victim k has tag FIRST_STOLEN + k."""

CARRIED = 0
"""Fragment kind: tagged value left the source pool and arrived at the target pool."""
CREDITED = 1
"""Fragment kind: value became stolen on arrival at the target pool."""
ASSUMED = 2
"""Fragment kind: value was missing in the source pool and is taken to be of this tag."""
CONVERTED = 4
"""Fragment kind: value of the target pool's asset arrived for value that a converting movement carried."""
NO_CREDIT = -1
"""Credit of an ordinary movement."""
CONVERTS = -2
"""Credit of a movement that converts: it pays one asset, and its target is a pool of another asset."""


class Moves(NamedTuple):
    """Movements in time order; n of them."""

    source: Array
    """Pool that pays: int32, shape (n,)."""
    target: Array
    """Pool that is paid: int32, shape (n,)."""
    amount: Amounts
    """Base units: uint64, shape (n,) narrow or (n, 2) wide."""
    credit: Array
    """Tag that untainted value takes on arrival, NO_CREDIT or CONVERTS: int16, shape (n,)."""
    overdraft: Array
    """Tag of what the source pool lacks: int16, shape (n,)."""
    stopped: Array
    """1 where stolen value is not followed on this movement: uint8, shape (n,)."""
    batch: Array
    """Number shared by the payments of one pool in one transaction: int32, shape (n,)."""
    received: Amounts
    """What the target of a movement that CONVERTS gets, more than 0; not read elsewhere: as `amount`.

    Such a movement is paid by an account that is no end, is not a payment to itself, and is not stopped. One
    of amount 0 follows another of the same payer and says what else that payment became.
    """


class Case(NamedTuple):
    """Movements and what is known of their pools."""

    moves: Moves
    ends: Array
    """1 for pools where value arrives and is not followed through: uint8, shape (pools,)."""
    joint: Array
    """1 for UTXO transactions, whose outputs and fee are paid at once: uint8, shape (pools,)."""
    tags: int
    """Number of tags: FIRST_STOLEN + number of victims."""


class Fragments(NamedTuple):
    """What a policy says about movements: tagged parts, in movement order then queue order."""

    movement: Array
    """Index of the movement: int64."""
    tag: Array
    """Tag of the part, never OTHER: int16."""
    kind: Array
    """CARRIED, CREDITED, ASSUMED or CONVERTED (or poison's OVERLAP): uint8."""
    amount: Amounts
    """Base units of the part; narrow or wide as the case's amounts."""


class Holdings(NamedTuple):
    """Tagged value in pools, in queue order within a pool."""

    pool: Array
    """Pool: int32."""
    tag: Array
    """Tag: int16."""
    amount: Amounts
    """Base units."""


def make_case(
    source: Array, target: Array, amount: Amounts, *, ends: Array | None = None, pools: int = 0, tags: int = 3
) -> Case:
    """Case without theft marks: no credits, overdrafts are unknown, everything is followed, no batches."""
    count = len(source)
    size = max(pools, 1 + int(max(source.max(initial=-1), target.max(initial=-1))))
    moves = Moves(
        np.ascontiguousarray(source, dtype=np.int32),
        np.ascontiguousarray(target, dtype=np.int32),
        np.ascontiguousarray(amount, dtype=np.uint64),
        np.full(count, NO_CREDIT, dtype=np.int16),
        np.full(count, UNKNOWN, dtype=np.int16),
        np.zeros(count, dtype=np.uint8),
        np.arange(count, dtype=np.int32),
        np.zeros_like(amount, dtype=np.uint64),
    )
    none = np.zeros(size, dtype=np.uint8)
    return Case(moves, none if ends is None else ends, none.copy(), tags)
