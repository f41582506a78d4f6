"""Decoded events of a ledger at rest."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.bridge_case import deposit, events
from tests.data.conversion_case import PLAIN

from bongsu.errors import LedgerError
from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.model.conversion import CONVERSION
from bongsu.model.gap import GAP
from bongsu.model.ports import Normalized
from bongsu.model.reject import REJECT
from bongsu.model.transfer import TRANSFER
from bongsu.store import event_file
from bongsu.store.event_file import CITED, Events, ready_events
from bongsu.store.manifest import Manifest, SourceRecord

SHA = "cd" * 32


def made(legs=(), sides=()):
    """A batch of these events and nothing else."""
    return Normalized(
        rows_in=0,
        rows_kept=0,
        transfers=TRANSFER.empty_table(),
        rejects=REJECT.empty_table(),
        gaps=GAP.empty_table(),
        events=pa.Table.from_pylist(list(legs), schema=CONVERSION),
        crossings=events(*sides),
    )


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Events of twenty transactions in groups of four rows."""
    monkeypatch.setattr(event_file, "GROUP_ROWS", 4)
    legs = [{**PLAIN, "tx_hash": f"0x{n:064x}", "locator": n + 1} for n in reversed(range(20))]
    tables = ready_events(made(legs, [deposit("t2"), deposit("t1")]), SHA)
    files = {}
    for folder, table in tables.items():
        path = tmp_path / folder / "a-00000.parquet"
        path.parent.mkdir()
        pq.write_table(table, path, row_group_size=4)
        files[f"{folder}/{path.name}"] = ""
    record = SourceRecord(sha256=SHA, name="logs", format="x", files=files)
    return Events.of(tmp_path, Manifest(sources=[record]))


def test_a_kind_without_events_makes_no_file():
    assert ready_events(made(), SHA) == {}
    assert list(ready_events(made(sides=[deposit("a")]), SHA)) == ["crossings"]


def test_conversions_of_some_transactions_and_which_source_states_them(stored):
    found = stored.conversions_of([f"0x{7:064x}", "0xabsent"])
    assert found.schema.equals(CITED)
    assert [(row["locator"], row["file"]) for row in found.to_pylist()] == [(8, 0)]
    assert stored.conversions_of([]).num_rows == 0


def test_only_groups_that_may_hold_one_are_read(stored, monkeypatch):
    read = []
    whole = pq.ParquetFile.read_row_groups
    monkeypatch.setattr(
        pq.ParquetFile, "read_row_groups", lambda file, groups: read.append(groups) or whole(file, groups)
    )
    assert stored.conversions_of([f"0x{9:064x}"]).num_rows == 1
    assert read == [[2]]


def test_sides_name_their_source_and_are_found_by_transaction_or_all(stored):
    assert stored.crossings_of().schema.equals(BRIDGE_EVENT)
    assert stored.crossings_of()["tx_hash"].to_pylist() == ["t1", "t2"]
    assert stored.crossings_of(["t2"])["source"].to_pylist() == [SHA]


def test_a_file_that_is_gone_is_said(stored):
    for path in stored.conversions:
        path.unlink()
    with pytest.raises(LedgerError):
        stored.conversions_of([f"0x{7:064x}"])
