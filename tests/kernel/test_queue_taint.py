"""FIFO and LIFO: worked vectors, the slow twin, conservation, the backward identity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.queue_case import build, ledgers, rows, swapped

from bongsu.kernel.amount import to_integers, to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    UNKNOWN,
    Holdings,
)
from bongsu.kernel.queue_taint import queue_taint
from bongsu.kernel.twin import queue_twin

S, C = FIRST_STOLEN, 0


def stolen_on(case, movements, **how):
    parts, _ = queue_taint(case, **how)
    found = dict.fromkeys(movements, 0)
    for m, tag, kind, value in rows(parts):
        if tag == S and kind == CARRIED and int(m) in found:
            found[int(m)] += value
    return list(found.values())


VECTORS = [
    ("T1", [(0, 1, 3), (0, 1, 7), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [0], [3, 0, 0], [0, 2, 1]),
    ("T2", [(0, 1, 7), (0, 1, 3), (1, 2, 4), (1, 3, 5), (1, 4, 1)], [1], [0, 2, 1], [3, 0, 0]),
    (
        "T3",
        [(0, 1, 20), (0, 1, 30), (0, 1, 10), (1, 2, 25), (1, 3, 25), (1, 4, 10)],
        [1],
        [5, 25, 0],
        [15, 15, 0],
    ),
    ("T4", [(0, 1, 5), (0, 1, 1), (0, 1, 5), (1, 2, 1), (1, 3, 5)], [1], [0, 1], [0, 1]),
    ("T5", [(0, 1, 4), (0, 1, 5), (1, 2, 3), (1, 3, 4), (0, 1, 10), (1, 4, 11)], [1], [0, 3, 2], [3, 2, 0]),
    (
        "T6",
        [(0, 1, 1717), (0, 1, 600), (1, 2, 900), (0, 1, 800), (1, 3, 1000), (0, 1, 600), (1, 4, 1364)],
        [0],
        [900, 817, 0],
        [300, 200, 764],
    ),
    ("T8", [(0, 1, 1), (0, 1, 2), (1, 2, 1), (1, 3, 1), (1, 4, 1)], [1], [0, 1, 1], [1, 1, 0]),
    ("T10", [(0, 1, 100), (0, 1, 10), (1, 2, 100)], [1], [0], [10]),
]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(("name", "moves", "credit", "fifo", "lifo"), VECTORS, ids=[v[0] for v in VECTORS])
def test_worked_vector(name, moves, credit, fifo, lifo, wide):
    case = build(moves, credit=credit, wide=wide)
    payments = [m for m, move in enumerate(moves) if move[0] == 1]
    assert stolen_on(case, payments) == fifo
    assert stolen_on(case, payments, newest_first=True) == lifo


@pytest.mark.parametrize(("newest_first", "left"), [(False, []), (True, [453])])
def test_what_is_left_of_an_old_claim(newest_first, left):  # T6: 453 are left of 1,717 + 2,000 - 3,264
    _, moves, credit, *_ = VECTORS[5]
    _, held = queue_taint(build(moves, credit=credit), newest_first=newest_first)
    assert [v for p, v in zip(held.pool, to_integers(held.amount), strict=True) if p == 1] == left


def test_value_that_is_stolen_twice_keeps_its_first_tag():  # T8
    case = build([(0, 1, 3), (0, 1, 2), (1, 2, 5), (2, 3, 4)], credit=[0])
    case.moves.credit[2] = S + 1
    parts, _ = queue_taint(case)
    assert rows(parts)[1:] == [
        (2, S, CARRIED, 3),
        (2, S + 1, CREDITED, 2),
        (3, S, CARRIED, 3),
        (3, S + 1, CARRIED, 1),
    ]


def test_diamond_counts_once():  # T9
    case = build([(0, 1, 10), (1, 2, 5), (1, 3, 5), (2, 4, 5), (3, 4, 5), (4, 5, 5)], credit=[0])
    _, held = queue_taint(case)
    assert dict(zip(held.pool.tolist(), to_integers(held.amount), strict=True)) == {4: 5, 5: 5}


def test_time_order_decides():  # T11
    case = build([(0, 2, 5), (2, 3, 5), (0, 1, 5), (1, 2, 5)], credit=[2])
    _, held = queue_taint(case)
    assert held.pool.tolist() == [2]


def test_transfer_to_self_changes_no_lot():  # T14
    plain = [(0, 1, 3), (0, 1, 7), (1, 2, 4)]
    looped = [*plain[:2], (1, 1, 9), plain[2]]
    assert stolen_on(build(plain, credit=[0]), [2]) == stolen_on(build(looped, credit=[0]), [3]) == [3]


def test_missing_history_is_unknown_and_oldest():  # T15, Rule 2
    case = build([(0, 1, 5), (1, 2, 8), (2, 3, 3)], credit=[0])
    parts, held = queue_taint(case)
    assert (parts.tag.tolist()[1], parts.kind.tolist()[1], to_integers(parts.amount)[1]) == (
        UNKNOWN,
        ASSUMED,
        3,
    )
    assert [int(t) for t, p in zip(held.tag, held.pool, strict=True) if p == 3] == [UNKNOWN]
    _, newest = queue_taint(case, unknown_newest=True)
    assert [int(t) for t, p in zip(newest.tag, newest.pool, strict=True) if p == 3] == [S]


def test_end_keeps_what_arrives():
    case = build([(0, 1, 5), (1, 2, 5), (2, 3, 5)], credit=[0], ends=[2])
    assert stolen_on(case, [1, 2]) == [5, 0]


def merged(parts):
    result = []
    for m, tag, kind, value in parts:
        if result and result[-1][:3] == [m, tag, kind]:
            result[-1][3] += value
        else:
            result.append([m, tag, kind, value])
    return result


def tagged(case, queues, *, newest_first):
    """(pool, tag, amount) of the twin's queues in the order in which they would leave."""
    result = []
    for pool, queue in sorted(queues.items()):
        lots = merged([pool, tag, 0, value] for tag, value in (reversed(queue) if newest_first else queue))
        result += [(pool, tag, value) for _, tag, _, value in lots if tag and not case.ends[pool]]
    return result


def assert_twins(case, **how):
    parts, held = queue_taint(case, **how)
    slow, queues = queue_twin(case, **how)
    assert merged(rows(parts)) == merged(slow)
    exchanged = case.moves.credit == CONVERTS
    assert [row for row in rows(parts) if exchanged[row[0]]] == [row for row in slow if exchanged[row[0]]]
    assert rows(held) == tagged(case, queues, newest_first=how["newest_first"])


@settings(max_examples=400, deadline=None)
@given(ledgers(), st.booleans(), st.booleans())
def test_kernel_equals_the_slow_twin(case, newest_first, unknown_newest):
    assert_twins(case, newest_first=newest_first, unknown_newest=unknown_newest)


@settings(max_examples=400, deadline=None)
@given(ledgers(), st.booleans(), st.booleans(), st.integers(0, 2**32))
def test_exchanges_equal_the_slow_twin(case, newest_first, unknown_newest, seed):
    how = {"newest_first": newest_first, "unknown_newest": unknown_newest}
    assert_twins(exchanging(case, seed), **how)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("newest_first", [False, True])
def test_exchange_of_more_lots_than_there_is_room_for(newest_first, wide):
    count = 3_000
    moves = [(0, 1, 1 + m % 7) for m in range(count)] + [(1, 2, 5_000), (2, 1, 9_000), (1, 3, 12_000)]
    case = build(moves, credit=range(0, count, 2), wide=wide)
    case = swapped(case, {count: 9_001, count + 1: 4_999, count + 2: 1_000_003})
    assert_twins(case, newest_first=newest_first, unknown_newest=False)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("credit", "spent"), [(0, [(3, S, CARRIED, 800), (4, S, CARRIED, 1200)]), (1, [(4, S, CARRIED, 2000)])]
)
@pytest.mark.parametrize("newest_first", [False, True])
def test_t13_exchange_keeps_order_and_share(newest_first, credit, spent, wide):
    """2 ether, 0.8 stolen, become 5,000 dollars, 2,000 of them stolen; 800 are spent, then the rest.

    What leaves first arrives first: so the oldest dollars are the oldest ether, or by LIFO the newest.
    """
    bought = [(0, 1, (8, 12)[credit]), (0, 1, (12, 8)[credit])]
    case = build([*bought, (1, 2, 20), (2, 3, 800), (2, 4, 4200)], credit=[credit], wide=wide)
    parts, _ = queue_taint(swapped(case, {2: 5000}), newest_first=newest_first)
    assert rows(parts)[1:] == [(2, S, CARRIED, 8), (2, S, CONVERTED, 2000), *spent]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(("newest_first", "became"), [(False, [(2, 2000)]), (True, [(3, 2000)])])
def test_exchange_of_half(newest_first, became, wide):
    """The half that leaves first: 0.8 stolen and 0.2 clean by FIFO, clean ether alone by LIFO."""
    case = build([(0, 1, 8), (0, 1, 12), (1, 2, 10), (1, 2, 10)], credit=[0], wide=wide)
    parts, held = queue_taint(swapped(case, {2: 2500, 3: 2500}), newest_first=newest_first)
    assert [(m, value) for m, _, kind, value in rows(parts) if kind == CONVERTED] == became
    assert rows(held) == [(2, S, 2000)]


@pytest.mark.parametrize(("unknown_newest", "spent"), [(False, UNKNOWN), (True, S)])
def test_exchange_after_a_lack(unknown_newest, spent):
    """5 stolen and 3 that nobody saw arrive become 50 and 30, in the order in which they left."""
    case = swapped(build([(0, 1, 5), (1, 2, 8), (2, 3, 10)], credit=[0]), {1: 80})
    parts, held = queue_taint(case, unknown_newest=unknown_newest)
    told = [(1, UNKNOWN, CARRIED, 3), (1, S, CARRIED, 5)][:: -1 if unknown_newest else 1]
    became = [(1, UNKNOWN, CONVERTED, 30), (1, S, CONVERTED, 50)][:: -1 if unknown_newest else 1]
    assert rows(parts)[1:] == [(1, UNKNOWN, ASSUMED, 3), *told, *became, (2, spent, CARRIED, 10)]
    assert rows(held)[-1] == (3, spent, 10)


def test_exchange_into_an_end_and_back_again():
    """6 of 10 stolen become 3 of 5, then 12 of 20; what reaches an end by exchange is told and kept there."""
    moves = [(0, 1, 6), (0, 1, 4), (1, 2, 10), (2, 1, 5), (1, 5, 15), (5, 3, 1)]
    parts, held = queue_taint(swapped(build(moves, credit=[0], ends=[5]), {2: 5, 3: 20, 4: 3}))
    assert rows(parts)[1:] == [
        (2, S, CARRIED, 6),
        (2, S, CONVERTED, 3),
        (3, S, CARRIED, 3),
        (3, S, CONVERTED, 12),
        (4, S, CARRIED, 12),
        (4, S, CONVERTED, 2),
    ]
    assert rows(held) == []


@settings(max_examples=200, deadline=None)
@given(ledgers())
def test_stolen_value_is_conserved(case):
    parts, held = queue_taint(case)
    born = ended = 0
    for m, tag, kind, value in rows(parts):
        if tag < S:
            continue
        born += value if kind in (CREDITED, ASSUMED) else 0
        into_end = case.ends[case.moves.target[m]] or case.moves.stopped[m]
        ended += value if into_end and kind != ASSUMED else 0
    kept = sum(v for t, v in zip(held.tag, to_integers(held.amount), strict=True) if t >= S)
    assert born == ended + kept


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 9)), min_size=1, max_size=30))
def test_fifo_backward_after_forward_is_the_identity(moves):
    opening = Holdings(
        np.arange(1, 6, dtype=np.int32).repeat(2),
        np.tile(np.array([S, UNKNOWN], dtype=np.int16), 5),
        to_wide([150, 150] * 5),
    )
    _, after = queue_taint(build(moves, outside=False), opening=opening)
    back = build([(t, s, a) for s, t, a in reversed(moves)], outside=False)
    turned = np.lexsort((-np.arange(len(after.pool)), after.pool))
    _, before = queue_taint(back, opening=Holdings(*(column[turned] for column in after)))
    lots = list(zip(before.pool.tolist(), before.tag.tolist(), to_integers(before.amount), strict=True))
    assert lots == [(p, tag, 150) for p in range(1, 6) for tag in (UNKNOWN, S)]


def test_exchange_that_fills_the_log_at_once():
    """6,000 lots of 2, every other one stolen, become lots of 1."""
    count = 6_000
    tags = np.array([S, C] * (count // 2), dtype=np.int16)
    opening = Holdings(np.ones(count, dtype=np.int32), tags, to_wide([2] * count))
    parts, held = queue_taint(swapped(build([(1, 2, 2 * count)]), {0: count}), opening=opening)
    assert rows(parts) == [(0, S, CARRIED, 2)] * 3_000 + [(0, S, CONVERTED, 1)] * 3_000
    assert rows(held) == [(2, S, 1)] * 3_000


def test_exchange_that_an_end_pays_is_a_mistake():
    with pytest.raises(ValueError, match="an end pays"):
        queue_taint(swapped(build([(0, 1, 5)]), {0: 5}))


def test_opening_of_an_unknown_pool_is_a_mistake():
    opening = Holdings(np.array([9], dtype=np.int32), np.array([S], dtype=np.int16), to_wide([1]))
    with pytest.raises(ValueError, match="does not have"):
        queue_taint(build([(1, 2, 1)]), opening=opening)


@pytest.mark.parametrize("newest_first", [False, True])
def test_opening_of_an_end_is_left_out(newest_first):
    opening = Holdings(
        np.array([2, 1, 2], dtype=np.int32), np.array([S, S, C], dtype=np.int16), to_wide([7, 4, 3])
    )
    case = build([(2, 3, 7), (1, 3, 1)], ends=[2])
    parts, held = queue_taint(case, newest_first=newest_first, opening=opening)
    assert list(zip(parts.movement.tolist(), parts.tag.tolist(), strict=True)) == [(1, S)]
    assert list(zip(held.pool.tolist(), to_integers(held.amount), strict=True)) == [(1, 3), (3, 1)]


def test_opening_with_more_lots_than_there_is_room_for():
    count = 3_000
    pools, tags = np.arange(count, dtype=np.int32) % 5 + 1, np.full(count, S, dtype=np.int16)
    tags[::2] = UNKNOWN
    opening = Holdings(pools, tags, to_wide([2] * count))
    _, held = queue_taint(build([(1, 2, 1)], ends=[5]), opening=opening)
    assert sum(to_integers(held.amount)) == 2 * count * 4 // 5
