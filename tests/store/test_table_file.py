"""Sealed tables as files."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.errors import LedgerError
from bongsu.store.table_file import equal_cuts, map_table, write_table

SCHEMA = pa.schema(
    [("n", pa.int64()), ("t", pa.timestamp("us", tz="UTC")), ("s", pa.string()), ("b", pa.bool_())]
)


def table(count, first=0):
    rows = [
        {
            "n": n if n % 3 else None,
            "t": n * 10 if n % 2 else None,
            "s": "x" * (n % 4) if n % 5 else None,
            "b": n % 2 == 0,
        }
        for n in range(first, first + count)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def dirty(count):
    """The same rows as `table`, with other bytes where no value is."""
    clean = table(count).column("n").combine_chunks()
    mask = clean.is_null().to_numpy(zero_copy_only=False)
    values = np.where(mask, 77, clean.fill_null(0).to_numpy())
    bits = pa.py_buffer(np.packbits(~mask, bitorder="little").tobytes() + b"\xff")
    column = pa.Array.from_buffers(pa.int64(), count, [bits, pa.py_buffer(values)])
    return table(count).set_column(0, SCHEMA.field("n"), column)


@given(st.integers(0, 40), st.integers(1, 9))
def test_cuts_are_equal_whatever_comes_in(count, step):
    parts = [table(count).slice(at, step) for at in range(0, count, step)]
    found = list(equal_cuts(parts, 7))
    assert [len(one) for one in found] == [7] * (count // 7) + [count % 7] * (count % 7 > 0)
    assert [row for one in found for row in one.to_pylist()] == table(count).to_pylist()


def test_same_rows_are_the_same_bytes(tmp_path):
    write_table(tmp_path / "a", SCHEMA, [table(100)])
    write_table(tmp_path / "b", SCHEMA, [table(30), table(100).slice(30)])
    write_table(tmp_path / "c", SCHEMA, [dirty(100)])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()


def test_table_comes_back(tmp_path):
    assert write_table(tmp_path / "a", SCHEMA, [table(9)]) == 9
    assert map_table(tmp_path / "a").to_pylist() == table(9).to_pylist()
    write_table(tmp_path / "none", SCHEMA, [])
    assert map_table(tmp_path / "none").num_rows == 0


def test_missing_and_damaged_files(tmp_path):
    (tmp_path / "bad").write_bytes(b"nonsense")
    for name in ("bad", "none"):
        with pytest.raises(LedgerError, match="missing or damaged"):
            map_table(tmp_path / name)
