"""Rows go to batches of one stream."""

import numpy as np
import pyarrow as pa

from bongsu.model.log import LogStream
from bongsu.read.log_batch import batches_of, joined_column, split_rows, with_aliases
from bongsu.read.log_rows import Rows

FAULT = (9, "bad_line", "no")


def column(*values):
    return pa.array(values, pa.string()).dictionary_encode()


def rows(**columns):
    made = {name: column(*values) for name, values in columns.items()}
    return Rows(made, np.arange(1, 1 + len(next(iter(made.values()))), dtype=np.int64), [FAULT])


def test_batches_are_as_long_as_asked_and_the_first_has_the_rejects():
    found = list(batches_of(rows(a=["x", "y", "z"], locator=["1", "2", "3"]), LogStream("made"), 2))
    assert [one.rows.to_pylist() for one in found] == [
        [{"a": "x", "log.locator": "1", "locator": 1}, {"a": "y", "log.locator": "2", "locator": 2}],
        [{"a": "z", "log.locator": "3", "locator": 3}],
    ]
    assert [one.rejects.num_rows for one in found] == [1, 0]


def test_rejects_without_rows_are_a_batch_and_nothing_is_none():
    nothing = Rows({}, np.zeros(0, dtype=np.int64), [])
    assert [
        one.rejects.num_rows for one in batches_of(nothing._replace(faults=[FAULT]), LogStream(""), 5)
    ] == [1]
    assert list(batches_of(nothing, LogStream(""), 5)) == []


def test_rows_are_split_by_a_value_and_keep_only_their_own_words():
    found = dict(
        split_rows(rows(k=["b", None, "a", "b"], v=["1", "2", "3", "4"], w=["x", None, None, None]), "k")
    )
    assert list(found) == ["b", "", "a"]
    assert found["b"].columns["v"].dictionary.to_pylist() == ["1", "4"]
    assert found["b"].columns["w"].to_pylist() == ["x", None]
    assert "w" not in found["a"].columns
    assert [part.lines.tolist() for part in found.values()] == [[1, 4], [2], [3]]
    assert [len(part.faults) for part in found.values()] == [1, 0, 0]


def test_rows_of_one_value_or_without_the_column_stay_together():
    one = rows(k=["a", "a"])
    assert [(name, part is one) for name, part in split_rows(one, "k")] == [("a", True)]
    assert [(name, part is one) for name, part in split_rows(one, "z")] == [("", True)]


def test_an_alias_shares_the_column_and_hides_none():
    columns = {"a": column("x"), "b": column("y")}
    found = with_aliases(columns, {"c": "a", "b": "a", "d": "z"})
    assert found == {"c": columns["a"], "a": columns["a"], "b": columns["b"]}
    assert found["c"] is columns["a"]


def test_a_joined_column_has_each_pair_once():
    asked = []
    found = joined_column(
        column("a", "a", None, None, "b"),
        column("1", "1", "1", None, None),
        lambda one, other: asked.append((one, other)) or f"{one}/{other}",
    )
    assert found.to_pylist() == ["a/1", "a/1", "/1", None, "b/"]
    assert len(asked) == 3
