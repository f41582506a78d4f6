"""Columns and tables are the same in memory and on the disk."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from bongsu.errors import LedgerError
from bongsu.store.column_file import Folder, Memory, map_column

FULL = Path("/dev/full")
SCHEMA = pa.schema([pa.field("n", pa.int64()), pa.field("text", pa.string())])
PIECES = [pa.table([[n, None], ["a", str(n)]], schema=SCHEMA) for n in range(3)]


@pytest.fixture(params=["memory", "folder"])
def place(request, tmp_path):
    return Memory() if request.param == "memory" else Folder(tmp_path)


@pytest.mark.parametrize(("dtype", "top"), [("u1", 2**8 - 1), ("<u4", 2**32 - 1), ("<u8", 2**64 - 1)])
def test_pieces_become_one_column_that_may_be_changed(place, dtype, top):
    column = place.column("c", dtype)
    for piece in ([1, 2, 3], [], [top]):
        column.append(np.array(piece, dtype=np.uint64)[::-1])
    values = column.close()
    assert values.dtype == np.dtype(dtype)
    assert values.tolist() == [3, 2, 1, top]
    values[0] = 9
    assert values.tolist() == [9, 2, 1, top]


def test_nothing_is_a_column_too(place):
    assert place.column("c", "<u4").close().tolist() == []
    assert place.zeros("z", "<u4", 0).tolist() == []


def test_zeros_may_be_changed(place):
    zeros = place.zeros("z", "<u4", 3)
    zeros[1] = 7
    assert (zeros.dtype, zeros.tolist()) == (np.uint32, [0, 7, 0])


@pytest.mark.parametrize("pieces", [PIECES, []])
def test_a_table_is_its_pieces(place, pieces):
    made = place.table("t", SCHEMA, pieces)
    assert made.schema == SCHEMA
    assert made.to_pylist() == [row for piece in pieces for row in piece.to_pylist()]


def test_what_is_changed_is_in_the_file(tmp_path):
    place = Folder(tmp_path)
    column = place.column("c", "<u4")
    column.append(np.array([1, 2]))
    column.close()[1] = 3
    place.zeros("z", "<u4", 2)[0] = 4
    assert map_column(tmp_path / "c", "<u4").tolist() == [1, 3]
    assert (tmp_path / "z").read_bytes() == b"\4\0\0\0\0\0\0\0"
    with pytest.raises(ValueError, match="read-only"):
        map_column(tmp_path / "c", "<u4")[0] = 1


def test_missing_and_cut_off_files_are_errors_that_a_person_can_mend(tmp_path):
    (tmp_path / "c").write_bytes(b"12345")
    assert map_column(tmp_path / "c", "u1").tolist() == [*b"12345"]
    for name, dtype in (("c", "<u4"), ("other", "u1")):
        with pytest.raises(LedgerError, match=name) as caught:
            map_column(tmp_path / name, dtype)
        assert "verify" in caught.value.hint


def test_a_column_that_is_left_is_closed_at_once(tmp_path):
    column = Folder(tmp_path).column("c", "u1")
    column.leave()
    column.leave()
    assert column._file.closed


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_is_said(tmp_path):
    for name in ("c", "t.arrow"):
        (tmp_path / name).symlink_to(FULL)
    place = Folder(tmp_path)
    column = place.column("c", "u1")
    with pytest.raises(LedgerError, match="No space left on device"):
        column.append(np.zeros(1 << 20))
    column.leave()
    with pytest.raises(LedgerError, match="No space left on device"):
        place.table("t", SCHEMA, PIECES)
    with pytest.raises(LedgerError, match="Cannot write"):
        Folder(tmp_path / "nowhere").zeros("z", "u1", 1)
