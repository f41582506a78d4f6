"""A set that was kept is found again by its content, and two processes that open it find the same."""

import subprocess
import sys

import numpy as np
import pytest
from tests.data.indicator_case import indicators_of

from bongsu.analyze.indicator_index import build_index
from bongsu.errors import LedgerError
from bongsu.store.indicator_set import IndicatorSet, keep_set, open_set, set_key

INDEX = build_index(indicators_of(("domain", "evil.com"), ("ip", "91.2.3.4"), ("ip", "91.9.0.0/16")))
KEPT = IndicatorSet(INDEX.rows, INDEX.arrays())
LOOK = """
import sys
from pathlib import Path
import pyarrow as pa
from bongsu.analyze.indicator_index import from_arrays
from bongsu.analyze.indicator_match import match_values
from bongsu.store.indicator_set import open_set
index = from_arrays(*open_set(Path(sys.argv[1]), "key"))
print(len(match_values("domain", pa.array(["a.evil.com", "notevil.com", "91.9.1.1"]), index)[0]))
"""


def test_what_is_opened_is_what_was_kept(tmp_path):
    keep_set(tmp_path, "key", KEPT)
    found = open_set(tmp_path, "key")
    assert found.rows.equals(KEPT.rows)
    assert found.arrays.keys() == KEPT.arrays.keys()
    for name, array in KEPT.arrays.items():
        assert np.array_equal(found.arrays[name], array), name
        assert not array.size or not found.arrays[name].flags.writeable


def test_other_processes_match_with_it(tmp_path):
    keep_set(tmp_path, "key", KEPT)
    asked = [
        subprocess.Popen([sys.executable, "-c", LOOK, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [one.communicate()[0].strip() for one in asked] == [b"2", b"2"]


def test_a_set_is_kept_once_and_nothing_is_left_beside_it(tmp_path):
    first = keep_set(tmp_path, "key", KEPT)
    assert keep_set(tmp_path, "key", IndicatorSet(KEPT.rows.slice(0, 0), {})) == first
    assert open_set(tmp_path, "key").rows.num_rows == 3
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_set_that_is_not_there_is_none_and_a_damaged_one_says_so(tmp_path):
    assert open_set(tmp_path, "key") is None
    folder = keep_set(tmp_path, "key", KEPT)
    (folder / "arrays.json").write_text("{")
    with pytest.raises(LedgerError):
        open_set(tmp_path, "key")


def test_the_name_tells_files_and_method_apart():
    keys = {
        set_key({"a": "csv"}, method="1"),
        set_key({"a": "csv"}, method="2"),
        set_key({"b": "csv"}, method="1"),
    }
    assert len(keys) == 3
    assert set_key({"a": "1", "b": "2"}, method="") == set_key({"b": "2", "a": "1"}, method="")
