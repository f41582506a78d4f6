"""Mixed events come out by stream, in order, as text."""

import pyarrow as pa

from bongsu.model.log import LogStream
from bongsu.model.reject import REJECT
from bongsu.read.event_rows import MOST_COLUMNS, MOST_HELD, EventRows, cut_note, text_of, text_values

A, B = LogStream("a"), LogStream("b")


def test_events_of_a_stream_stand_in_order_whatever_names_they_state():
    rows = EventRows(10)
    rows.add(A, ("x",), (3, ("3",)))
    rows.add(A, ("x", "y"), (1, ("1", 7)))
    rows.add(B, ("x",), (2, (None,)))
    rows.reject(9, "bad_event", "why")
    first, second = rows.take("a")
    assert first.stream == A
    assert first.rows.to_pylist() == [
        {"x": "1", "locator": 1, "y": "7"},
        {"x": "3", "locator": 3, "y": None},
    ]
    assert first.rejects.schema == REJECT
    assert (first.rejects.num_rows, second.rejects.num_rows) == (1, 0)
    assert second.rows["x"].type == pa.string()
    assert list(rows.take("a")) == []


def test_faults_without_events_are_a_batch():
    rows = EventRows(10)
    rows.reject(1, "bad_event", "why")
    (batch,) = rows.take("a")
    assert (batch.stream, batch.rows.num_rows, batch.rejects.num_rows) == (A, 0, 1)


def test_a_batch_is_due_by_rows_bytes_or_faults():
    rows = EventRows(2)
    assert not rows.full(1)
    rows.add(A, ("x",), (1, ("",)))
    assert not rows.full(1)
    rows.add(A, ("x",), (2, ("",)))
    assert rows.full(1)
    assert EventRows(10).full(MOST_HELD)
    rows = EventRows(1)
    rows.reject(1, "r", "m")
    assert rows.full(0)


def test_names_without_number_do_not_make_one_wide_table():
    rows = EventRows(10_000)
    for at in range(MOST_COLUMNS + 1):
        rows.add(A, (f"n{at}",), (at, ("v",)))
    tables = [batch.rows for batch in rows.take("a")]
    assert len(tables) == MOST_COLUMNS + 1
    assert max(table.num_columns for table in tables) == 2


def test_values_are_text_as_json_writes_them():
    assert text_values(["a", None]) == ["a", None]
    assert text_values([1, 2**80]) == ["1", str(2**80)]
    assert text_values([True, 1.5, {"#text": ["a", None, "b"]}, {"k": 1, "n": None}, {}]) == [
        "true", "1.5", "a b", "k=1", None,
    ]  # fmt: skip
    assert text_of(False) == "false"


def test_a_field_named_locator_does_not_take_the_place_of_the_locator():
    rows = EventRows(10)
    rows.add(A, ("locator", "x"), (5, ("theirs", "v")))
    (batch,) = rows.take("a")
    assert batch.rows.to_pylist() == [{"x": "v", "locator": 5}]


def test_a_cut_source_is_told():
    assert cut_note("bad checksum", 4)[:2] == (4, "truncated_file")


def test_half_a_character_is_stored_as_a_question_mark():
    rows = EventRows(10)
    rows.add(LogStream("made"), ("a", "b"), (1, ["half \ud800", "whole"]))
    ((_stream, table, _rejects),) = rows.take("made")
    assert table.select(["a", "b"]).to_pylist() == [{"a": "half ?", "b": "whole"}]
