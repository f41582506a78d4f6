"""PIFO, LIBR and TIHO: worked vectors, the slow twin, conservation, poison as the upper bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.queue_case import swapped

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    OTHER,
    UNKNOWN,
    Holdings,
    make_case,
)
from bongsu.kernel.poison import poison
from bongsu.kernel.priority_taint import priority_taint
from bongsu.kernel.priority_twin import priority_twin

S = FIRST_STOLEN
PIFO, LIBR = {"stolen_first": True}, {"stolen_first": False}
TIHO = {"stolen_first": True, "highest_out": True}
POLICIES = [PIFO, LIBR, TIHO]


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


def stolen_on(parts):
    found = {}
    for m, tag, kind, value in rows(parts):
        if tag >= S and kind in (CARRIED, CREDITED):
            found[m] = found.get(m, 0) + value
    return found


def paid(case, movements, **how):
    found = stolen_on(priority_taint(case, **how)[0])
    return [found.get(m, 0) for m in movements]


def kept(case, **how):
    return rows(priority_taint(case, **how)[1])


# name, movements, stolen on arrival, fee, then what the payments of pool 1 carry: PIFO, LIBR, TIHO
VECTORS = [
    ("T1", [(0, 1, 3), (0, 1, 7), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [0], 4, [3, 0, 0], [0, 2, 1], [0, 3, 0]),
    ("T2", [(0, 1, 7), (0, 1, 3), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [1], 4, [3, 0, 0], [0, 2, 1], [0, 3, 0]),
    (
        "T3",
        [(0, 1, 20), (0, 1, 30), (0, 1, 10), (1, 2, 25), (1, 3, 25), (1, 4, 10)],
        [1],
        5,
        [25, 5, 0],
        [0, 20, 10],
        [25, 5, 0],
    ),
    ("T4", [(0, 1, 5), (0, 1, 1), (0, 1, 5), (1, 2, 1), (1, 3, 5)], [1], None, [1, 0], [0, 0], None),
    (
        "T5",
        [(0, 1, 4), (0, 1, 5), (1, 2, 3), (1, 3, 4), (0, 1, 10), (1, 4, 11)],
        [1],
        None,
        [3, 2, 0],
        [0, 3, 1],
        None,
    ),
    ("T10", [(0, 1, 100), (0, 1, 10), (1, 2, 100)], [1], None, [10], [0], [10]),
]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("name", "moves", "credit", "fee", "pifo", "libr", "tiho"), VECTORS, ids=[v[0] for v in VECTORS]
)
def test_worked_vector(name, moves, credit, fee, pifo, libr, tiho, wide):
    case = build(moves, credit=credit, wide=wide)
    payments = [m for m, move in enumerate(moves) if move[0] == 1]
    assert paid(case, payments, **PIFO) == pifo
    assert paid(case, payments, **LIBR) == libr
    if tiho:
        case.joint[1] = fee is not None
        last = np.array([m == fee for m in range(len(moves))], dtype=np.uint8)
        assert paid(case, payments, **TIHO, last=last) == tiho


def test_what_is_left_of_the_claim():  # T4, T5
    four = build([(0, 1, 5), (0, 1, 1), (0, 1, 5), (1, 2, 1), (1, 3, 5)], credit=[1])
    assert kept(four, **PIFO) == [(2, S, 1)]
    assert kept(four, **LIBR) == [(1, S, 1)]
    five = build([(0, 1, 4), (0, 1, 5), (1, 2, 3), (1, 3, 4), (0, 1, 10), (1, 4, 11)], credit=[1])
    assert kept(five, **LIBR) == [(1, S, 1), (3, S, 3), (4, S, 1)]


@pytest.mark.parametrize("drawings", [[500, 1000], [100, 2000, 50], [1717]])
def test_claim_is_the_lowest_later_balance(drawings):  # T6
    moves, balance, lowest = [(0, 1, 400), (0, 1, 1717)], 2117, 1717
    for drawing in drawings:
        moves += [(1, 2, drawing), (0, 1, 300)]
        balance -= drawing
        lowest, balance = min(lowest, balance), balance + 300
    case = build(moves, credit=[1])
    assert {pool: value for pool, _, value in kept(case, **LIBR)}.get(1, 0) == lowest


def test_dirty_input_leaves_first():  # T8
    case = build([(0, 1, 1), (0, 1, 2), (1, 2, 1), (1, 3, 1), (1, 4, 1)], credit=[1])
    assert paid(case, [2, 3, 4], **PIFO) == [1, 1, 0]
    assert paid(case, [2, 3, 4], **LIBR) == [0, 1, 1]


def test_victims_keep_their_order_of_arrival():
    case = build([(0, 1, 3), (0, 1, 4), (0, 1, 5), (1, 2, 6)], credit={0: S + 1, 2: S})
    parts = [(m, tag, value) for m, tag, kind, value in rows(priority_taint(case, **PIFO)[0]) if m == 3]
    assert parts == [(3, S + 1, 3), (3, S, 3)]
    case.moves.credit[3] = S + 5
    parts = [row for row in rows(priority_taint(case, **LIBR)[0]) if row[0] == 3]
    assert parts == [(3, S + 5, CREDITED, 4), (3, S + 1, CARRIED, 2)]


@pytest.mark.parametrize("how", POLICIES)
def test_diamond_counts_once(how):  # T9
    case = build([(0, 1, 10), (1, 2, 5), (1, 3, 5), (2, 4, 5), (3, 4, 5), (4, 5, 5)], credit=[0])
    assert kept(case, **how) == [(4, S, 5), (5, S, 5)]


@pytest.mark.parametrize("how", POLICIES)
def test_time_order_decides(how):  # T11
    case = build([(0, 2, 5), (2, 3, 5), (0, 1, 5), (1, 2, 5)], credit=[2])
    assert kept(case, **how) == [(2, S, 5)]
    after = build(
        [(0, 2, 5), (0, 1, 5), (1, 2, 5), (2, 3, 5)], credit=[1]
    )  # T11b: the other order in the block
    assert kept(after, **how) == [(2 if how is LIBR else 3, S, 5)]


@pytest.mark.parametrize("how", POLICIES)
def test_gas_leaves_with_the_payment(how):  # T12, in hundredths: 4 receiver, 5 burnt, 3 validator
    case = build([(0, 1, 200), (1, 4, 100), (1, 5, 6), (1, 3, 4)], credit=[0], ends=[5])
    assert paid(case, [1, 2, 3], **how) == [100, 6, 4]
    assert kept(case, **how) == [(1, S, 90), (3, S, 4), (4, S, 100)]


@pytest.mark.parametrize("how", POLICIES)
def test_transfer_to_self_changes_nothing(how):  # T14
    case = build([(0, 1, 3), (0, 1, 7), (1, 1, 9), (1, 2, 4), (1, 1, 90), (1, 2, 0)], credit=[0])
    plain = build([(0, 1, 3), (0, 1, 7), (1, 2, 4)], credit=[0])
    assert kept(case, **how) == kept(plain, **how)
    assert {m for m, *_ in rows(priority_taint(case, **how)[0])} <= {0, 3}


@pytest.mark.parametrize("wide", [True, False])
def test_missing_history_is_unknown(wide):  # T15
    case = build([(0, 1, 5), (1, 2, 8), (2, 3, 3)], credit=[0], wide=wide)
    born = [(0, S, CREDITED, 5), (1, UNKNOWN, ASSUMED, 3)]
    parts, held = priority_taint(case, **PIFO)
    assert rows(parts) == [*born, (1, S, CARRIED, 5), (1, UNKNOWN, CARRIED, 3), (2, S, CARRIED, 3)]
    assert rows(held) == [(2, S, 2), (2, UNKNOWN, 3), (3, S, 3)]
    parts, held = priority_taint(case, **LIBR)
    assert rows(parts) == [*born, (1, UNKNOWN, CARRIED, 3), (1, S, CARRIED, 5), (2, UNKNOWN, CARRIED, 3)]
    assert rows(held) == [(2, S, 5), (3, UNKNOWN, 3)]


def test_end_keeps_what_arrives_and_pays_other_funds():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5), (2, 4, 9)], credit={0: S, 3: S + 1}, ends=[2])
    assert paid(case, [1, 2, 3], **PIFO) == [5, 0, 9]
    assert kept(case, **PIFO) == [(4, S + 1, 9)]


def test_stopped_value_arrives_as_other_funds():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5)], credit=[0])
    case.moves.stopped[1] = 1
    assert paid(case, [1, 2], **PIFO) == [5, 0]
    assert kept(case, **PIFO) == []


def test_batch_ends_where_its_pool_is_paid():
    moves = [(0, 1, 3), (0, 1, 7), (1, 2, 4), (0, 1, 1), (1, 3, 5)]
    case = build(moves, credit=[0])
    case.moves.batch[[2, 4]] = 9
    assert paid(case, [2, 4], **TIHO) == [3, 0]
    moves[3] = (0, 2, 1)  # another pool is paid: the batch goes on
    case = build(moves, credit=[0])
    case.moves.batch[[2, 4]] = 9
    assert paid(case, [2, 4], **TIHO) == [0, 3]
    case.moves.batch[4] = 8  # another transaction
    assert paid(case, [2, 4], **TIHO) == [3, 0]


def test_batch_member_arrives_at_its_own_place_in_the_list():
    case = build([(0, 1, 10), (1, 2, 2), (2, 3, 5), (1, 2, 8)], credit=[0])
    case.moves.batch[[1, 3]] = 9
    case.moves.overdraft[:] = OTHER
    assert paid(case, [2], **TIHO) == [2]
    assert kept(case, **TIHO) == [(2, S, 8), (3, S, 2)]


def test_batch_that_lacks_is_short_payment_by_payment():
    case = build([(0, 1, 3), (1, 2, 2), (1, 3, 5), (1, 4, 6)], credit=[0])
    case.moves.batch[1:] = 9
    case.moves.overdraft[3] = S + 1
    parts, held = priority_taint(case, **TIHO)
    assert rows(parts) == [
        (0, S, CREDITED, 3),
        (1, S, CARRIED, 2),
        (2, UNKNOWN, ASSUMED, 4),
        (2, S, CARRIED, 1),
        (2, UNKNOWN, CARRIED, 4),
        (3, S + 1, ASSUMED, 6),
        (3, S + 1, CARRIED, 6),
    ]
    assert rows(held) == [(2, S, 2), (3, S, 1), (3, UNKNOWN, 4), (4, S + 1, 6)]


ETHER, DOLLAR = 10**18, 10**6


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    ("how", "spent"), [(PIFO, {3: 800, 4: 1200}), (LIBR, {4: 2000}), (TIHO, {3: 800, 4: 1200})]
)
def test_t13_exchange_keeps_order_and_share(how, spent, first, wide):
    """2 ether, 0.8 stolen, become 5,000 dollars, 2,000 of them stolen; then 800 are spent, then 4,200."""
    bought = [(0, 1, ETHER * 8 // 10), (0, 1, ETHER * 12 // 10)]
    moves = [*(bought[::-1] if first else bought), (1, 2, 2 * ETHER)]
    case = build([*moves, (2, 3, 800 * DOLLAR), (2, 4, 4200 * DOLLAR)], credit=[first], wide=wide)
    parts, _ = priority_taint(swapped(case, {2: 5000 * DOLLAR}), **how)
    swap = [(2, S, CARRIED, ETHER * 8 // 10), (2, S, CONVERTED, 2000 * DOLLAR)]
    assert rows(parts)[1:] == [*swap, *((m, S, CARRIED, value * DOLLAR) for m, value in spent.items())]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(("how", "became"), [(PIFO, [(2, 2000)]), (LIBR, [(3, 2000)]), (TIHO, [(2, 2000)])])
def test_exchange_of_half(how, became, wide):
    """The half that leaves first: 0.8 stolen and 0.2 clean by PIFO, clean ether alone by LIBR."""
    case = build([(0, 1, 12), (0, 1, 8), (1, 2, 10), (1, 2, 10)], credit=[1], wide=wide)
    parts, held = priority_taint(swapped(case, {2: 2500, 3: 2500}), **how)
    assert [(m, value) for m, _, kind, value in rows(parts) if kind == CONVERTED] == became
    assert rows(held) == [(2, S, 2000)]


@pytest.mark.parametrize(
    ("how", "lack", "order"),
    [
        (PIFO, UNKNOWN, [(S, 5), (UNKNOWN, 3)]),
        (LIBR, UNKNOWN, [(UNKNOWN, 3), (S, 5)]),
        (PIFO, S + 1, [(S + 1, 3), (S, 5)]),
        (LIBR, S + 1, [(S + 1, 3), (S, 5)]),
        (PIFO, OTHER, [(S, 5)]),
    ],
)
def test_exchange_after_a_lack(how, lack, order):
    """5 stolen and 3 that nobody saw arrive become 50 and 30, in the order in which they left."""
    case = swapped(build([(0, 1, 5), (1, 2, 8)], credit=[0]), {1: 80})
    case.moves.overdraft[1] = lack
    parts, held = priority_taint(case, **how)
    assumed = [(1, lack, ASSUMED, 3)] if lack != OTHER else []
    told = [(1, tag, CARRIED, value) for tag, value in order]
    became = [(1, tag, CONVERTED, 10 * value) for tag, value in order]
    assert rows(parts)[1:] == [*assumed, *told, *became]
    assert sorted(rows(held)) == sorted((2, tag, 10 * value) for tag, value in order)


@pytest.mark.parametrize("how", POLICIES)
def test_part_that_becomes_nothing_keeps_its_neighbors_apart(how):
    """2 for 5, 1 and 5 of two victims: 10/11, 2/11 and 10/11, so 1, 0 and 1; told one by one, held as one."""
    case = build([(0, 1, 5), (0, 1, 1), (0, 1, 5), (1, 2, 11)], credit={0: S, 1: S + 1, 2: S})
    parts, held = priority_taint(swapped(case, {3: 2}), **how)
    assert [row for row in rows(parts) if row[2] == CONVERTED] == [(3, S, CONVERTED, 1), (3, S, CONVERTED, 1)]
    assert rows(held) == [(2, S, 2)]


@pytest.mark.parametrize(
    ("how", "last", "left"), [(PIFO, (12, 2), []), (LIBR, (7, 1), [(1, S, 5)]), (TIHO, (12, 2), [])]
)
def test_exchange_there_and_back_again_and_into_an_end(how, last, left):
    """6 of 10 stolen become 3 of 5, then 12 of 20; of the 15 that are then sold for 3 LIBR sells 8 clean."""
    moves = [(0, 1, 6), (0, 1, 4), (1, 2, 10), (2, 1, 5), (1, 5, 15), (5, 3, 1)]
    parts, held = priority_taint(swapped(build(moves, credit=[0], ends=[5]), {2: 5, 3: 20, 4: 3}), **how)
    assert [row for row in rows(parts) if row[2] == CARRIED] == [
        (2, S, CARRIED, 6),
        (3, S, CARRIED, 3),
        (4, S, CARRIED, last[0]),
    ]
    assert [(m, value) for m, _, kind, value in rows(parts) if kind == CONVERTED] == [
        (2, 3),
        (3, 12),
        (4, last[1]),
    ]
    assert rows(held) == left


def test_exchange_ends_a_batch_and_is_paid_at_its_place():
    moves = [(0, 1, 10), (0, 1, 20), (1, 2, 1), (1, 3, 4), (1, 4, 4), (1, 2, 1), (1, 3, 9)]
    case = build(moves, credit=[0])
    case.moves.batch[2:] = 9
    assert paid(case, [2, 3, 4, 5, 6], **TIHO) == [0, 1, 0, 0, 9]
    case = swapped(case, {4: 400})
    assert paid(case, [2, 3, 4, 5, 6], **TIHO) == [1, 4, 4, 0, 1]
    assert (4, S, 400) in kept(case, **TIHO)


def test_exchange_that_an_end_pays_is_a_mistake():
    with pytest.raises(ValueError, match="an end pays"):
        priority_taint(swapped(build([(0, 1, 5)]), {0: 5}), **PIFO)


@st.composite
def ledgers(draw):
    pools = draw(st.integers(2, 6))
    pool = st.integers(0, pools - 1)
    size = draw(st.sampled_from([1, 5, 2**60, 2**120]))
    moves = draw(st.lists(st.tuples(pool, pool, st.integers(0, size // 40 or size)), min_size=1, max_size=40))

    def column(*values):
        return draw(st.lists(st.sampled_from(values), min_size=len(moves), max_size=len(moves)))

    wide = size > 2**60 or draw(st.booleans())
    case = build(moves, outside=False, wide=wide, pools=pools)
    case.moves.credit[:] = column(-1, -1, -1, OTHER, UNKNOWN, S, S + 1, S + 2)
    case.moves.overdraft[:] = column(OTHER, UNKNOWN, S, S + 1)
    case.moves.stopped[:] = column(0, 0, 0, 1)
    case.moves.batch[:] = np.cumsum(column(0, 0, 1))
    case.ends[draw(pool)] = draw(st.integers(0, 1))
    case.joint[draw(pool)] = draw(st.integers(0, 1))
    return case


@settings(max_examples=1000, deadline=None)
@given(ledgers(), st.sampled_from(POLICIES), st.booleans())
def test_kernel_equals_the_slow_twin(case, how, fees):
    last = (case.moves.stopped | (case.moves.credit >= S)).astype(np.uint8)
    how = {**how, "last": last} if fees and how is TIHO else how
    parts, held = priority_taint(case, **how)
    assert (rows(parts), rows(held)) == priority_twin(case, **how)


@settings(max_examples=1000, deadline=None)
@given(ledgers(), st.sampled_from(POLICIES), st.booleans(), st.integers(0, 2**32))
def test_exchanges_equal_the_slow_twin(case, how, fees, seed):
    case = exchanging(case, seed, (0.05, 0.3)[seed % 2])
    last = (np.arange(len(case.moves.source)) % 3 == 0).astype(np.uint8)
    how = {**how, "last": last} if fees and how is TIHO else how
    parts, held = priority_taint(case, **how)
    assert (rows(parts), rows(held)) == priority_twin(case, **how)


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.sampled_from(POLICIES), st.sampled_from([0, 0.3]))
def test_each_tag_is_conserved(case, how, share):
    case = exchanging(case, 3, share)
    parts, held = priority_taint(case, **how)
    balance = dict.fromkeys(range(UNKNOWN, S + 3), 0)
    for m, tag, kind, value in rows(parts):
        is_end, is_stopped = case.ends[case.moves.target[m]], case.moves.stopped[m] and tag >= S
        is_gone = is_end or is_stopped if case.moves.credit[m] != CONVERTS else kind == CARRIED
        balance[tag] += value * (kind in (CREDITED, ASSUMED) or (kind == CONVERTED and not is_end))
        balance[tag] -= value * bool(kind in (CREDITED, CARRIED) and is_gone)
    for _, tag, value in rows(held):
        balance[tag] -= value
    lost = balance.pop(UNKNOWN)
    assert set(balance.values()) == {0}
    assert 0 <= lost <= sum(v for _, _, k, v in rows(parts) if k == CREDITED)


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.sampled_from(POLICIES), st.sampled_from([0, 0.3]))
def test_exchange_shares_what_it_receives_as_it_paid(case, how, share):
    case = exchanging(case, 5, share)
    paid_in, got = ({}, {})
    for m, tag, kind, value in rows(priority_taint(case, **how)[0]):
        side = got if kind == CONVERTED else paid_in
        if case.moves.credit[m] == CONVERTS and kind != ASSUMED:
            side[m, tag] = side.get((m, tag), 0) + value
    amounts, received = to_integers(case.moves.amount), to_integers(case.moves.received)
    assert set(got) <= set(paid_in)
    for (m, tag), value in paid_in.items():
        off = abs(got.get((m, tag), 0) * amounts[m] - value * received[m])
        assert off < amounts[m] * len(case.moves.source)


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.sampled_from(POLICIES), st.sampled_from([0, 0.3]))
def test_poison_is_the_upper_bound(case, how, share):
    case = exchanging(case, 4, share)
    most = stolen_on(poison(case)[0])
    for m, value in stolen_on(priority_taint(case, **how)[0]).items():
        assert value <= most.get(m, 0)
    received = {pool: value for pool, _, value in rows(poison(case)[1])}
    totals = {}
    for pool, tag, value in rows(priority_taint(case, **how)[1]):
        totals[pool] = totals.get(pool, 0) + value * (tag >= S)
    assert all(value <= received.get(pool, 0) for pool, value in totals.items())


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
def test_names_of_clean_pools_do_not_matter(case, how, chance):
    parts, held = priority_taint(case, **how)
    seen = {int(case.moves.target[m]) for m in stolen_on(parts)} | set(held.pool.tolist())
    clean = [pool for pool in range(len(case.ends)) if pool not in seen]
    name = np.arange(len(case.ends), dtype=np.int32)
    name[clean] = chance.sample(clean, len(clean))
    flags = [np.empty_like(case.ends) for _ in range(2)]
    flags[0][name], flags[1][name] = case.ends, case.joint
    moves = case.moves._replace(source=name[case.moves.source], target=name[case.moves.target])
    renamed = case._replace(moves=moves, ends=flags[0], joint=flags[1])
    other_parts, other_held = priority_taint(renamed, **how)
    assert rows(other_parts) == rows(parts)
    assert rows(other_held) == rows(held)


@pytest.mark.parametrize("how", POLICIES)
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("share", [0, 0.03])
def test_room_grows_as_needed(how, wide, share):
    chance = np.random.default_rng(7)
    count, pools = 5_000, 12
    amounts = chance.integers(1, 50, count).astype(np.uint64)
    case = make_case(
        chance.integers(0, pools, count),
        chance.integers(0, pools, count),
        np.stack([amounts, np.zeros_like(amounts)], axis=1) if wide else amounts,
        tags=40,
    )
    case.moves.credit[:] = np.where(chance.random(count) < 0.4, chance.integers(S, 40, count), -1)
    case.moves.batch[:] = np.arange(count) // 100
    case.joint[3] = 1
    case = exchanging(case, 7, share)
    parts, held = priority_taint(case, **how)
    assert (rows(parts), rows(held)) == priority_twin(case, **how)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("how", POLICIES)
def test_exchange_of_more_lots_than_there_is_room_for(how, wide):
    """3,000 lots of two victims in turn leave at once, some come back; the room is for 1,024."""
    count = 3_000
    moves = [(0, 1, 1 + m % 7) for m in range(count)] + [(1, 2, 11_500), (2, 1, 9_000), (1, 3, 9_000)]
    case = build(moves, credit={m: S + m % 2 for m in range(count)}, wide=wide)
    case = swapped(case, {count: 20_001, count + 1: 4_999, count + 2: 1_000_003})
    parts, held = priority_taint(case, **how)
    assert (rows(parts), rows(held)) == priority_twin(case, **how)


@pytest.mark.parametrize("how", POLICIES)
def test_opening_is_what_pools_hold_at_first(how):
    opening = Holdings(
        np.array([1, 1, 1, 2], dtype=np.int32),
        np.array([S, OTHER, S + 1, UNKNOWN], dtype=np.int16),
        to_wide([4, 10, 5, 7]),
    )
    case = build([(1, 3, 6), (2, 3, 7)], ends=[2])._replace(tags=S + 2)
    first = [(3, S, 4), (3, S + 1, 2)] if how["stolen_first"] else []
    assert [row for row in kept(case, **how, opening=opening) if row[0] == 3] == first


def test_opening_of_an_unknown_pool_is_a_mistake():
    opening = Holdings(np.array([9], dtype=np.int32), np.array([S], dtype=np.int16), to_wide([1]))
    with pytest.raises(ValueError, match="does not have"):
        priority_taint(build([(1, 2, 1)]), **PIFO, opening=opening)


def test_highest_out_is_a_way_of_stolen_first():
    with pytest.raises(ValueError, match="stolen_first"):
        priority_taint(build([(1, 2, 1)]), stolen_first=False, highest_out=True)
