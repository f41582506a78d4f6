"""Whether files are what the manifest says."""

import pytest

from bongsu.errors import LedgerError
from bongsu.store.durable import digest
from bongsu.store.manifest import Manifest, SourceRecord
from bongsu.store.verify import check_files, demand_whole


@pytest.fixture
def manifest(tmp_path):
    files = {}
    for name in ("parts/a", "parts/b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
        files[name] = digest(tmp_path / name)
    return Manifest(sources=[SourceRecord(sha256="1", name="n", format="f", files=files)])


def test_whole(tmp_path, manifest):
    assert demand_whole(tmp_path, manifest) == 2


def test_changed_and_missing_files_are_named(tmp_path, manifest):
    (tmp_path / "parts/a").write_text("parts/A")
    (tmp_path / "parts/b").unlink()
    assert [bool(why) for _name, why in check_files(tmp_path, manifest)] == [True, True]
    with pytest.raises(LedgerError, match=r"parts/a.*2 of 2") as caught:
        demand_whole(tmp_path, manifest)
    assert caught.value.hint


def test_sealed_tables_are_checked_too(tmp_path, manifest):
    manifest.sealed = {"folder": "sealed-1", "files": {"pools.arrow": "0"}}
    assert [name for name, why in check_files(tmp_path, manifest) if why] == ["sealed-1/pools.arrow"]
