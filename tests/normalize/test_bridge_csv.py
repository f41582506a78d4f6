"""Sides of transfers over bridges from tables: rows checked, names made standard."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from bongsu.model.asset import erc20_id
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.normalize.bridge_csv import CONFIDENCE, BridgeTable, normalize
from bongsu.read.bridge_csv import NAMES

HASH, TOKEN, PAID = "ab" * 32, "0x" + "c0" * 20, "0x" + "1b" * 20
GOOD = {
    "bridge": "nomad", "direction": "Deposit", "chain": "1", "time": "1659000000", "tx": "0x" + HASH.upper(),
    "position": "4", "block": "15", "asset": TOKEN.upper().replace("X", "x"), "amount": "1000",
    "sender": "0x" + "AA" * 20, "beneficiary": PAID, "other_chain": "1650811245", "id": "9",
}  # fmt: skip
NOTHING = BridgeTable()


def read(*rows, told=NOTHING):
    table = pa.table(
        {name: pa.array([row.get(name) for row in rows], pa.string()) for name in NAMES}
        | {"locator": pa.array(range(1, len(rows) + 1), pa.int64())}
    )
    return normalize(Batch(rows=table, rejects=REJECT.empty_table()), told)


def rules(found):
    return [(row["locator"], row["rule"]) for row in found.rejects.to_pylist()]


def test_row_becomes_an_event_in_standard_form():
    found = read(GOOD)
    (event,) = found.events.to_pylist()
    assert event | {"source": ""} == {
        "bridge": "nomad", "chain": "eip155:1", "block": 15, "time": datetime(2022, 7, 28, 9, 20, tzinfo=UTC),
        "tx_hash": "0x" + HASH, "position": 4, "direction": "deposit", "asset": erc20_id("eip155:1", TOKEN),
        "amount": 1000, "decimals": None, "sender": "0x" + "aa" * 20, "beneficiary": PAID,
        "other_chain": "eip155:1284", "other_asset": None, "transfer_id": "9", "memo": None, "emitter": None,
        "established": True, "confidence": CONFIDENCE, "source": "", "locator": 1,
    }  # fmt: skip
    assert (found.rows_in, found.rejects.num_rows) == (1, 0)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"bridge": None}, "missing_value"),
        ({"direction": "swap"}, "bad_direction"),
        ({"direction": None}, "missing_value"),
        ({"chain": None}, "unknown_chain"),
        ({"chain": "Atlantis"}, "unknown_chain"),
        ({"other_chain": "Atlantis"}, "unknown_chain"),
        ({"tx": "0x12"}, "bad_hash"),
        ({"tx": None}, "bad_hash"),
        ({"asset": "USDC"}, "bad_asset"),
        ({"amount": "-1"}, "negative_amount"),
        ({"amount": "1.5"}, "inexact_amount"),
        ({"time": "yesterday"}, "bad_time"),
        ({"decimals": "37"}, "bad_number"),
    ],
)
def test_row_that_cannot_be_an_event_is_a_reject(changed, rule):
    found = read(GOOD, GOOD | changed, GOOD)
    assert rules(found) == [(2, rule)]
    assert found.events["locator"].to_pylist() == [1, 3]


def test_what_is_told_holds_for_all_rows_and_beats_the_table():
    told = BridgeTable(
        bridge="hop", direction="withdrawal", chain="eip155:10", other_chain="1", confidence=60
    )
    event = read(GOOD | {"bridge": None, "direction": None, "chain": None}, told=told).events.to_pylist()[0]
    assert (event["bridge"], event["direction"], event["chain"]) == ("hop", "withdrawal", "eip155:10")
    assert (event["other_chain"], event["confidence"]) == ("eip155:1", 60)


def test_zero_address_is_the_coin_and_known_assets_have_their_decimals():
    usdc = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
    rows = (
        GOOD | {"asset": "0x" + "0" * 40},
        GOOD | {"asset": usdc},
        GOOD | {"asset": usdc, "decimals": "8"},
    )
    events = read(*rows).events
    assert events["asset"].to_pylist()[0] == "eip155:1/slip44:60"
    assert events["decimals"].to_pylist() == [18, 6, 8]


def test_what_a_row_does_not_state_is_null_not_a_reject():
    found = read({"bridge": "x", "direction": "deposit", "chain": "eip155:1", "tx": HASH})
    assert found.rejects.num_rows == 0
    event = found.events.to_pylist()[0]
    assert all(event[name] is None for name in ("amount", "asset", "time", "transfer_id", "beneficiary"))
    assert event["tx_hash"] == HASH
