import json
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.check_case import CLEAN, FIRST, HASHES, LOOKALIKE, SECOND, STRANGER, small_ledger

from bongsu.errors import LedgerError
from bongsu.model.exposure import EXPOSURE, PASSAGE
from bongsu.store import exposure
from bongsu.store.column_file import map_column
from bongsu.store.exposure import FACT, DerivedTables, folder_of, open_exposures, write_exposures
from bongsu.store.lock import locked

KEY = "k" * 64
ROW = {
    "incident": "i", "chain": "eip155:1", "asset": "a", "address": SECOND, "policy": "fifo",
    "arrived": Decimal(10**37), "direct": Decimal(0), "held": Decimal(1), "stop": "unspent", "hops": 2,
    "first_arrival": None, "last_arrival": None,
}  # fmt: skip
PASSED = {"incident": "i", "tx_hash": "t2", "source": 1, "target": 2, "policy": "fifo", "amount": Decimal(7)}


def tables(exposures=(ROW,), passages=(PASSED,), facts=()):
    return DerivedTables(
        exposures=pa.Table.from_pylist(list(exposures), schema=EXPOSURE),
        passages=pa.Table.from_pylist(list(passages), schema=PASSAGE),
        facts=pa.Table.from_pylist(list(facts), schema=FACT),
        note={"policies": ["fifo"]},
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return small_ledger(tmp_path_factory.mktemp("store"))


@pytest.fixture
def stored(ledger):
    write_exposures(ledger, KEY, tables())
    return open_exposures(ledger, KEY)


def test_what_was_written_is_found_by_the_whole_address(stored):
    assert stored.note == {"policies": ["fifo"]}
    assert stored.exposures_of(SECOND) == [ROW]
    assert stored.exposures_of(LOOKALIKE) == stored.exposures_of(SECOND[:-1]) == stored.exposures_of("") == []
    assert stored.passages_of("t2") == [PASSED]
    assert stored.passages_of("t") == stored.passages_of("t22") == []


@given(
    names=st.lists(st.text("ab", max_size=3), max_size=30),
    asked=st.text("abc", max_size=3),
)
def test_a_lookup_finds_every_row_and_no_other(names, asked):
    rows = pa.table(
        {"name": names, "row": range(len(names))}, schema=pa.schema({"name": "string", "row": "int64"})
    )
    found = exposure._named(exposure._stable_sorted(rows, "name"), "name", asked)
    assert [one["row"] for one in found] == [row for row, name in enumerate(names) if name == asked]


def test_facts_keep_their_order_and_kind(ledger):
    facts = [{"name": name, "kind": kind, "document": json.dumps({"n": n})} for n, (name, kind) in enumerate(
        [("b", "label"), ("a", "sanction"), ("b", "role"), ("b", "label")]
    )]  # fmt: skip
    write_exposures(ledger, KEY, tables(facts=facts))
    found = open_exposures(ledger, KEY).facts_of("b")
    assert found == [("label", {"n": 0}), ("role", {"n": 2}), ("label", {"n": 3})]


def test_pools_and_movements_of_the_ledger_are_found_too(stored):
    assert stored.chains_of(SECOND) == ["eip155:1"]
    assert stored.chains_of(STRANGER) == stored.chains_of(SECOND[:-1]) == []
    (move,) = stored.movements_of(HASHES[3])
    ends = stored.pools_at([move["source"], move["target"]])
    assert [one["holder"] for one in ends] == [FIRST, SECOND]
    assert stored.movements_of("0x") == []
    assert stored.gaps_of(CLEAN) == 0


def test_gaps_are_counted_by_holder(ledger, tmp_path):
    path = tmp_path / "rows.u32"
    exposure._write_order(path, pa.chunked_array([["b", "a", "b", ""]]))
    order = map_column(path, "<u4")
    assert order.tolist() == [1, 0, 2]
    assert list(tmp_path.iterdir()) == [path]


def test_another_key_finds_nothing_and_takes_the_place(ledger, stored):
    other = "o" * 64
    assert open_exposures(ledger, other) is None
    write_exposures(ledger, other, tables(exposures=()))
    assert open_exposures(ledger, KEY) is None
    assert open_exposures(ledger, other).exposures_of(SECOND) == []
    assert [path.name for path in (ledger / "derived").iterdir()] == [folder_of(ledger, other).name]


@pytest.mark.parametrize("name", ["exposures.arrow", "passages.arrow", "facts.arrow", "note.json"])
def test_what_is_damaged_counts_as_not_there(ledger, stored, name):
    path = folder_of(ledger, KEY) / name
    path.write_bytes(path.read_bytes()[:-3])
    assert open_exposures(ledger, KEY) is None
    path.unlink()
    assert open_exposures(ledger, KEY) is None


def test_a_damaged_table_of_the_right_size_counts_as_not_there(ledger, stored):
    path = folder_of(ledger, KEY) / "passages.arrow"
    path.write_bytes(b"\0" * path.stat().st_size)
    assert open_exposures(ledger, KEY) is None


def test_the_key_is_compared_whole(ledger, stored):
    assert open_exposures(ledger, KEY[:-1] + "x") is None


def test_a_failure_leaves_what_was_there(ledger, stored, monkeypatch):
    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exposure, "_write_note", fail)
    with pytest.raises(LedgerError, match="No space left"):
        write_exposures(ledger, KEY, tables(exposures=()))
    assert open_exposures(ledger, KEY).exposures_of(SECOND) == [ROW]


def test_it_does_not_write_while_another_does(ledger):
    with locked(ledger), pytest.raises(LedgerError, match="another process"):
        write_exposures(ledger, KEY, tables())


def test_no_ledger_is_an_error_with_a_hint(tmp_path):
    with pytest.raises(LedgerError) as caught:
        open_exposures(tmp_path, KEY)
    assert "bongsu ledger import" in caught.value.hint
