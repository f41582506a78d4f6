"""The replay finds the first movement that does not add up; equal to a slow twin over a dictionary."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.amount import to_integers, to_wide
from bongsu.kernel.replay import WHOLE, Said, replay

POOLS = 4
MOST = 2**128 - 1


def said_of(rows):
    """Said of (source, target, converts, rests, carried, paid, credited, assumed, moved, received)."""
    column = list(zip(*rows, strict=True)) or [()] * 10
    flags = [np.array(column[place], dtype=np.uint8) for place in (2, 3)]
    ends = [np.array(column[place], dtype=np.int32) for place in (0, 1)]
    return Said(*ends, *flags, *(to_wide(list(values)) for values in column[4:]))


def found(rows):
    broken, balance = replay(said_of(rows), POOLS)
    return (broken, to_integers(balance)) if broken == WHOLE else broken


def twin(rows):
    """As `replay`, with integers; no balance may leave 128 bits."""
    balance = defaultdict(int)
    for m, (source, target, converts, rests, carried, paid, credited, assumed, moved, received) in enumerate(
        rows
    ):
        if not (carried or paid or assumed):
            continue
        had = balance[source] + assumed + (0 if converts else credited)
        balance[source] = had - (paid if converts else carried)
        if carried > received or paid > moved or had > MOST or balance[source] < 0:
            return m
        if not rests:
            balance[target] += carried
            if balance[target] > MOST:
                return m
    return WHOLE, [balance[pool] for pool in range(POOLS)]


THEFT = (0, 1, 0, 0, 10, 0, 10, 0, 10, 10)


def paid(source, target, carried, **other):
    plain = {"converts": 0, "rests": 0, "carried": carried, "paid": 0, "credited": 0, "assumed": 0}
    given = plain | {"moved": max(carried, 9), "received": max(carried, 9)} | other
    return (source, target, *given.values())


def test_what_adds_up_leaves_the_balances():
    rows = [THEFT, paid(1, 2, 6), paid(2, 3, 4, rests=1), paid(3, 2, 5, assumed=5)]
    assert found(rows) == (WHOLE, [0, 4, 7, 0])


def test_the_first_movement_that_breaks_it_is_named():
    assert found([THEFT, paid(1, 2, 6), paid(1, 2, 5)]) == 2
    assert found([THEFT, paid(1, 2, 6, received=5)]) == 1
    assert found([paid(0, 1, 10, credited=9)]) == 0
    assert found([paid(0, 1, 0, credited=9)]) == (WHOLE, [0, 0, 0, 0])


def test_an_exchange_takes_one_asset_and_gives_another():
    swap = paid(1, 2, 500, converts=1, paid=10, moved=10, received=500)
    assert found([THEFT, swap]) == (WHOLE, [0, 0, 500, 0])
    assert found([THEFT, paid(1, 2, 500, converts=1, paid=11, moved=11, received=500)]) == 1
    assert found([THEFT, paid(1, 2, 500, converts=1, paid=10, moved=9, received=500)]) == 1


def test_what_no_128_bits_hold_is_broken_and_does_not_wrap():
    huge = 2**127
    rows = [paid(0, 1, huge, credited=huge), paid(0, 1, huge, credited=huge)]
    assert found(rows) == twin(rows) == 1
    assert found([paid(0, 1, 0, assumed=MOST), paid(0, 1, 5, assumed=5)]) == 1


AMOUNT = st.integers(0, 6) | st.integers(2**63, 2**65) | st.integers(2**126, MOST)
POOL, FLAG = st.integers(0, POOLS - 1), st.integers(0, 1)
ROW = st.tuples(POOL, POOL, FLAG, FLAG, *[AMOUNT] * 6)
PLAIN = st.tuples(POOL, POOL, st.just(0), FLAG, *[st.integers(0, 4)] * 4, *[st.integers(3, 9)] * 2)


@given(st.lists(ROW, max_size=12) | st.lists(PLAIN, max_size=12))
def test_the_replay_equals_the_twin(rows):
    assert found(rows) == twin(rows)
