import pyarrow as pa

from bongsu.normalize.spread import OWNER, spread


def test_a_row_for_each_thing_behind_the_rows():
    rows = pa.table({"id": ["a", "b"], "words": ["x y", None], "when": ["1", "2"], "locator": [7, 8]})
    found = spread(rows, {"word": lambda row: (row["words"] or "").split()}, owner="id", keep=("when",))
    assert found.to_pylist()[:2] == [row | {OWNER: None, "word": None} for row in rows.to_pylist()]
    empty = {"id": None, "words": None, "when": "1", "locator": 7, OWNER: "a"}
    assert found.to_pylist()[2:] == [empty | {"word": "x"}, empty | {"word": "y"}]


def test_nothing_to_spread():
    rows = pa.table({"id": pa.array([], pa.string()), "locator": pa.array([], pa.int64())})
    assert spread(rows, {"word": lambda row: []}, owner="id").num_rows == 0
