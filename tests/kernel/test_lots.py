"""Queues of lots keep their order through merging, dropping and growth."""

import numpy as np

from bongsu.kernel.lots import drop_oldest, grow_lots, holdings, new_lots, push_oldest, push_youngest


def test_queue_order_merging_and_growth():
    lots = new_lots(np.empty(0, dtype=np.uint64), 2, 3)
    push_youngest(lots, 1, 2, np.uint64(5))
    push_youngest(lots, 1, 2, np.uint64(6))
    push_youngest(lots, 1, 3, np.uint64(7))
    push_oldest(lots, 1, 1, np.uint64(1))
    assert lots.free[1] == 0
    lots = grow_lots(lots)
    push_oldest(lots, 1, 2, np.uint64(9))
    assert lots.free[1] == 2
    held = holdings(lots)
    assert held.tag.tolist() == [2, 1, 2, 3]
    assert held.amount.tolist() == [9, 1, 11, 7]
    drop_oldest(lots, 1)
    assert holdings(lots).tag.tolist() == [1, 2, 3]
    assert lots.free[1] == 3
