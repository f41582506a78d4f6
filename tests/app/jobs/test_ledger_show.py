"""What a ledger holds, what it refused, whether it is whole."""

import json

import pytest

from bongsu.app.jobs.ledger_import import import_files, seal_import
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.app.jobs.ledger_show import list_rejects, show_ledger, verify_ledger
from bongsu.errors import LedgerError

A, B = "0x" + "1" * 40, "0x" + "2" * 40


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(f"a,b,usd\n{A},{B},1.25\n{A},{B},-1\n{A},nobody,2\n{A},{B},\n")
    columns = {"from": "a", "to": "b", "value": "usd"}
    request = ImportRequest(
        format="flows", columns=columns, unit="USD", license="CC0", note="made up", batch_rows=2
    )
    list(import_files([path], tmp_path / "ledger", request))
    return tmp_path / "ledger"


def test_sources_then_the_whole(ledger):
    source, whole = json.loads(json.dumps(list(show_ledger(ledger))))
    assert (source["name"], source["license"], source["note"]) == ("flows.csv", "CC0", "made up")
    assert source["options"] == {
        "chain": "eip155:1",
        "columns": {"from": "a", "to": "b", "value": "usd"},
        "unit": "USD",
    }
    assert source["rejects"] == {"bad_address": 1, "negative_amount": 1}
    assert (whole["movements"], whole["dropped"], whole["pools"], whole["gaps"]) == (
        1,
        1,
        2,
        {"needs_amount": 1},
    )
    assert whole["unfinished"] == {}


def test_rejects_in_the_order_of_the_file_or_of_one_rule(ledger):
    found = list(list_rejects(ledger))
    assert [(one["locator"], one["rule"]) for one in found] == [(2, "negative_amount"), (3, "bad_address")]
    assert all(len(one["source"]) == 64 and one["name"] == "flows.csv" for one in found)
    assert [one["locator"] for one in list_rejects(ledger, rule="bad_address")] == [3]


def test_one_changed_bit_is_found(ledger):
    seal_import(ledger)
    assert verify_ledger(ledger) > 5
    (path,) = ledger.glob("sealed-*/name.arrow")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"name\.arrow"):
        verify_ledger(ledger)
