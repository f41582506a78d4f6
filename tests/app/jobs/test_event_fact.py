"""Facts that decide what logs say."""

from tests.data.abi_log import write_logs
from tests.data.acceptance import import_all
from tests.data.bridge_log import both_sides

from bongsu.app.jobs import ledger_import
from bongsu.app.jobs.event_fact import DECODED, event_facts
from bongsu.app.jobs.ledger_import import ImportRequest, import_files
from bongsu.normalize.registry import NORMALIZERS
from bongsu.store.ledger import open_ledger
from bongsu.store.manifest import load_manifest

LOGS = "ethereum-etl/logs"


def test_formats_are_known():
    assert set(NORMALIZERS) >= DECODED


def test_one_digest_of_the_facts():
    assert event_facts() == event_facts()
    assert len(event_facts()) == 64


def test_logs_are_read_again_when_facts_change(tmp_path, monkeypatch):
    _slug, (rows, _chain), _other = both_sides()["ronin in"]
    path = write_logs(tmp_path / "logs.csv", rows)
    folder = import_all(tmp_path / "ledger", [path], format=LOGS)
    (record,) = load_manifest(folder).sources
    assert record.context == {"events": event_facts()}
    assert any(name.startswith("crossings/") for name in record.files)
    assert open_ledger(folder).crossings()["bridge"].to_pylist() == ["ronin-bridge"]
    monkeypatch.setattr(ledger_import, "event_facts", lambda: "other")
    (again,) = import_files([path], folder, ImportRequest(format=LOGS))
    assert not again.known
