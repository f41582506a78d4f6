from collections import Counter

import numpy as np
import pytest

from bongsu.kernel.case import FIRST_STOLEN, make_case
from bongsu.kernel.queue_taint import queue_taint
from bongsu.rehearse.moves import CHUNK, NULL, generate_moves
from bongsu.rehearse.theft import CAST, LOOTS

SIZE = {"transfers": 20_000, "pools": 5_000, "seed": 3}


def lacking(moves):
    """Movements that pay more than their pool has; the null pool may."""
    balance, found = Counter(), []
    for m, (source, target, amount) in enumerate(zip(*(column.tolist() for column in moves), strict=True)):
        if source != NULL and balance[source] < amount:
            found.append(m)
            balance[source] = amount
        balance[source] -= amount
        balance[target] += amount
    return found


def test_the_seed_decides_everything():
    first, second = generate_moves(**SIZE)[0], generate_moves(**SIZE)[0]
    other = generate_moves(**SIZE | {"seed": 4})[0]
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert not np.array_equal(first.source, other.source)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5])
def test_pools_lack_funds_as_often_as_asked(share):
    moves, _theft = generate_moves(**SIZE, overdrafts=share)
    assert len(lacking(moves)) / len(moves.source) == pytest.approx(share, abs=0.01)


def test_one_pool_in_a_hundred_is_in_a_fifth_of_the_movements():
    moves, _theft = generate_moves(**SIZE)
    degree = np.sort(np.bincount(np.concatenate([moves.source, moves.target])))[::-1]
    assert degree[:50].sum() > 0.2 * degree.sum()
    assert np.median(degree[degree > 0]) <= 6


def test_every_amount_is_positive_and_every_pool_in_range():
    moves, _theft = generate_moves(**SIZE)
    assert moves.amount.min() > 0
    assert int(moves.amount.sum(dtype=object)) < 2**63
    assert 0 <= moves.source.min() <= moves.source.max() < SIZE["pools"]
    assert 1 <= moves.target.min() <= moves.target.max() < SIZE["pools"]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_trace_finds_exactly_what_rests(newest_first):
    moves, theft = generate_moves(**SIZE)
    case = make_case(*moves, pools=SIZE["pools"])
    case.ends[NULL] = 1
    case.moves.credit[theft.row[:LOOTS]] = FIRST_STOLEN
    _fragments, holdings = queue_taint(case, newest_first=newest_first)
    stolen = holdings.tag == FIRST_STOLEN
    held = Counter()
    for pool, amount in zip(holdings.pool[stolen].tolist(), holdings.amount[stolen].tolist(), strict=True):
        held[pool] += amount
    assert {pool: value for pool, value in held.items() if pool >= theft.thief} == theft.rest
    assert sum(held.values()) == theft.stolen


def test_nobody_else_touches_the_theft_s_own_pools():
    moves, theft = generate_moves(**SIZE)
    own = (moves.source >= SIZE["pools"] - CAST) | (moves.target >= SIZE["pools"] - CAST)
    assert np.flatnonzero(own).tolist() == theft.row.tolist()
    assert np.array_equal(moves.amount[theft.row], theft.amount)


def test_chunks_join_without_a_seam():
    moves, theft = generate_moves(transfers=CHUNK + 1000, pools=500, seed=1)
    assert lacking(moves)[0] < CHUNK
    assert len(moves.source) == CHUNK + 1000
    assert moves.amount[CHUNK:].min() > 0
    assert np.array_equal(moves.source[theft.row], theft.source)


@pytest.mark.parametrize("size", [{"transfers": 50}, {"pools": 40}, {"services": 0}])
def test_a_ledger_too_small_for_a_theft_is_refused(size):
    with pytest.raises(ValueError, match="too small"):
        generate_moves(**SIZE | size)
