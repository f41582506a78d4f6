"""FIFO and LIFO: worked vectors, the slow twin, conservation, the backward identity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.case import ASSUMED, CARRIED, CREDITED, FIRST_STOLEN, UNKNOWN, Holdings, make_case
from bongsu.kernel.queue_taint import queue_taint
from bongsu.kernel.twin import queue_twin

S, C = FIRST_STOLEN, 0
OUTSIDE = 0


def build(moves, *, credit=(), outside=True, wide=True, ends=()):
    """Case of (source, target, amount); pool 0 stands for the outside, whose funds are other funds."""
    amounts = to_wide([a for _, _, a in moves])
    columns = [np.array([move[side] for move in moves], dtype=np.int32) for side in (0, 1)]
    case = make_case(*columns, amounts if wide else to_narrow(amounts), pools=6)
    case.moves.credit[list(credit)] = S
    if outside:
        case.ends[OUTSIDE] = 1
    case.ends[list(ends)] = 1
    return case


def stolen_on(case, movements, **how):
    parts, _ = queue_taint(case, **how)
    found = dict.fromkeys(movements, 0)
    for m, tag, kind, value in zip(
        parts.movement, parts.tag, parts.kind, to_integers(parts.amount), strict=True
    ):
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
    ("T10", [(0, 1, 100), (0, 1, 10), (1, 2, 100)], [1], [0], [10]),
]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(("name", "moves", "credit", "fifo", "lifo"), VECTORS, ids=[v[0] for v in VECTORS])
def test_worked_vector(name, moves, credit, fifo, lifo, wide):
    case = build(moves, credit=credit, wide=wide)
    payments = [m for m, move in enumerate(moves) if move[0] == 1]
    assert stolen_on(case, payments) == fifo
    assert stolen_on(case, payments, newest_first=True) == lifo


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


@st.composite
def ledgers(draw):
    pools = draw(st.integers(2, 6))
    pool = st.integers(0, pools - 1)
    size = draw(st.sampled_from([5, 2**70]))
    moves = draw(st.lists(st.tuples(pool, pool, st.integers(0, size)), min_size=1, max_size=40))
    case = build(moves, credit=draw(st.sets(st.integers(0, len(moves) - 1))), outside=False)
    case.moves.overdraft[:] = draw(
        st.lists(st.sampled_from([0, 1, 2]), min_size=len(moves), max_size=len(moves))
    )
    case.moves.stopped[:] = draw(st.lists(st.integers(0, 1), min_size=len(moves), max_size=len(moves)))
    case.ends[draw(pool)] = draw(st.integers(0, 1))
    return case


def merged(parts):
    result = []
    for m, tag, kind, value in parts:
        if result and result[-1][:3] == [m, tag, kind]:
            result[-1][3] += value
        else:
            result.append([m, tag, kind, value])
    return result


@settings(max_examples=400, deadline=None)
@given(ledgers(), st.booleans(), st.booleans())
def test_kernel_equals_the_slow_twin(case, newest_first, unknown_newest):
    how = {"newest_first": newest_first, "unknown_newest": unknown_newest}
    parts, held = queue_taint(case, **how)
    slow, queues = queue_twin(case, **how)
    columns = zip(parts.movement, parts.tag, parts.kind, to_integers(parts.amount), strict=True)
    assert merged([int(m), int(t), int(k), v] for m, t, k, v in columns) == merged(slow)
    expected = {}
    for pool, queue in queues.items():
        for tag, value in queue:
            expected[pool, tag] = expected.get((pool, tag), 0) + value
    found = {}
    for pool, tag, value in zip(held.pool, held.tag, to_integers(held.amount), strict=True):
        found[int(pool), int(tag)] = found.get((int(pool), int(tag)), 0) + value
    assert found == {key: value for key, value in expected.items() if key[1] and value}


@settings(max_examples=200, deadline=None)
@given(ledgers())
def test_stolen_value_is_conserved(case):
    parts, held = queue_taint(case)
    born = ended = 0
    for m, tag, kind, value in zip(
        parts.movement, parts.tag, parts.kind, to_integers(parts.amount), strict=True
    ):
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
