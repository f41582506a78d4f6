import numpy as np
from tests.analyze.test_arrival import slots
from tests.analyze.test_slot import ROWS, made
from tests.data.ledger_rows import at

from bongsu.analyze.endpoint import by_policy, tell_ends
from bongsu.analyze.slot import resting
from bongsu.kernel.amount import to_wide


def told(found, tallies, *names):
    amounts = {name: resting(found, tally) for name, tally in tallies.items()}
    return tell_ends(found, tallies, amounts, slots(found, *names))


def test_each_end_is_told_in_the_order_asked():
    found, tallies = made(*ROWS)
    ends = told(found, tallies, "ex", "b")
    assert ends.amount == [{"fifo": 3, "pifo": 3, "poison": 33}, {"fifo": 0, "pifo": 10, "poison": 20}]
    assert ends.direct == [{"fifo": 3, "pifo": 3, "poison": 3}, {"fifo": 0, "pifo": 0, "poison": 0}]
    assert ends.arrivals == [{"2024-01-01": ends.amount[0]}, {"2024-01-01": ends.amount[1]}]
    assert ends.times == [(at(5), at(6)), (at(4), at(4))]
    assert [(one.policy, one.way) for one in ends.shown] == [("fifo", (5,)), ("pifo", (2, 3))]


def test_no_end_is_told_of_nothing():
    found, tallies = made(*ROWS)
    assert {len(column) for column in told(found, tallies)} == {0}


def test_columns_of_policies_become_rows():
    columns = {"fifo": to_wide([1, 2**64]), "lifo": to_wide([3, 4])}
    assert by_policy(columns) == [{"fifo": 1, "lifo": 3}, {"fifo": 2**64, "lifo": 4}]
    assert by_policy({name: np.empty((0, 2), np.uint64) for name in columns}) == []
