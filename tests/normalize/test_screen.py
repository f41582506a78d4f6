import numpy as np
import pyarrow as pa

from bongsu.model.reject import REJECT
from bongsu.normalize.screen import Screen, as_mask


def screen(**columns: list[str | None]) -> Screen:
    rows = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    count = len(next(iter(columns.values())))
    return Screen(pa.table(rows | {"locator": pa.array(range(11, 11 + count), pa.int64())}))


def test_a_row_is_struck_once_by_its_first_rule():
    made = screen(a=["x", "1"], b=["y", "z"])
    made.integer("a")
    made.integer("b")
    rejects = made.rejects()
    assert rejects.schema.equals(REJECT)
    assert rejects.select(["locator", "rule", "message"]).to_pylist() == [
        {"locator": 11, "rule": "bad_number", "message": "a: not a whole number in range: 'x'"},
        {"locator": 12, "rule": "bad_number", "message": "b: not a whole number in range: 'z'"},
    ]


def test_rejects_are_in_file_order_and_long_values_are_cut():
    made = screen(a=["1", "2"])
    made.strike(np.array([False, True]), "late", "why", values=pa.array(["", "v" * 500]))
    made.strike(np.array([True, True]), "early", "why")
    assert made.rejects()["rule"].to_pylist() == ["early", "late"]
    assert len(made.rejects()["message"].to_pylist()[1]) < 120


def test_integers_in_every_form():
    made = screen(a=["5", " 6 ", "7.0", None, "8.5", "-1", "9" * 30, "0x1", "٣"])
    assert made.integer("a").to_pylist() == [5, 6, 7, None, None, None, None, None, None]
    assert made.struck.tolist() == [False] * 4 + [True] * 5


def test_limits_hold_on_the_fast_path():
    made = screen(a=["5", "300"])
    assert made.integer("a", largest=255).to_pylist() == [5, None]
    assert made.struck.tolist() == [False, True]
    assert screen(a=["9" * 19]).integer("a").to_pylist() == [None]


def test_a_missing_column_is_null_and_needed_ones_strike():
    made = screen(a=["1"])
    assert made.text("absent").to_pylist() == [None]
    assert made.header("absent") == made.header("a") == ""
    made.integer("absent", needed=True)
    assert made.struck.tolist() == [True]


def test_mixed_times_and_nulls():
    made = screen(a=["1683029999", "2023-05-02T12:19:59Z", None, "2023-05-02"])
    first, second, third, last = made.time("a").to_pylist()
    assert first == second
    assert third is last is None
    assert made.rejects()["rule"].to_pylist() == ["bare_date"]


def test_times_that_are_stored_as_integers():
    columns = {
        "s": pa.array([1_683_029_999, None]),
        "ms": pa.array([1_683_029_999_000, None]),
        "locator": pa.array([1, 2]),
    }
    made = Screen(pa.table(columns))
    assert made.time("s").to_pylist() == made.time("ms").to_pylist()
    assert made.time("s").to_pylist()[0].isoformat() == "2023-05-02T12:19:59+00:00"


def test_bulk_addresses_may_be_absent_or_come_from_another_column():
    alice = "0x" + "Aa" * 20
    made = screen(a=[alice, None, None, "0x1"], b=["ignored", alice, None, None])
    column = made.bulk_address("a", instead=made.text("b"), needed=False)
    assert column.to_pylist()[:3] == [alice.lower(), alice.lower(), None]
    assert made.struck.tolist() == [False, False, False, True]
    made.bulk_address("a")
    assert made.struck.tolist() == [False, True, True, True]


def test_hashes_of_other_chains_have_no_prefix():
    bare = "AB" * 32
    made = screen(a=[bare, "0x" + bare, None])
    assert made.stated_hash("a", "bip122:000000000019d6689c085ae165831e93").to_pylist() == [
        bare.lower(),
        "",
        "",
    ]
    assert made.struck.tolist() == [False, True, False]


def test_a_null_truth_value_is_false():
    assert as_mask(pa.array([True, None, False])).tolist() == [True, False, False]


def test_integers_that_are_stored_as_such_obey_the_same_limits():
    columns = {
        "a": pa.array([5, 300, -1]),
        "b": pa.array([5, 0, -1], pa.decimal128(38, 0)),
        "c": pa.array([5, None, 7]),
        "locator": pa.array([1, 2, 3]),
    }
    made = Screen(pa.table(columns))
    assert made.integer("c").to_pylist() == [5, None, 7]
    assert made.text("c").to_pylist() == ["5", None, "7"]
    assert made.integer("a", largest=255).to_pylist() == [5, None, None]
    assert made.struck.tolist() == [False, True, True]
    assert made.base_units("b").to_pylist() == [5, 0, None]
    assert made.rejects()["rule"].to_pylist() == ["bad_number", "bad_number"]
