"""Claims keep what pools hold and lose no lot when they grow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.case import FIRST_STOLEN, OTHER, UNKNOWN
from bongsu.kernel.claim import (
    END,
    STOLEN,
    balance,
    free_lot,
    grow_claims,
    holdings,
    new_claims,
    new_lot,
    pull,
    push,
)

S = FIRST_STOLEN
NARROW, WIDE = np.empty(0, dtype=np.uint64), np.empty((0, 2), dtype=np.uint64)


def amount(like, value):
    return np.uint64(value) if like.ndim == 1 else (np.uint64(0), np.uint64(value))


def number(value):
    return int(value[1]) if isinstance(value, tuple) else int(value)


def total(held):
    limbs = held.amount if held.amount.ndim == 1 else held.amount[:, 1]
    return list(zip(held.pool.tolist(), held.tag.tolist(), limbs.tolist(), strict=True))


@pytest.mark.parametrize("like", [NARROW, WIDE])
def test_stolen_lots_keep_their_order_of_arrival(like):
    claims = new_claims(like, np.array([0, 1], dtype=np.uint8), 4)
    for tag, value, oldest in [
        (S, 3, False),
        (S, 1, False),
        (UNKNOWN, 7, False),
        (S + 1, 5, True),
        (OTHER, 2, False),
    ]:
        push(claims, 0, (tag, amount(like, value)), oldest)
    assert total(holdings(claims)) == [(0, S + 1, 5), (0, S, 4), (0, UNKNOWN, 7)]
    assert number(balance(claims.held, 0)) == 18
    tag, value = pull(claims, 0, STOLEN, amount(like, 6))
    assert (tag, number(value)) == (S + 1, 5)
    tag, value = pull(claims, 0, STOLEN, amount(like, 1))
    assert (tag, number(value)) == (S, 1)
    tag, value = pull(claims, 0, UNKNOWN, amount(like, 9))
    assert (tag, number(value)) == (UNKNOWN, 7)
    assert total(holdings(claims)) == [(0, S, 3)]


@pytest.mark.parametrize("like", [NARROW, WIDE])
def test_ends_are_marked_and_records_do_not_cross_cache_lines(like):
    claims = new_claims(like, np.array([0, 1, 0], dtype=np.uint8), 3)
    assert claims.queue.tolist() == [0, END, 0]
    assert claims.held.ctypes.data % 64 == claims.value.ctypes.data % 64 == 0
    assert np.shares_memory(claims.held, claims.queue)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(S, S + 3), st.booleans()), max_size=60))
def test_no_lot_is_lost_or_shared(steps):
    claims = new_claims(NARROW, np.zeros(3, dtype=np.uint8), 2)
    queues = [[], [], []]
    for pool, tag, is_payment in steps:
        if claims.free[1] < 1:
            claims = grow_claims(claims, 1)
        if is_payment and queues[pool]:
            expected = queues[pool].pop(0)
            assert pull(claims, pool, STOLEN, np.uint64(100)) == expected
        elif not is_payment:
            push(claims, pool, (tag, np.uint64(1)), False)
            same = queues[pool] and queues[pool][-1][0] == tag
            value = queues[pool].pop()[1] + 1 if same else 1
            queues[pool].append((tag, value))
    assert total(holdings(claims)) == [(p, t, v) for p, queue in enumerate(queues) for t, v in queue]
    live = sum(map(len, queues))
    assert claims.free[1] == len(claims.word) - 1 - live


def test_chain_of_lots_is_given_back_one_by_one():
    claims = new_claims(NARROW, np.zeros(1, dtype=np.uint8), 2)
    first, second = new_lot(claims, 5, np.uint64(8)), new_lot(claims, 6, np.uint64(9))
    claims.word[first] |= second << 32
    assert claims.value[2 * first] == 8
    assert [free_lot(claims, first), free_lot(claims, second)] == [second, 0]
    assert claims.free[1] == 2
