import json
from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pytest
from tests.data.check_case import (
    INCIDENT,
    ROWS,
    SECOND,
    STRANGER,
    THIEF,
    import_flows,
    small_ledger,
    write_rows,
)

import bongsu
from bongsu.app.jobs import check_prepare
from bongsu.app.jobs.check_prepare import exposure_key, plain, prepare_exposures
from bongsu.errors import LedgerError
from bongsu.model.label import LABEL
from bongsu.store.label import write_labels


@pytest.fixture
def ledger(tmp_path):
    return small_ledger(tmp_path)


def own_label(ledger, **other):
    row = {
        "chain": "eip155:1", "address": SECOND, "name": "n", "category": "mixer", "entity": "",
        "source": "mine", "confidence": 99, "valid_from": None, "valid_to": None, "license": "",
    } | other  # fmt: skip
    write_labels(ledger, pa.Table.from_pylist([row], schema=LABEL), source="ab" * 32)


def test_it_is_made_once_and_says_so(ledger):
    stages = []
    made = prepare_exposures(ledger, progress=stages.append)
    assert len(stages) == len(made.note["incidents"]) + 2
    assert {row["policy"] for row in made.exposures_of(SECOND)} == set(made.note["policies"])
    stages.clear()
    again = prepare_exposures(ledger, progress=stages.append)
    assert stages == []
    assert again.note == made.note


def test_the_note_says_what_was_looked_for(ledger):
    note = prepare_exposures(ledger).note
    states = {one["id"]: one["state"] for one in note["incidents"]}
    assert states.pop(INCIDENT) == "traced"
    assert set(states.values()) == {"absent", "no_addresses"}
    assert note["as_of"] == {"eip155:1": [17395815, "2023-06-03T00:05:00Z"]}
    assert note["ledger"]["valuation"] is True
    assert note["conserving"] == [name for name in note["policies"] if name != "poison"]


def test_the_key_changes_with_sources_facts_labels_and_version(ledger, tmp_path, monkeypatch):
    seen = [exposure_key(ledger)]
    assert exposure_key(ledger) == seen[0]
    own_label(ledger)
    seen.append(exposure_key(ledger))
    import_flows(ledger, write_rows(tmp_path / "more.csv", [*ROWS[:3], (THIEF, STRANGER, "0.01")]))
    seen.append(exposure_key(ledger))
    monkeypatch.setattr(bongsu, "__version__", "other")
    seen.append(exposure_key(ledger))
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "one.yaml").write_text("a: 1")
    monkeypatch.setattr(check_prepare, "FACT_FILES", facts)
    seen.append(exposure_key(ledger))
    (facts / "one.yaml").write_text("a: 2")
    seen.append(exposure_key(ledger))
    assert len(set(seen)) == len(seen)


def test_own_labels_stop_value_and_are_kept(ledger):
    own_label(ledger)
    made = prepare_exposures(ledger)
    (row,) = (row for row in made.exposures_of(SECOND) if row["policy"] == "fifo")
    assert row["stop"] == "mixer"
    assert [kind for kind, fact in made.facts_of(SECOND)] == ["label"]


def test_an_own_list_of_sanctions_becomes_listings(ledger):
    own_label(ledger, category="sanctioned", name="List: somebody", valid_from=date(2026, 11, 1))
    ((kind, listing),) = prepare_exposures(ledger).facts_of(SECOND)
    assert kind == "sanction"
    assert (listing["subject"], listing["listed"], listing["delisted"]) == (
        "List: somebody",
        "2026-11-01",
        None,
    )
    assert listing["source"] == "mine"


def test_shipped_listings_are_not_told_twice(ledger):
    found = prepare_exposures(ledger).facts_of("0x098b716b8aaf21512996dc57eb0615e2383e2f96")
    assert {kind for kind, fact in found} == {"sanction", "role", "label"}
    assert all(fact["category"] != "sanctioned" for kind, fact in found if kind == "label")


def test_new_files_are_sealed_first(ledger, tmp_path):
    from bongsu.app.jobs.ledger_import import ImportRequest, import_files

    prepare_exposures(ledger)
    more = write_rows(tmp_path / "more.csv", [*ROWS, (SECOND, STRANGER, "0.10")][-6:])
    columns = {name: name for name in ("tx", "block", "time", "from", "to", "value")}
    assert list(import_files([more], ledger, ImportRequest(format="flows", columns=columns, unit="USD")))
    assert prepare_exposures(ledger).chains_of(STRANGER)
    assert len(list((ledger / "derived").iterdir())) == 1


def test_a_ledger_that_keeps_changing_is_refused(ledger, monkeypatch):
    monkeypatch.setattr(check_prepare, "open_exposures", lambda *_arguments: None)
    with pytest.raises(LedgerError, match="changed meanwhile"):
        prepare_exposures(ledger)


def test_plain_data_has_utc_times():
    east = timezone(timedelta(hours=9))
    value = {"a": [datetime(2026, 1, 2, 9, tzinfo=east), date(2026, 1, 2)], "b": (None, 1)}
    assert plain(value) == {"a": ["2026-01-02T00:00:00Z", "2026-01-02"], "b": [None, 1]}
    assert json.loads(json.dumps(plain(datetime(2026, 1, 2, tzinfo=UTC)))) == "2026-01-02T00:00:00Z"
