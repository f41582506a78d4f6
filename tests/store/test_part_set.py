"""Which files an engine reads, and whose they are."""

import pytest
from tests.data.ledger_rows import paid
from tests.data.part_ledger import part_ledger

from bongsu.errors import InputError, LedgerError
from bongsu.store.durable import digest
from bongsu.store.ledger import open_ledger
from bongsu.store.manifest import Manifest, load_manifest, save_manifest
from bongsu.store.part_set import file_parts, ledger_parts, local_files


@pytest.fixture
def ledger(tmp_path):
    book = paid(("a", "b", 1), ("b", "c", None), ("c", "d", 1, {"file": 1}))
    return part_ledger(tmp_path / "ledger", book, part_rows=1)


def test_parts_of_a_ledger_have_the_numbers_of_its_sources(ledger):
    parts = ledger_parts(ledger)
    hashes = [record.sha256 for record in parts.records]
    assert hashes == sorted(hashes)
    assert len(parts.paths) == 3
    for path, number in parts.paths.items():
        assert f"/parts/{hashes[number][:12]}-" in path
    assert parts.movements == len(open_ledger(ledger).ends()[0]) == 2
    assert parts.gaps.equals(open_ledger(ledger).gaps())
    assert parts.gaps["reason"].to_pylist() == ["needs_amount"]


def test_a_ledger_that_is_not_sealed_is_refused(ledger):
    save_manifest(ledger, Manifest(sources=load_manifest(ledger).sources))
    with pytest.raises(LedgerError, match="since it was sealed") as caught:
        ledger_parts(ledger)
    assert f"bongsu ledger show {ledger}" in caught.value.hint
    open_ledger(ledger)
    assert ledger_parts(ledger).movements == 2


def test_files_are_found_by_folder_and_by_pattern(ledger, tmp_path, monkeypatch):
    files = local_files(str(ledger))
    assert len(files) == 3
    assert local_files(str(ledger / "parts" / "*.parquet")) == files
    assert local_files(str(tmp_path / "**" / "*-0000?.parquet")) == files
    monkeypatch.chdir(ledger)
    assert local_files("parts") == files
    (one,) = local_files("parts/*-00001.parquet").items()
    path = ledger / "parts" / one[0].rpartition("/")[2]
    assert one == (str(path), digest(path))


@pytest.mark.parametrize("pattern", ["nowhere", "nowhere/*.parquet", "ledger/*.parquet"])
def test_a_pattern_that_names_nothing_is_refused(pattern, ledger, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="names no Parquet file"):
        local_files(pattern)


def test_files_of_the_same_content_are_read_once():
    parts = file_parts({"b/2": "22", "s3a://x/1": "11", "a/2": "22"})
    assert parts.paths == {"s3a://x/1": 0, "a/2": 1}
    assert [(one.sha256, one.name, one.format) for one in parts.records] == [
        ("11", "1", "transfers"), ("22", "2", "transfers"),
    ]  # fmt: skip
    assert (parts.gaps, parts.movements) == (None, None)
