"""A user's labels at rest."""

import pyarrow as pa
import pytest

from bongsu.errors import LedgerError
from bongsu.model.label import LABEL
from bongsu.model.reject import REJECT
from bongsu.store.label import read_label_rejects, read_labels, write_labels

FIRST, SECOND = "a" * 64, "b" * 64


def labels(*names, category="exchange"):
    row = {
        "chain": "eip155:1",
        "address": "0x" + "1" * 40,
        "category": category,
        "entity": "",
        "source": "s",
        "confidence": 50,
        "valid_from": None,
        "valid_to": None,
        "license": "MIT",
    }
    return pa.Table.from_pylist([{**row, "name": name} for name in names], schema=LABEL)


def test_labels_come_back_by_source(tmp_path):
    assert write_labels(tmp_path, labels("c", "d"), source=SECOND) == 2
    assert write_labels(tmp_path, labels("a"), source=FIRST) == 1
    back = read_labels(tmp_path)
    assert back.schema.equals(LABEL, check_metadata=False)
    assert back["name"].to_pylist() == ["a", "c", "d"]


def test_same_source_twice_changes_nothing(tmp_path):
    write_labels(tmp_path, labels("a"), source=FIRST)
    (path,) = (tmp_path / "labels").iterdir()
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert write_labels(tmp_path, labels("a"), source=FIRST) == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_other_labels_of_a_source_replace_the_first(tmp_path):
    write_labels(tmp_path, labels("a", "b"), source=FIRST)
    assert write_labels(tmp_path, labels("a", category="bridge"), source=FIRST) == 1
    assert read_labels(tmp_path)["category"].to_pylist() == ["bridge"]
    assert write_labels(tmp_path, LABEL.empty_table(), source=FIRST) == 0
    assert read_labels(tmp_path).num_rows == 0


def test_rejects_are_kept_beside(tmp_path):
    row = {"source": "", "locator": 7, "rule": "bad_address", "message": "no"}
    rejects = pa.Table.from_pylist([row], schema=REJECT)
    write_labels(tmp_path, labels("a"), source=FIRST, rejects=rejects)
    assert read_labels(tmp_path).num_rows == 1
    assert read_label_rejects(tmp_path).to_pylist() == [{**row, "source": FIRST}]


def test_nothing_is_read_from_an_empty_folder(tmp_path):
    assert read_labels(tmp_path).schema.equals(LABEL, check_metadata=False)
    assert read_label_rejects(tmp_path).num_rows == 0


def test_damaged_file_is_an_error(tmp_path):
    write_labels(tmp_path, labels("a"), source=FIRST)
    (path,) = (tmp_path / "labels").iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(LedgerError, match="damaged"):
        read_labels(tmp_path)


def test_source_must_be_a_hash(tmp_path):
    with pytest.raises(ValueError, match="evil"):
        write_labels(tmp_path, labels("a"), source="../evil")
