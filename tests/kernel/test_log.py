"""The log grows without losing a fragment."""

import numpy as np

from bongsu.kernel.log import fragments, grow_log, new_log, room, write


def test_fragments_survive_growth():
    log = new_log(np.empty(0, dtype=np.uint64), 2)
    write(log, 5, 0, (2, np.uint64(7)))
    write(log, 6, 2, (1, np.uint64(8)))
    assert room(log) == 0
    log = grow_log(log, 3)
    assert room(log) >= 3
    write(log, 7, 1, (3, np.uint64(9)))
    found = fragments(log)
    assert found.movement.tolist() == [5, 6, 7]
    assert found.tag.tolist() == [2, 1, 3]
    assert found.amount.tolist() == [7, 8, 9]
