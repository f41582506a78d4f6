import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.read.raw import (
    cut_batches,
    empty_rows,
    fill_columns,
    reject_table,
    same_rejects,
    text_schema,
    with_locators,
)

SCHEMA = text_schema(["a", "b"])


def test_rejects_have_the_models_schema():
    assert reject_table([]).schema.equals(REJECT)
    assert reject_table([(3, "bad_row", "why")]).to_pylist() == [
        {"source": "", "locator": 3, "rule": "bad_row", "message": "why"}
    ]


def test_rows_that_one_fault_took_are_each_a_reject():
    assert same_rejects(range(4, 6), "r", "m").equals(reject_table([(4, "r", "m"), (5, "r", "m")]))
    assert same_rejects(range(4, 4), "r", "m").equals(reject_table([]))


def test_missing_columns_are_null_and_rows_are_numbered():
    rows = with_locators(fill_columns({"b": pa.array(["x", "y"])}, SCHEMA, 2), 5)
    assert rows.to_pylist() == [{"a": None, "b": "x", "locator": 5}, {"a": None, "b": "y", "locator": 6}]
    assert empty_rows(SCHEMA).schema.equals(rows.schema)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), max_size=6), st.integers(1, 7))
def test_cutting_keeps_all_rows_and_rejects_in_order(sizes, batch_rows):
    parts, done = [], 0
    for rows, rejects in sizes:
        columns = fill_columns({"a": pa.array(["x"] * rows, pa.string())}, SCHEMA, rows)
        faults = reject_table([(done, "r", "m")] * rejects)
        parts.append(Batch(rows=with_locators(columns, done + 1), rejects=faults))
        done += rows
    cut = list(cut_batches(parts, batch_rows))
    assert [n for batch in cut for n in batch.rows["locator"].to_pylist()] == list(range(1, done + 1))
    assert sum(batch.rejects.num_rows for batch in cut) == sum(rejects for _rows, rejects in sizes)
    assert all(batch.rows.num_rows == batch_rows for batch in cut[:-1])
