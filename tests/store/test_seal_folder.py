"""Sealing a ledger's folder."""

import pytest
from tests.data.ledger_rows import rows

from bongsu.errors import LedgerError
from bongsu.model.transfer import TRANSFER
from bongsu.store import column_file, seal_folder
from bongsu.store.durable import digest
from bongsu.store.ledger import open_ledger
from bongsu.store.manifest import Manifest, SourceRecord, load_manifest, save_manifest
from bongsu.store.part import PartWriter
from bongsu.store.seal_folder import seal_ledger


def add(folder, sha256, amount):
    """Nothing; the ledger has one more source with one row."""
    manifest = load_manifest(folder) if (folder / "manifest.json").exists() else Manifest()
    record = SourceRecord(sha256=sha256, name=sha256, format="flows")
    writer = PartWriter(ledger=folder, record=record)
    record.files = writer._put(f"parts/{sha256}.parquet", rows({"amount": amount}).select(TRANSFER.names))
    manifest.put(record)
    save_manifest(folder, manifest)


def content(folder):
    return {
        path.name: path.read_bytes()
        for path in sorted((folder / load_manifest(folder).sealed["folder"]).iterdir())
    }


def test_files_are_those_that_the_manifest_lists_and_nothing_else(tmp_path):
    add(tmp_path, "a", 1)
    sealed = seal_ledger(tmp_path).sealed
    folder = tmp_path / sealed["folder"]
    assert {path.name: digest(path) for path in folder.iterdir()} == sealed["files"]
    assert sealed["counts"]["movements"] == 1


def test_order_of_import_does_not_show_in_the_bytes(tmp_path):
    for name, order in (("one", "abc"), ("two", "cba")):
        (tmp_path / name).mkdir()
        for sha in order:
            add(tmp_path / name, sha, ord(sha))
            seal_ledger(tmp_path / name)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_old_tables_go_and_an_open_ledger_stays_readable(tmp_path):
    add(tmp_path, "a", 1)
    opened = open_ledger(tmp_path)
    add(tmp_path, "b", 2)
    assert open_ledger(tmp_path).movements().num_rows == 2
    assert opened.movements().to_pylist()[0]["amount"] == 1
    assert len(list(tmp_path.glob("sealed-*"))) == 1


def test_seal_that_fails_half_way_leaves_what_was_sealed(tmp_path, monkeypatch):
    add(tmp_path, "a", 1)
    seal_ledger(tmp_path)
    before = content(tmp_path)
    add(tmp_path, "b", 2)

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(column_file, "write_table", full)
        with pytest.raises(LedgerError, match="No space left"):
            seal_ledger(tmp_path)
    assert content(tmp_path) == before
    assert len(list(tmp_path.glob("sealed-*"))) == 1
    assert open_ledger(tmp_path).movements().num_rows == 2


def test_what_a_kill_after_the_seal_left_behind_goes_with_the_next_start(tmp_path, monkeypatch):
    add(tmp_path, "a", 1)
    seal_ledger(tmp_path)
    add(tmp_path, "b", 2)

    def killed(*args):
        save_manifest(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(seal_folder, "save_manifest", killed)
        with pytest.raises(KeyboardInterrupt):
            seal_ledger(tmp_path)
    assert len(list(tmp_path.glob("sealed-*"))) == 2
    before = content(tmp_path)
    seal_ledger(tmp_path)
    assert content(tmp_path) == before
    assert len(list(tmp_path.glob("sealed-*"))) == 1
