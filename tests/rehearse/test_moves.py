from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from bongsu.errors import InputError
from bongsu.kernel.case import FIRST_STOLEN, make_case
from bongsu.kernel.queue_taint import queue_taint
from bongsu.rehearse.heist import HEIST_DAYS
from bongsu.rehearse.made_block import DAY_BLOCKS
from bongsu.rehearse.moves import (
    CHUNK,
    NULL,
    Heists,
    MadeMoves,
    Shape,
    generate_moves,
    settled_chunks,
    thefts_of,
)
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
    with pytest.raises(InputError, match="too small") as refused:
        generate_moves(**SIZE | size)
    assert "more transfers" in refused.value.hint


def planted(heists, **size):
    """Thefts of a ledger and its movements."""
    shape = Shape(**SIZE | {"services": 20, "overdrafts": 0.01, "heists": heists} | size)
    thefts = thefts_of(shape)
    chunks = zip(*settled_chunks(shape, thefts), strict=True)
    return thefts, MadeMoves(*(np.concatenate(parts) for parts in chunks))


@pytest.mark.parametrize("heists", [Heists(count=3), Heists(count=3, movements=400)])
def test_heists_stand_one_after_the_other_and_share_no_pool(heists):
    thefts, moves = planted(heists)
    assert len(thefts) == 3
    casts = [range(theft.thief, theft.thief + theft.cast) for theft in thefts]
    assert [casts[0].stop, casts[1].stop, casts[2].stop] == [casts[1].start, casts[2].start, SIZE["pools"]]
    for theft, cast in zip(thefts, casts, strict=True):
        own = np.isin(moves.source, cast) | np.isin(moves.target, cast)
        assert np.flatnonzero(own).tolist() == theft.row.tolist()
        assert np.array_equal(moves.amount[theft.row], theft.amount)
    assert all(one.row[-1] < two.row[0] for one, two in pairwise(thefts))


def test_a_large_heist_lasts_days_of_a_ledger_of_weeks():
    ((theft,), _moves) = planted(Heists(count=1, movements=1000))
    blocks = Shape(**SIZE, services=20, overdrafts=0.01, heists=Heists(count=1, movements=1000)).pace.numbers(
        np.array([theft.row[0], theft.row[-1], SIZE["transfers"]])
    )
    assert 3 * DAY_BLOCKS < blocks[1] - blocks[0] < HEIST_DAYS * DAY_BLOCKS
    assert blocks[2] >= 2 * HEIST_DAYS * DAY_BLOCKS


def test_without_overdrafts_no_heist_makes_one():
    _thefts, moves = planted(Heists(count=2, movements=1000), overdrafts=0.0)
    assert lacking(moves) == []


@pytest.mark.parametrize(
    "heists", [Heists(count=1, movements=6000), Heists(count=300), Heists(count=10, movements=1000)]
)
def test_heists_that_do_not_fit_are_refused(heists):
    with pytest.raises(InputError, match=f"{heists.count} heists of {heists.movements} movements"):
        planted(heists)
