import json

import pytest

from bongsu.model.transfer import LAST_POSITION

FORMAT = "bitcoin-rpc"
TXID, SPENT = "ab" * 32, "cd" * 32
SCRIPT = {"hex": "0014751e76e8199196d454941c45d1b3a323f1433bd6"}
ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
VIN = {"txid": SPENT, "vout": 3}
PREVOUT = {"prevout": {"value": "0.00000100", "scriptPubKey": SCRIPT}}
VOUT = {"value": "9e-7", "n": 0, "scriptPubKey": SCRIPT}


def row(vin=(VIN,), vout=(VOUT,), **more: str | None) -> dict[str, str | None]:
    return {
        "block_hash": "ee" * 32,
        "height": "800000",
        "time": "1700000000",
        "tx_count": "5",
        "tx_index": "4",
        "txid": TXID,
        "fee": None,
        "vin": json.dumps(vin),
        "vout": json.dumps(vout),
    } | more


def short(made):
    return [
        (t["source"], t["target"], t["amount"], t["address"], t["position"])
        for t in made.transfers.to_pylist()
    ]


def test_with_the_outputs_that_are_spent(normalize_rows):
    made = normalize_rows([row([VIN | PREVOUT], fee="0.0000001")], FORMAT)
    assert short(made) == [
        (f"{SPENT}:3", TXID, 100, ADDRESS, 0),
        (TXID, f"{TXID}:0", 90, ADDRESS, 10**6),
        (TXID, "fee:800000", 10, None, LAST_POSITION),
    ]
    assert made.gaps.num_rows == 0


@pytest.mark.parametrize(("fee", "amount"), [(None, None), ("0.00000010", 10)])
def test_without_them_the_fee_may_be_stated(normalize_rows, fee, amount):
    made = normalize_rows([row(fee=fee)], FORMAT)
    assert [t[2] for t in short(made)] == [None, 90, amount]
    assert made.gaps["reason"].to_pylist() == ["needs_inputs"]


def test_a_coinbase(normalize_rows):
    coins = row([{"coinbase": "00"}], [VOUT | {"value": "6.25000001"}], tx_index="0")
    made = normalize_rows([coins, coins | {"height": None}], FORMAT)
    assert [
        (t["source"], t["amount"], t["tx_index"]) for t in made.transfers.to_pylist() if t["target"] == TXID
    ] == [
        ("null", 625_000_000, 5),
        ("null", 625_000_001, 5),
        ("fee:800000", 1, 5),
    ]
    assert made.gaps["reason"].to_pylist() == ["needs_height"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"txid": "ab"}, "bad_hash"),
        ({"tx_index": None}, "missing_value"),
        ({"vin": "null"}, "bad_list"),
        ({"vin": json.dumps([{"txid": "x", "vout": 0}])}, "bad_hash"),
        ({"vin": json.dumps([{"coinbase": "00"}])}, "no_inputs"),
        ({"vout": json.dumps([{"value": "1", "n": 0}])}, "bad_list"),
        ({"vout": json.dumps([VOUT | {"value": "0.000000001"}])}, "inexact_amount"),
        ({"vout": json.dumps([VOUT | {"value": "21000000.00000001"}])}, "amount_out_of_range"),
        ({"vout": json.dumps([VOUT | {"value": "-1"}])}, "negative_amount"),
        ({"vout": json.dumps([VOUT | {"n": -1}])}, "bad_number"),
        ({"fee": "21000001"}, "amount_out_of_range"),
        ({"fee": "-0.1"}, "negative_amount"),
        ({"vin": json.dumps([VIN | PREVOUT]), "fee": "0.00000011"}, "inconsistent_fee"),
    ],
)
def test_bad_rows(normalize_rows, change, rule):
    made = normalize_rows([row(), row() | change], FORMAT)
    assert [(r["locator"], r["rule"]) for r in made.rejects.to_pylist()] == [(2, rule)]
    assert set(made.transfers["locator"].to_pylist()) == {1}


def test_the_real_block_says_the_same_as_bitcoin_etl(onchain, import_file):
    folder = onchain / "bitcoin-etl"
    told = import_file(folder / "rpc_getblock_verbosity2_block50002.json", FORMAT).transfers
    etl = import_file(folder / "block_with_transactions_expected_transactions.json", "bitcoin-etl").transfers
    same = ["chain", "asset", "block", "time", "position", "tx_hash", "source", "target", "address", "amount"]
    ours = told.select([*same, "kind"]).to_pylist()
    theirs = [t for t in etl.select([*same, "kind"]).to_pylist() if t["block"] == 50_001]
    assert sorted(map(str, ours)) == sorted(map(str, theirs))
    assert len(ours) == 9
