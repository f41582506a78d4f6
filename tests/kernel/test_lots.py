"""Queues of lots keep their order through merging, pulling and growth."""

import numpy as np

from bongsu.kernel.lots import END, grow_lots, holdings, new_lots, pull, push


def lots_with(*parts):
    lots = new_lots(np.empty(0, dtype=np.uint64), np.zeros(2, dtype=np.uint8), 4)
    for tag, value, oldest in parts:
        push(lots, 1, (tag, np.uint64(value)), oldest)
    return lots


def test_queue_order_merging_and_growth():
    lots = lots_with((2, 5, False), (2, 6, False), (3, 7, False), (1, 1, True))
    assert lots.free[1] == 1
    lots = grow_lots(lots)
    push(lots, 1, (2, np.uint64(9)), True)
    assert lots.free[1] == 5
    held = holdings(lots)
    assert held.tag.tolist() == [2, 1, 2, 3]
    assert held.amount.tolist() == [9, 1, 11, 7]


def test_pulling_takes_the_oldest_first_and_gives_lots_back():
    lots = lots_with((2, 5, False), (3, 7, False))
    assert lots.free[1] == 2
    assert pull(lots, 1, np.uint64(9)) == (2, 5)
    assert lots.free[1] == 4
    assert pull(lots, 1, np.uint64(4)) == (3, 4)
    assert holdings(lots).amount.tolist() == [3]


def test_a_pool_of_one_tag_has_no_lot():
    lots = lots_with((2, 5, False), (2, 5, True))
    assert lots.free[1] == 4
    assert holdings(lots).amount.tolist() == [10]


def test_an_emptied_pool_takes_the_tag_of_what_comes_next():
    lots = lots_with((2, 5, False))
    assert pull(lots, 1, np.uint64(5)) == (2, 5)
    push(lots, 1, (0, np.uint64(8)), False)
    assert holdings(lots).pool.tolist() == []


def test_ends_are_marked():
    lots = new_lots(np.empty((0, 2), dtype=np.uint64), np.array([0, 1], dtype=np.uint8), 4)
    assert lots.pool[:, 2].tolist() == [0, END]
