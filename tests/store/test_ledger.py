"""Ledgers as the analysis sees them."""

import numpy as np
import pyarrow as pa
import pytest
from tests.data.ledger_rows import gaps, rows, sources, told

from bongsu.errors import LedgerError
from bongsu.model.gap import GAP
from bongsu.model.movement import MOVEMENT
from bongsu.model.pool import POOL
from bongsu.model.ports import Ledger
from bongsu.model.transfer import TRANSFER
from bongsu.store.ledger import memory_ledger, open_ledger
from bongsu.store.manifest import Manifest, SourceRecord, save_manifest
from bongsu.store.part import PartWriter
from bongsu.store.seal_folder import seal_ledger

GIVEN = rows(*[{"tx_hash": f"t{n}", "block": n, "source": "abc"[n % 3], "amount": n + 1} for n in range(20)])


def stored(folder, transfers):
    """A folder that holds the same rows, one source."""
    record = SourceRecord(sha256="0" * 64, name="file 0", format="flows")
    writer = PartWriter(ledger=folder, record=record)
    writer.files = writer._put("parts/x.parquet", transfers.select(TRANSFER.names))
    writer.files |= writer._put("gaps/x.parquet", gaps({}))
    record.files = writer.files
    save_manifest(folder, Manifest(sources=[record]))


def test_folder_and_memory_give_the_same(tmp_path):
    stored(tmp_path, GIVEN)
    one, other = open_ledger(tmp_path), memory_ledger(GIVEN, sources(), gaps=gaps({}))
    for ledger in (one, other):
        seen: Ledger = ledger
        assert seen.movements().schema.equals(MOVEMENT, check_metadata=True)
        assert seen.pools().schema.equals(POOL, check_metadata=True)
        assert seen.gaps().schema.equals(GAP)
        assert all(ends.dtype == np.uint32 for ends in seen.ends())
    assert told(one).equals(told(other))
    assert one.pools().equals(other.pools())
    assert one.gaps().equals(other.gaps())
    assert one.sources == other.sources
    assert one.fingerprint == other.fingerprint


def test_ends_are_the_pools_of_the_movements(tmp_path):
    stored(tmp_path, GIVEN)
    ledger = open_ledger(tmp_path)
    sources_, targets = ledger.ends()
    assert sources_.tolist() == ledger.movements().column("source").to_pylist()
    assert targets.tolist() == ledger.movements().column("target").to_pylist()
    assert ledger.movements(np.array([7, 3])).column("block").to_pylist() == [7, 3]


def test_amount_limbs_are_in_the_buffer():
    amounts = [1, 2**64 + 5, 10**38 - 1]
    given = rows(*[{"tx_hash": f"t{n}", "block": n, "amount": one} for n, one in enumerate(amounts)])
    column = memory_ledger(given, sources()).movements().column("amount").combine_chunks()
    buffer = (column.chunk(0) if isinstance(column, pa.ChunkedArray) else column).buffers()[1]
    limbs = np.frombuffer(buffer, "<u8").reshape(-1, 2)[:3]
    assert [int(low) + (int(high) << 64) for low, high in limbs] == amounts


def test_files_are_numbered_by_hash_and_not_by_place():
    one = memory_ledger(rows({"file": 0}, {"tx_hash": "t2", "file": 1}), sources(2))
    other = memory_ledger(rows({"file": 1}, {"tx_hash": "t2", "file": 0}), sources(2)[::-1])
    assert one.sources == other.sources
    assert one.fingerprint == other.fingerprint
    by_hash = [
        dict(zip(t["tx_hash"].to_pylist(), t["file"].to_pylist(), strict=True))
        for t in (told(one), told(other))
    ]
    assert by_hash == [{"t1": 0, "t2": 1}] * 2


def test_ledger_without_rows(tmp_path):
    save_manifest(tmp_path, Manifest())
    ledger = open_ledger(tmp_path)
    assert [ledger.movements().num_rows, ledger.pools().num_rows, ledger.gaps().num_rows] == [0, 0, 0]
    assert [len(ends) for ends in ledger.ends()] == [0, 0]
    assert ledger.find_pools(["0x" + "a" * 40, "null"]).tolist() == []
    assert ledger.accounts_alike(["0x" + "a" * 40]) == set()


def test_damaged_part_is_an_error_that_a_person_can_mend(tmp_path):
    stored(tmp_path, GIVEN)
    (tmp_path / "parts/x.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(LedgerError, match=r"parts/x\.parquet"):
        seal_ledger(tmp_path)


def test_ends_that_are_cut_off_are_an_error_that_a_person_can_mend(tmp_path):
    for name, left in (("source.u32", 0), ("target.u32", 4)):
        folder = tmp_path / name
        stored(folder, GIVEN)
        sealed = folder / seal_ledger(folder).sealed["folder"] / name
        sealed.write_bytes(sealed.read_bytes()[:left])
        with pytest.raises(LedgerError, match=name) as caught:
            open_ledger(folder)
        assert "verify" in caught.value.hint
