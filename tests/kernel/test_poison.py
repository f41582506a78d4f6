"""Poison: worked vectors, collisions, the slow twin, independence of clean pools' names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.haircut_case import exchanged

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CREDITED,
    FIRST_STOLEN,
    OTHER,
    UNKNOWN,
    Holdings,
    make_case,
)
from bongsu.kernel.poison import OVERLAP, poison
from bongsu.kernel.poison_twin import poison_twin

S = FIRST_STOLEN


def build(moves, *, credit=(), outside=True, wide=True, ends=(), pools=6):
    """Case of (source, target, amount); pool 0 stands for the outside, whose funds are other funds."""
    amounts = to_wide([a for _, _, a in moves])
    columns = [np.array([move[side] for move in moves], dtype=np.int32) for side in (0, 1)]
    case = make_case(*columns, amounts if wide else to_narrow(amounts), pools=pools)
    for m in credit:
        case.moves.credit[m] = credit[m] if isinstance(credit, dict) else S
    case.ends[[0, *ends] if outside else list(ends)] = 1
    return case


def rows(columns):
    *keys, amounts = columns
    return list(zip(*(key.tolist() for key in keys), to_integers(amounts), strict=True))


def carried(case):
    return [value for _, _, kind, value in rows(poison(case)[0]) if kind == CARRIED]


VECTORS = [
    ("T1", [(0, 1, 3), (0, 1, 7), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [0], [4, 5, 1], 10),
    ("T2", [(0, 1, 7), (0, 1, 3), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [1], [4, 5, 1], 3),
    ("T4", [(0, 1, 5), (0, 1, 1), (0, 1, 5), (1, 2, 1), (1, 3, 5)], [1], [1, 5], 6),
    ("T5", [(0, 1, 4), (0, 1, 5), (1, 2, 3), (1, 3, 4), (0, 1, 10), (1, 4, 11)], [1], [3, 4, 11], 15),
    ("T11", [(0, 1, 5), (1, 3, 5), (0, 2, 5), (2, 1, 5)], [2], [5], 5),
    ("T12", [(0, 1, 20), (1, 2, 10), (1, 3, 1)], [0], [10, 1], 20),
    ("T14", [(0, 1, 3), (1, 1, 3), (1, 2, 0), (1, 2, 2)], [0], [2], 3),
]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("name", "moves", "credit", "taint", "received"), VECTORS, ids=[v[0] for v in VECTORS]
)
def test_worked_vector(name, moves, credit, taint, received, wide):
    case = build(moves, credit=credit, wide=wide)
    assert carried(case) == taint
    assert {pool: value for pool, _, value in rows(poison(case)[1])}[1] == received


def test_collision_keeps_the_first_tag_and_says_so():  # T8
    case = build([(0, 1, 1), (0, 1, 2), (1, 2, 1), (0, 3, 4), (1, 3, 1)], credit={0: S + 1, 1: S, 3: S})
    parts, held = poison(case)
    assert rows(parts) == [
        (0, S + 1, CREDITED, 1),
        (1, S, CREDITED, 2),
        (1, S, OVERLAP, 2),
        (2, S + 1, CARRIED, 1),
        (3, S, CREDITED, 4),
        (4, S + 1, CARRIED, 1),
        (4, S + 1, OVERLAP, 1),
    ]
    assert rows(held) == [(1, S + 1, 3), (2, S + 1, 1), (3, S, 5)]


def test_later_theft_of_tainted_value_is_an_overlap():
    case = build([(0, 1, 3), (1, 2, 3), (2, 3, 1)], credit={0: S, 1: S + 1})
    parts, held = poison(case)
    assert rows(parts)[1:] == [(1, S, CARRIED, 3), (1, S + 1, OVERLAP, 3), (2, S, CARRIED, 1)]
    assert {tag for _, tag, _ in rows(held)} == {S}


def test_diamond_arrives_gross():  # T9
    case = build([(0, 1, 10), (1, 2, 5), (1, 3, 5), (2, 4, 5), (3, 4, 5), (4, 5, 5)], credit=[0])
    assert rows(poison(case)[1])[3:] == [(4, S, 10), (5, S, 5)]


def test_clean_value_counts_after_the_first_touch_only():  # T10, Rule 6
    case = build([(0, 1, 100), (0, 1, 10), (1, 2, 100), (0, 1, 7)], credit=[1])
    assert rows(poison(case)[1]) == [(1, S, 17), (2, S, 100)]


def test_missing_history_is_tainted_where_it_is_a_victims():  # T15
    case = build([(0, 1, 5), (1, 2, 8), (1, 3, 1)])
    assert rows(poison(case)[0]) == []
    case.moves.overdraft[1] = S
    assert rows(poison(case)[0]) == [(1, S, ASSUMED, 3), (1, S, CARRIED, 8), (2, S, CARRIED, 1)]
    assert rows(poison(case)[1]) == [(1, S, 3), (2, S, 8), (3, S, 1)]
    case.moves.amount[0] = 8, 0
    assert rows(poison(case)[0]) == []


def test_end_is_touched_and_passes_nothing_on():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5), (2, 4, 6)], credit={0: S, 3: S + 1}, ends=[2])
    assert rows(poison(case)[1]) == [(1, S, 5), (2, S, 5), (4, S + 1, 6)]


def test_stopped_value_touches_nothing():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5)], credit=[0])
    case.moves.stopped[1] = 1
    parts, held = poison(case)
    assert rows(parts) == [(0, S, CREDITED, 5), (1, S, CARRIED, 5)]
    assert rows(held) == [(1, S, 5)]


@pytest.mark.parametrize("wide", [True, False])
def test_exchange_by_a_touched_pool_taints_all_it_brings(wide):  # T13, ether in tenths
    case = build([(0, 1, 8), (0, 1, 12), (1, 2, 20), (2, 3, 100)], credit=[0], wide=wide)
    parts, held = poison(exchanged(case, {2: 5_000}))
    assert rows(parts)[1:] == [(2, S, CARRIED, 20), (2, S, CONVERTED, 5_000), (3, S, CARRIED, 100)]
    assert rows(held) == [(1, S, 20), (2, S, 5_000), (3, S, 100)]


def test_exchange_by_a_clean_pool_brings_clean_value():
    case = build([(0, 1, 8), (1, 2, 8), (0, 2, 3), (1, 2, 8), (2, 3, 5)], credit=[2])
    parts, held = poison(exchanged(case, {1: 40, 3: 50}))
    assert rows(parts) == [(2, S, CREDITED, 3), (4, S, CARRIED, 5)]
    assert rows(held) == [(2, S, 53), (3, S, 5)]


def test_lack_is_a_victims_in_both_assets_of_an_exchange():  # pool 1 lacks 2; pool 2 got 40, lacks 5
    case = exchanged(build([(0, 1, 6), (1, 2, 8), (2, 3, 45)]), {1: 40})
    case.moves.overdraft[1:] = S + 1, S
    parts, held = poison(case)
    assert rows(parts) == [
        (1, S + 1, ASSUMED, 2),
        (1, S + 1, CARRIED, 8),
        (1, S + 1, CONVERTED, 40),
        (2, S, ASSUMED, 5),
        (2, S, OVERLAP, 5),
        (2, S + 1, CARRIED, 45),
    ]
    assert rows(held) == [(1, S + 1, 2), (2, S + 1, 45), (3, S + 1, 45)]


def test_exchange_into_a_claimed_pool_is_an_overlap_in_its_asset():
    case = build([(0, 1, 5), (0, 2, 7), (1, 2, 5)], credit={0: S, 1: S + 1})
    parts, held = poison(exchanged(case, {2: 40}))
    assert rows(parts)[2:] == [(2, S, CARRIED, 5), (2, S, CONVERTED, 40), (2, S, OVERLAP, 40)]
    assert rows(held) == [(1, S, 5), (2, S + 1, 47)]


@st.composite
def ledgers(draw):
    pools = draw(st.integers(2, 6))
    pool = st.integers(0, pools - 1)
    size = draw(st.sampled_from([5, 2**54, 2**115]))
    moves = draw(st.lists(st.tuples(pool, pool, st.integers(0, size)), min_size=1, max_size=40))

    def column(*values):
        return draw(st.lists(st.sampled_from(values), min_size=len(moves), max_size=len(moves)))

    case = build(moves, outside=False, wide=size > 2**60 or draw(st.booleans()), pools=pools)
    case.moves.credit[:] = column(*[-1] * 5, OTHER, UNKNOWN, S, S + 1, S + 2)
    case.moves.overdraft[:] = column(OTHER, UNKNOWN, S, S + 1) if draw(st.booleans()) else UNKNOWN
    case.moves.stopped[:] = column(0, 0, 0, 1)
    case.ends[draw(pool)] = draw(st.integers(0, 1))
    return case


@settings(max_examples=1000, deadline=None)
@given(ledgers(), st.integers(0, 2**32), st.sampled_from([0, 0.1, 0.5]))
def test_kernel_equals_the_slow_twin(case, seed, share):
    case = exchanging(case, seed, share)
    parts, held = poison(case)
    assert (rows(parts), rows(held)) == poison_twin(case)


@settings(max_examples=300, deadline=None)
@given(ledgers())
def test_what_leaves_a_touched_pool_is_wholly_tainted(case):
    parts, _ = poison(case)
    touched = set()
    taint = {m: value for m, _, kind, value in rows(parts) if kind in (CARRIED, CREDITED)}
    assumed = {m for m, _, kind, _ in rows(parts) if kind == ASSUMED}
    for m, value in enumerate(to_integers(case.moves.amount)):
        source, target = int(case.moves.source[m]), int(case.moves.target[m])
        if source == target or value == 0:
            continue
        touched |= {source} if m in assumed else set()
        is_tainted = source in touched and not case.ends[source]
        assert taint.get(m, 0) == value * bool(is_tainted or case.moves.credit[m] >= S)
        if m in taint and not case.moves.stopped[m]:
            touched.add(target)


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_names_of_clean_pools_do_not_matter(case, chance):
    parts, held = poison(case)
    clean = sorted(set(range(len(case.ends))) - set(held.pool.tolist()))
    name = np.arange(len(case.ends), dtype=np.int32)
    name[clean] = chance.sample(clean, len(clean))
    ends = np.empty_like(case.ends)
    ends[name] = case.ends
    moves = case.moves._replace(source=name[case.moves.source], target=name[case.moves.target])
    other_parts, other_held = poison(case._replace(moves=moves, ends=ends))
    assert (rows(other_parts), rows(other_held)) == (rows(parts), rows(held))


@pytest.mark.parametrize("wide", [True, False])
def test_room_grows_as_needed(wide):
    chance = np.random.default_rng(7)
    count, pools = 10_000, 400
    moves = list(zip(*chance.integers(0, pools, (2, count)), [9] * count, strict=True))
    case = build(moves, credit={m: S + m % 7 for m in range(0, count, 20)}, pools=pools, wide=wide)
    parts, held = poison(case)
    assert len(parts.tag) > 2000
    assert (rows(parts), rows(held)) == poison_twin(case)


def test_opening_is_what_pools_hold_at_first():
    opening = Holdings(
        np.array([1, 1, 1, 1, 2, 3], dtype=np.int32),
        np.array([OTHER, S + 1, S, OTHER, S, OTHER], dtype=np.int16),
        to_wide([10, 4, 5, 1, 7, 6]),
    )
    case = build([(1, 4, 6), (2, 5, 7), (3, 5, 8)], ends=[2])._replace(tags=S + 2)
    case.moves.overdraft[2] = S
    parts, held = poison(case, opening=opening)
    assert rows(parts) == [(0, S + 1, CARRIED, 6), (2, S, ASSUMED, 2), (2, S, CARRIED, 8)]
    assert rows(held) == [(1, S + 1, 10), (3, S, 2), (4, S + 1, 6), (5, S, 8)]


def test_opening_of_an_unknown_pool_is_a_mistake():
    opening = Holdings(np.array([9], dtype=np.int32), np.array([S], dtype=np.int16), to_wide([1]))
    with pytest.raises(ValueError, match="does not have"):
        poison(build([(1, 2, 1)]), opening=opening)
