"""Pari passu: every victim bears a loss by the size of the claim, and totals are the haircut's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.haircut_case import S, balances, build, exchanged, ledgers, rows, stolen_on

from bongsu.kernel.case import ASSUMED, CARRIED, CONVERTED, CREDITED, UNKNOWN
from bongsu.kernel.haircut import haircut
from bongsu.kernel.pari_passu import divide, pari_passu

A, B, C = S, S + 1, S + 2


@pytest.mark.parametrize(
    ("value", "claims", "shares"),
    [
        (175, {A: 100, B: 100, C: 100}, {A: 59, B: 58, C: 58}),  # 58 1/3 each
        (10, {C: 1, A: 2}, {A: 7, C: 3}),  # 6 2/3, 3 1/3
        (1, {B: 3, C: 9}, {C: 1}),
        (0, {A: 5}, {}),
    ],
)
def test_largest_remainder_gets_the_rest(value, claims, shares):
    assert divide(value, claims) == shares


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("scale", "lost", "left"),
    [(3, [75, 75, 75, 75, 75], [175] * 3), (1, [25, 25, 25, 25, 25], [59, 58, 58])],
)
def test_losses_are_borne_alike(scale, lost, left, wide):  # T7
    moves = [(0, 1, 100), (0, 1, 100), (1, 2, 50), (0, 1, 100), (1, 2, 75)]
    moves = [(source, target, value * scale) for source, target, value in moves]
    parts, held = pari_passu(build(moves, credit={0: A, 1: B, 3: C}, ends=[2], wide=wide))
    assert [value for _, _, kind, value in rows(parts) if kind == CARRIED] == lost
    assert rows(held) == [(1, tag, value) for tag, value in zip([A, B, C], left, strict=True)]


def test_claims_are_by_size_and_travel():
    moves = [(0, 1, 30), (0, 1, 10), (0, 1, 40), (1, 2, 40), (0, 2, 20), (2, 3, 12)]
    parts, held = pari_passu(build(moves, credit={0: A, 1: B, 4: B}))
    assert [row for row in rows(parts) if row[2] == CARRIED] == [
        (3, A, CARRIED, 15),  # half of 40 stolen, 3 to 1
        (3, B, CARRIED, 5),
        (5, A, CARRIED, 3),  # of 60 held 40 are stolen: 8, by claims of 15 to 25
        (5, B, CARRIED, 5),
    ]
    # pool 1: 20 as 3 to 1; pool 2: 32 as 15 to 25
    assert rows(held) == [(1, A, 15), (1, B, 5), (2, A, 12), (2, B, 20), (3, A, 3), (3, B, 5)]


def test_a_claim_outlives_what_was_lost():
    moves = [(0, 1, 8), (1, 2, 4), (0, 1, 4), (1, 3, 6)]
    parts, _ = pari_passu(build(moves, credit={0: A, 2: B}))
    last = [row for row in rows(parts) if row[0] == 3]
    assert last == [(3, A, CARRIED, 4), (3, B, CARRIED, 2)]  # claims 8 and 4, though 4 of each are there


def test_missing_history_of_a_source_is_a_claim():
    case = build([(0, 1, 4), (1, 2, 12), (2, 3, 3)], credit=[0])
    case.moves.overdraft[1] = B
    parts, _ = pari_passu(case)
    assert rows(parts) == [
        (0, A, CREDITED, 4),
        (1, B, ASSUMED, 8),
        (1, A, CARRIED, 4),
        (1, B, CARRIED, 8),
        (2, A, CARRIED, 1),
        (2, B, CARRIED, 2),
    ]


def test_ends_and_stopped_value_make_no_claim():
    moves = [(0, 1, 6), (1, 2, 2), (1, 3, 4), (0, 2, 6), (2, 4, 4), (3, 4, 4)]
    case = build(moves, credit={0: A, 3: B}, ends=[3])
    case.moves.stopped[1] = 1
    parts, held = pari_passu(case)
    assert [row for row in rows(parts) if row[0] > 2] == [(3, B, CREDITED, 6), (4, B, CARRIED, 3)]
    assert rows(held) == [(2, B, 3), (4, B, 3)]


@pytest.mark.parametrize("wide", [True, False])
def test_exchange_carries_claims_by_what_it_became(wide):
    """Claims of 3 to 1 on 8 of 16; all become 32, 16 stolen: 12 and 4. Pool 2 has 4 more of B."""
    moves = [(0, 1, 6), (0, 1, 2), (0, 1, 8), (0, 2, 4), (1, 2, 16), (2, 3, 18)]
    case = exchanged(build(moves, credit={0: A, 1: B, 3: B}, wide=wide), {4: 32})
    parts, held = pari_passu(case)
    assert rows(parts)[3:] == [
        (4, A, CARRIED, 6),
        (4, B, CARRIED, 2),
        (4, A, CONVERTED, 12),
        (4, B, CONVERTED, 4),
        (5, A, CARRIED, 6),  # half of 36: 10 stolen, by claims of 12 to 8
        (5, B, CARRIED, 4),
    ]
    assert rows(held) == [(2, A, 6), (2, B, 4), (3, A, 6), (3, B, 4)]


def test_exchange_rounds_victims_as_one():
    """1 of A, 1 of B and 2 others for 3: 1.5 stolen is 2, apart each would be 0.75; then 1 each."""
    case = exchanged(build([(0, 1, 1), (0, 1, 1), (0, 1, 2), (1, 2, 4)], credit={0: A, 1: B}), {3: 3})
    assert [row for row in rows(pari_passu(case)[0]) if row[2] == CONVERTED] == [
        (3, A, CONVERTED, 1),
        (3, B, CONVERTED, 1),
    ]


def test_exchange_to_an_end_makes_no_claim():
    case = exchanged(build([(0, 1, 6), (1, 2, 6), (2, 3, 9)], credit={0: A, 2: B}, ends=[2]), {1: 9})
    parts, held = pari_passu(case)
    assert rows(parts)[1:] == [(1, A, CARRIED, 6), (1, A, CONVERTED, 9), (2, B, CREDITED, 9)]
    assert rows(held) == [(3, B, 9)]


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.integers(0, 2**32))
def test_stolen_value_is_conserved_in_all(case, seed):
    case = exchanging(case, seed)
    left, credited = balances(case, *pari_passu(case))
    assert 0 <= left.pop(UNKNOWN) <= credited
    assert sum(left.values()) == 0


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.integers(0, 2**32))
def test_names_of_victims_do_not_change_totals(case, seed):
    case = exchanging(case, seed)
    one = {"credit": case.moves.credit.clip(max=S), "overdraft": case.moves.overdraft.clip(max=S)}
    together = case._replace(moves=case.moves._replace(**one))
    parts, held = pari_passu(case)
    whole, rest = haircut(together)
    assert stolen_on(parts) == stolen_on(whole)
    totals = {}
    for pool, tag, value in rows(held):
        totals[pool, min(tag, S)] = totals.get((pool, min(tag, S)), 0) + value
    assert totals == {(pool, tag): value for pool, tag, value in rows(rest)}
