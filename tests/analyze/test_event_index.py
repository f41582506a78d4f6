"""Events as columns of codes."""

import numpy as np
import pyarrow as pa
import pytest
from tests.data.event_rows import at, event, events, index_of

from bongsu.analyze.event_index import UNTOLD, EventIndex, group_rows, group_shared
from bongsu.model.event import CODED, EVENT


def test_rows_pairs_and_times():
    rows = [
        event("a", "payout", "iban", "X"),
        event("b", "payout", "iban", "X"),
        event("a", "payout", "iban", "X"),
    ]
    index = index_of(*rows, event("a", "hire", day=2, time=None))
    assert index.rows("payout", "iban").tolist() == [0, 1, 2]
    pairs, first, counts = index.pairs(index.rows("payout", "iban"), index.value)
    assert (len(pairs), first.tolist(), counts.tolist()) == (2, [0, 1], [2, 1])
    assert index.last() == int(at().timestamp() * 1e6)
    assert index.last(index.last() - 1) == 0
    assert index.time[3] == UNTOLD
    (shared,) = index.shared(index.rows("payout", "iban"), index.value)
    assert index.names(shared.subjects) == ("a", "b")
    assert index.values_of(index.rows("hire", "")) == {index.subject.code("a"): {index.value.code("")}}


def test_a_text_that_stands_twice_in_a_dictionary_is_one():
    table = events(event("a", "hire"), event("b", "hire"))
    doubled = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["a", "a"]))
    table = table.set_column(0, EVENT.field(0), pa.chunked_array([doubled], CODED))
    assert EventIndex(table).people == 1


def test_plain_text_and_no_rows_are_read_too():
    table = events(event("a", "hire"))
    plain = table.set_column(0, "subject", table["subject"].cast(pa.string()))
    assert EventIndex(plain).subject.texts == ["a"]
    empty = EventIndex(EVENT.empty_table())
    assert (empty.size, empty.people, empty.last(), empty.rows("hire", "").tolist()) == (0, 0, 0, [])


@pytest.mark.parametrize("skip", [-1, 7])
def test_values_of_one_subject_are_not_shared(skip):
    pairs = np.array([[0, 7], [1, 7], [2, 8]])
    found = list(group_shared(pairs, np.arange(3), skip=skip))
    assert [one.value for one in found] == ([] if skip == 7 else [7])


def test_rows_of_each_code_in_their_order():
    found = list(group_rows(np.array([9, 8, 7, 6]), np.array([2, 1, 2, 1])))
    assert [(code, rows.tolist()) for code, rows in found] == [(1, [8, 6]), (2, [9, 7])]
    assert list(group_rows(np.zeros(0, int), np.zeros(0, int))) == []
