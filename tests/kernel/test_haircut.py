"""Haircut: worked vectors, rounding, rolling charge, conservation, poison as the upper bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.haircut_case import S, balances, build, exchanged, ledgers, rows, stolen_on

from bongsu.kernel.amount import to_narrow, to_wide
from bongsu.kernel.case import ASSUMED, CARRIED, CONVERTED, CREDITED, OTHER, UNKNOWN, Holdings, make_case
from bongsu.kernel.haircut import haircut
from bongsu.kernel.haircut_twin import haircut_twin
from bongsu.kernel.poison import poison


def paid(case, movements):
    found = stolen_on(haircut(case)[0])
    return [found.get(m, 0) for m in movements]


def kept(case, **how):
    return rows(haircut(case, **how)[1])


# name, movements, stolen on arrival, whether paid at once, what the payments of pool 1 carry, what is left.
# Scaled: so that all shares are whole. Unscaled: largest remainder.
VECTORS = [
    ("T1 x10", [(0, 1, 30), (0, 1, 70), (1, 2, 40), (1, 3, 50), (1, 4, 10)], [0], True, [12, 15, 3], 0),
    ("T1", [(0, 1, 3), (0, 1, 7), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [0], True, [1, 2, 0], 0),
    ("T2 x10", [(0, 1, 70), (0, 1, 30), (1, 2, 40), (1, 3, 50), (1, 4, 10)], [1], True, [12, 15, 3], 0),
    ("T2", [(0, 1, 7), (0, 1, 3), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [1], True, [1, 2, 0], 0),
    (
        "T3 x4",
        [(0, 1, 8), (0, 1, 12), (0, 1, 4), (1, 2, 10), (1, 3, 10), (1, 4, 4)],
        [1],
        True,
        [5, 5, 2],
        0,
    ),
    (
        "T3 x2: 2.5, 2.5, 1",
        [(0, 1, 4), (0, 1, 6), (0, 1, 2), (1, 2, 5), (1, 3, 5), (1, 4, 2)],
        [1],
        True,
        [3, 2, 1],
        0,
    ),
    ("T4 x11", [(0, 1, 55), (0, 1, 11), (0, 1, 55), (1, 2, 11), (1, 3, 55)], [1], False, [1, 5], 5),
    ("T4: 1/11, 5/10", [(0, 1, 5), (0, 1, 1), (0, 1, 5), (1, 2, 1), (1, 3, 5)], [1], False, [0, 1], 0),
    (
        "T5 x54",
        [(0, 1, 216), (0, 1, 270), (1, 2, 162), (1, 3, 216), (0, 1, 540), (1, 4, 594)],
        [1],
        False,
        [90, 120, 55],
        5,
    ),
    (
        "T5: 15/9, 12/6, 11/12",
        [(0, 1, 4), (0, 1, 5), (1, 2, 3), (1, 3, 4), (0, 1, 10), (1, 4, 11)],
        [1],
        False,
        [2, 2, 1],
        0,
    ),
    ("T10 x11", [(0, 1, 1100), (0, 1, 110), (1, 2, 1100)], [1], False, [100], 10),
    ("T10: 1000/110", [(0, 1, 100), (0, 1, 10), (1, 2, 100)], [1], False, [9], 1),
    ("B=7, T=2: 3", [(0, 1, 5), (0, 1, 2), (1, 2, 3)], [1], False, [1], 1),
    ("B=7, T=2: 1+1+1", [(0, 1, 5), (0, 1, 2), (1, 2, 1), (1, 3, 1), (1, 4, 1)], [1], False, [0, 0, 0], 2),
    (
        "B=7, T=2: 1+1+1 at once",
        [(0, 1, 5), (0, 1, 2), (1, 2, 1), (1, 3, 1), (1, 4, 1)],
        [1],
        True,
        [1, 0, 0],
        1,
    ),
]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("name", "moves", "credit", "joint", "carried", "left"), VECTORS, ids=[v[0] for v in VECTORS]
)
def test_worked_vector(name, moves, credit, joint, carried, left, wide):
    case = build(moves, credit=credit, wide=wide)
    case.joint[1] = joint
    case.moves.batch[:] = 9
    payments = [m for m, move in enumerate(moves) if move[0] == 1]
    assert paid(case, payments) == carried
    assert {pool: value for pool, _, value in kept(case)}.get(1, 0) == left


ROLLING = [(0, 1, 100), (0, 1, 100), (1, 2, 50), (0, 1, 100), (1, 2, 75)]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("scale", "left"),
    [(10, [525, 525, 700]), (1, [52, 53, 70])],  # 22.5, 22.5, 30 leave at last: the earlier gives 23
)
def test_rolling_charge(scale, left, wide):  # T7
    moves = [(source, target, value * scale) for source, target, value in ROLLING]
    case = build(moves, credit={0: S, 1: S + 1, 3: S + 2}, wide=wide)
    assert [value for pool, _, value in kept(case) if pool == 1] == left


def test_diamond_counts_once():  # T9
    case = build([(0, 1, 10), (1, 2, 5), (1, 3, 5), (2, 4, 5), (3, 4, 5), (4, 5, 5)], credit=[0])
    assert kept(case) == [(4, S, 5), (5, S, 5)]


def test_time_order_decides():  # T11
    case = build([(0, 2, 5), (2, 3, 5), (0, 1, 5), (1, 2, 5)], credit=[2])
    assert kept(case) == [(2, S, 5)]
    after = build([(0, 2, 5), (0, 1, 5), (1, 2, 5), (2, 3, 4)], credit=[1])  # T11b: 4 of 10, half of it
    assert kept(after) == [(2, S, 3), (3, S, 2)]


def test_gas_leaves_with_the_payment():  # T12, in hundredths: 4 receiver, 5 burnt, 3 validator
    case = build([(0, 1, 200), (1, 4, 100), (1, 5, 6), (1, 3, 4)], credit=[0], ends=[5])
    assert paid(case, [1, 2, 3]) == [100, 6, 4]
    assert kept(case) == [(1, S, 90), (3, S, 4), (4, S, 100)]


def test_transfer_to_self_changes_nothing():  # T14
    case = build([(0, 1, 3), (0, 1, 7), (1, 1, 9), (1, 2, 4), (1, 1, 90), (1, 2, 0)], credit=[0])
    assert rows(haircut(case)[0]) == [(0, S, CREDITED, 3), (3, S, CARRIED, 1)]
    assert kept(case) == [(1, S, 2), (2, S, 1)]


@pytest.mark.parametrize("wide", [True, False])
def test_missing_history_is_unknown(wide):  # T15; of 5 stolen and 3 unknown 3 leave: 1.875 and 1.125
    case = build([(0, 1, 5), (1, 2, 8), (2, 3, 3)], credit=[0], wide=wide)
    parts, held = haircut(case)
    assert rows(parts) == [
        (0, S, CREDITED, 5),
        (1, UNKNOWN, ASSUMED, 3),
        (1, UNKNOWN, CARRIED, 3),
        (1, S, CARRIED, 5),
        (2, UNKNOWN, CARRIED, 1),
        (2, S, CARRIED, 2),
    ]
    assert rows(held) == [(2, UNKNOWN, 2), (2, S, 3), (3, UNKNOWN, 1), (3, S, 2)]


def test_missing_history_of_a_transaction_is_assumed_once():
    case = build([(0, 1, 4), (1, 2, 6), (1, 3, 2)], credit=[0])
    case.moves.batch[1:] = 9
    case.moves.overdraft[:] = S + 1, S + 1, OTHER
    case.joint[1] = 1
    assert rows(haircut(case)[0]) == [
        (0, S, CREDITED, 4),
        (1, S + 1, ASSUMED, 4),
        (1, S, CARRIED, 3),
        (1, S + 1, CARRIED, 3),
        (2, S, CARRIED, 1),
        (2, S + 1, CARRIED, 1),
    ]


@pytest.mark.parametrize("nothing", [(1, 2, 0), (1, 1, 6)])
@pytest.mark.parametrize("place", [2, 3, 5])
def test_output_that_moves_nothing_changes_no_share(nothing, place):  # T1 with a data output
    moves = [(0, 1, 3), (0, 1, 7), (1, 2, 4), (1, 3, 5), (1, 4, 1)]
    moves.insert(place, nothing)
    case = build(moves, credit=[0])
    case.joint[1] = 1
    case.moves.batch[:] = 9
    assert [value for value in paid(case, range(2, 6)) if value] == [1, 2]
    assert kept(case) == [(2, S, 1), (3, S, 2)]


def test_transactions_of_one_pool_are_rounded_apart():
    case = build([(0, 1, 5), (0, 1, 2), (1, 2, 1), (1, 3, 1), (1, 4, 1)], credit=[1])
    case.joint[1] = 1
    case.moves.batch[:] = 0, 0, 1, 2, 2
    assert paid(case, [2, 3, 4]) == [0, 1, 0]  # 0.29 to 1.71; then 0.33, 0.33 to 1.33
    case.moves.batch[:] = 0, 0, 1, 1, 1
    assert paid(case, [2, 3, 4]) == [1, 0, 0]  # 0.29 each to 1.14


def test_credit_takes_what_is_not_stolen():
    case = build([(0, 1, 6), (2, 1, 4), (1, 3, 5)], credit={0: S, 2: S + 1})
    parts, held = haircut(case)
    assert rows(parts)[-2:] == [(2, S, CARRIED, 3), (2, S + 1, CREDITED, 2)]
    assert rows(held) == [(1, UNKNOWN, 2), (1, S, 3), (3, S, 3), (3, S + 1, 2)]


def test_end_keeps_what_arrives_and_pays_other_funds():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5), (2, 4, 9)], credit={0: S, 3: S + 1}, ends=[2])
    assert paid(case, [1, 2, 3]) == [5, 0, 9]
    assert kept(case) == [(4, S + 1, 9)]


def test_stopped_value_arrives_as_other_funds():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5)], credit=[0])
    case.moves.stopped[1] = 1
    assert paid(case, [1, 2]) == [5, 0]
    assert kept(case) == []


@pytest.mark.parametrize("wide", [True, False])
def test_exchange_of_all_keeps_the_share(wide):  # T13, ether in tenths: 0.8 of 2 for 5,000 dollars
    case = exchanged(build([(0, 1, 8), (0, 1, 12), (1, 2, 20)], credit=[0], wide=wide), {2: 5_000})
    parts, held = haircut(case)
    assert rows(parts)[1:] == [(2, S, CARRIED, 8), (2, S, CONVERTED, 2_000)]
    assert rows(held) == [(2, S, 2_000)]


@pytest.mark.parametrize("wide", [True, False])
def test_exchange_of_half_leaves_half(wide):
    case = exchanged(
        build([(0, 1, 8), (0, 1, 12), (1, 2, 10), (2, 3, 100), (1, 4, 5)], credit=[0], wide=wide), {2: 2_500}
    )
    parts, held = haircut(case)
    assert rows(parts)[1:3] == [(2, S, CARRIED, 4), (2, S, CONVERTED, 1_000)]
    assert rows(held) == [(1, S, 2), (2, S, 960), (3, S, 40), (4, S, 2)]


@pytest.mark.parametrize("wide", [True, False])
def test_exchange_shares_by_victims_then_unknown_then_other_funds(wide):
    moves = [(0, 1, 1), (0, 1, 1), (0, 1, 1), (1, 2, 4)]
    case = exchanged(build(moves, credit={0: S + 1, 1: S}, wide=wide), {3: 3})
    parts, held = haircut(case)  # 0.75 each: the last, other funds, gets nothing
    assert rows(parts)[2:] == [
        (3, UNKNOWN, ASSUMED, 1),
        (3, S, CARRIED, 1),
        (3, S + 1, CARRIED, 1),
        (3, UNKNOWN, CARRIED, 1),
        (3, S, CONVERTED, 1),
        (3, S + 1, CONVERTED, 1),
        (3, UNKNOWN, CONVERTED, 1),
    ]
    assert rows(held) == [(2, UNKNOWN, 1), (2, S, 1), (2, S + 1, 1)]


def test_what_becomes_nothing_is_paid_all_the_same():  # 1 of 10 for 1: 0.1 to 0.9
    case = exchanged(build([(0, 1, 1), (0, 1, 9), (1, 2, 10), (2, 3, 1)], credit=[0]), {2: 1})
    parts, held = haircut(case)
    assert rows(parts) == [(0, S, CREDITED, 1), (2, S, CARRIED, 1)]
    assert rows(held) == []


def test_exchange_to_an_end_is_told_and_not_followed():
    case = exchanged(build([(0, 1, 8), (1, 2, 8), (2, 3, 16)], credit=[0], ends=[2]), {1: 16})
    parts, held = haircut(case)
    assert rows(parts)[1:] == [(1, S, CARRIED, 8), (1, S, CONVERTED, 16)]
    assert rows(held) == []


def test_exchange_there_and_back():  # 2 of 6 stolen for 9: 3; 6 of 9 back for 4: 2 of 6, 1.33 of 4
    case = exchanged(build([(0, 1, 2), (0, 1, 4), (1, 2, 6), (2, 1, 6)], credit=[0]), {2: 9, 3: 4})
    parts, held = haircut(case)
    assert rows(parts)[1:] == [
        (2, S, CARRIED, 2),
        (2, S, CONVERTED, 3),
        (3, S, CARRIED, 2),
        (3, S, CONVERTED, 1),
    ]
    assert rows(held) == [(1, S, 1), (2, S, 1)]


@pytest.mark.parametrize("wide", [True, False])
def test_exchange_of_other_funds_brings_other_funds(wide):
    case = exchanged(build([(0, 1, 6), (1, 2, 6), (0, 2, 3), (2, 3, 4)], credit=[2], wide=wide), {1: 9})
    parts, held = haircut(case)  # 3 of 12 stolen: 1 of 4
    assert rows(parts) == [(2, S, CREDITED, 3), (3, S, CARRIED, 1)]
    assert rows(held) == [(2, S, 2), (3, S, 1)]


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.integers(0, 2**32))
def test_each_tag_is_conserved(case, seed):
    case = exchanging(case, seed)
    left, credited = balances(case, *haircut(case))
    lost = left.pop(UNKNOWN)  # what a credit made stolen
    assert set(left.values()) == {0}
    assert 0 <= lost <= credited


def nobodys(case):
    """Nothing; what a UTXO transaction lacks is never a victim's: no lead names a transaction as an address.

    The haircut covers such a lack at the transaction's first payment, poison where it shows.
    """
    joint = case.joint[case.moves.source] > 0
    case.moves.overdraft[joint] = np.minimum(case.moves.overdraft[joint], UNKNOWN)


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.integers(0, 2**32))
def test_poison_is_the_upper_bound(case, seed):
    case = exchanging(case, seed)
    nobodys(case)
    most, received = poison(case)
    bound = stolen_on(most)
    assert all(value <= bound.get(m, 0) for m, value in stolen_on(haircut(case)[0]).items())
    limit, totals = {pool: value for pool, _, value in rows(received)}, {}
    for pool, tag, value in kept(case):
        totals[pool] = totals.get(pool, 0) + value * (tag >= S)
    assert all(value <= limit.get(pool, 0) for pool, value in totals.items())


funds = st.lists(st.tuples(st.sampled_from([-1, S, S + 1]), st.integers(1, 99)), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(funds, st.lists(st.integers(1, 60), min_size=1, max_size=6), st.booleans(), st.data())
def test_order_of_what_came_in_does_not_matter(came, payments, joint, data):
    found = []
    for order in (came, data.draw(st.permutations(came))):
        moves = [(0, 1, value) for _, value in order]
        moves += [(1, 2 + place % 3, value) for place, value in enumerate(payments)]
        case = build(moves)
        case.moves.credit[: len(came)] = [tag for tag, _ in order]
        case.moves.batch[len(came) :] = 99
        case.joint[1] = joint
        parts, held = haircut(case)
        found.append(([row for row in rows(parts) if row[2] != CREDITED], rows(held)))
    assert found[0] == found[1]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.lists(st.integers(1, 20), min_size=2, max_size=8))
def test_splitting_a_payment_moves_less_than_a_unit_a_part(stolen, clean, parts):
    def carried(values):
        moves = [(0, 1, stolen), (0, 1, clean + sum(parts)), *[(1, 2, value) for value in values]]
        return sum(paid(build(moves, credit=[0]), range(2, len(moves))))

    assert abs(carried([sum(parts)]) - carried(parts)) <= len(parts) - 1


@pytest.mark.parametrize("wide", [True, False])
def test_room_grows_as_needed(wide):
    chance = np.random.default_rng(7)
    count, pools, tags = 2_000, 12, 40
    amounts = to_wide(chance.integers(1, 50, count).tolist())
    source, target = chance.integers(0, pools, (2, count))
    case = make_case(source, target, amounts if wide else to_narrow(amounts), tags=tags)
    case.moves.credit[:] = np.where(chance.random(count) < 0.4, chance.integers(S, tags, count), -1)
    case.moves.batch[:] = np.arange(count) // 100
    case.joint[3] = 1
    parts, held = haircut(case)
    assert len(parts.tag) > 1024  # rows that the log has at first
    assert (rows(parts), rows(held)) == haircut_twin(case)


def test_opening_is_what_pools_hold_at_first():
    opening = Holdings(
        np.array([1, 1, 1], dtype=np.int32),
        np.array([S, OTHER, S + 1], dtype=np.int16),
        to_wide([4, 10, 6]),
    )
    assert kept(build([(1, 3, 10)]), opening=opening) == [(1, S, 2), (1, S + 1, 3), (3, S, 2), (3, S + 1, 3)]


def test_opening_of_an_end_is_left_out():
    opening = Holdings(
        np.array([2, 1, 2], dtype=np.int32), np.array([S, S, OTHER], dtype=np.int16), to_wide([7, 4, 3])
    )
    case = build([(2, 3, 7), (1, 3, 1)], ends=[2])
    parts, held = haircut(case, opening=opening)
    assert rows(parts) == [(1, S, CARRIED, 1)]
    assert rows(held) == [(1, S, 3), (3, S, 1)]


def test_opening_of_an_unknown_pool_is_a_mistake():
    opening = Holdings(np.array([9], dtype=np.int32), np.array([S], dtype=np.int16), to_wide([1]))
    with pytest.raises(ValueError, match="names a pool"):
        haircut(build([(1, 2, 1)]), opening=opening)


@pytest.mark.parametrize("column", ["credit", "overdraft", "opening"])
def test_tag_without_a_place_is_a_mistake(column):
    case = build([(1, 2, 1)])
    opening = Holdings(np.array([1], dtype=np.int32), np.array([S], dtype=np.int16), to_wide([1]))
    tags = {"credit": case.moves.credit, "overdraft": case.moves.overdraft, "opening": opening.tag}
    tags[column][0] = case.tags
    with pytest.raises(ValueError, match="names a tag"):
        haircut(case, opening=opening)
