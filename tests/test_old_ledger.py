"""A ledger of the first layout opens: its sealed tables are made again from its parts, as if made today."""

import hashlib
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.ledger_rows import told

from bongsu.app.jobs.ledger_import import import_files, seal_import
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.app.jobs.ledger_show import verify_ledger
from bongsu.app.jobs.rehearse import LedgerRequest, make_ledger_file
from bongsu.store.hex_text import hash_texts
from bongsu.store.ledger import open_ledger
from bongsu.store.manifest import NAME, load_manifest

OLD_FILES = ["pools.arrow", "movements.arrow", "gaps.arrow", "source.u32", "target.u32"]
BATCH_ROWS = 300


def imported(ledger, *paths):
    for _found in import_files(list(paths), ledger, ImportRequest(batch_rows=BATCH_ROWS)):
        pass
    return seal_import(ledger)


def sealed(ledger):
    folder = ledger / load_manifest(ledger).sealed["folder"]
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def aged(ledger):
    """Nothing; the ledger is as the first layout had it: hashes in parts are texts, other sealed tables."""
    document = json.loads((ledger / NAME).read_text())
    for path in (ledger / "parts").iterdir():
        table = pq.read_table(path)
        texts = hash_texts(table["tx_hash"].combine_chunks())
        assert texts.type == pa.string() != table["tx_hash"].type
        at = table.schema.get_field_index("tx_hash")
        pq.write_table(table.set_column(at, "tx_hash", texts), path, compression="zstd")
    for source in document["sources"]:
        source["files"] = {name: sha256_of(ledger / name) for name in source["files"]}
    folder = ledger / document["sealed"]["folder"]
    for path in folder.iterdir():
        path.unlink()
    for name in OLD_FILES:
        (folder / name).write_bytes(b"as it was")
    document["sealed"]["files"] = {name: sha256_of(folder / name) for name in OLD_FILES}
    (ledger / NAME).write_text(json.dumps({**document, "layout": 1}))


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two made files of transactions."""
    folder = tmp_path_factory.mktemp("files")
    for seed, name in enumerate(("a.parquet", "b.parquet")):
        make_ledger_file(folder / name, LedgerRequest(transfers=1000, seed=seed))
    return folder / "a.parquet", folder / "b.parquet"


@pytest.fixture
def old(files, tmp_path):
    imported(tmp_path / "old", files[0])
    aged(tmp_path / "old")
    return tmp_path / "old"


def test_it_is_sealed_again_when_it_is_opened(files, old, tmp_path):
    assert verify_ledger(old) > 0
    imported(tmp_path / "new", files[0])
    one, other = open_ledger(old), open_ledger(tmp_path / "new")
    assert told(one).equals(told(other))
    assert one.pools().equals(other.pools())
    assert one.fingerprint == other.fingerprint
    assert sealed(old) == sealed(tmp_path / "new")
    assert json.loads((old / NAME).read_text())["layout"] == 2
    assert verify_ledger(old) == verify_ledger(tmp_path / "new")
    assert [path.name for path in old.glob("sealed-*")] == [load_manifest(old).sealed["folder"]]


def test_it_takes_another_file_beside_its_old_parts(files, old, tmp_path):
    assert imported(old, files[1]).sealed["counts"]["movements"] == 2000
    imported(tmp_path / "new", *files)
    assert sealed(old) == sealed(tmp_path / "new")
    assert told(open_ledger(old)).equals(told(open_ledger(tmp_path / "new")))
    assert verify_ledger(old) > 0


def test_a_file_that_it_has_is_known_and_its_parts_stay(files, old):
    before = {path.name: path.read_bytes() for path in (old / "parts").iterdir()}
    (found,) = import_files([files[0]], old, ImportRequest(batch_rows=BATCH_ROWS))
    assert found.known
    seal_import(old)
    assert {path.name: path.read_bytes() for path in (old / "parts").iterdir()} == before
