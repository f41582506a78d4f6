import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.model.transfer import LAST_POSITION
from bongsu.normalize.bitcoin_etl import parse_inputs, parse_outputs
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import LAST_TX_INDEX

FORMAT = "bitcoin-etl"
GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SCRIPT = "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac"
TXID, SPENT = "ab" * 32, "cd" * 32
PAID = {"index": "0", "script_hex": SCRIPT, "addresses": [GENESIS], "type": "pubkeyhash", "value": "90"}
MADE = {
    "index": "0",
    "spent_transaction_hash": SPENT,
    "spent_output_index": "3",
    "type": "pubkeyhash",
    "addresses": [GENESIS],
    "value": "100",
}


def row(inputs=(MADE,), outputs=(PAID,), **more: str | None) -> dict[str, str | None]:
    return {
        "hash": TXID,
        "block_number": "800000",
        "block_hash": "ee" * 32,
        "block_timestamp": "1700000000",
        "is_coinbase": "false",
        "index": "4",
        "inputs": json.dumps(inputs) if inputs else None,
        "outputs": json.dumps(outputs),
    } | more


def test_a_transaction(normalize_rows):
    made = normalize_rows([row()], FORMAT)
    assert [
        (t["source"], t["target"], t["amount"], t["address"], t["position"])
        for t in made.transfers.to_pylist()
    ] == [
        (f"{SPENT}:3", TXID, 100, GENESIS, 0),
        (TXID, f"{TXID}:0", 90, GENESIS, 10**6),
        (TXID, "fee:800000", 10, None, LAST_POSITION),
    ]
    assert set(made.transfers["tx_index"].to_pylist()) == {4}
    assert made.gaps.num_rows == 0


def test_a_coinbase_sorts_last_and_an_unknown_place_stays_unknown(normalize_rows):
    coins = row((), is_coinbase="true", index="0")
    made = normalize_rows([coins, coins | {"index": None}, row(index=None)], FORMAT)
    places = {(t["locator"], t["tx_index"]) for t in made.transfers.to_pylist()}
    assert places == {(1, LAST_TX_INDEX), (2, None), (3, None)}
    assert ("null", TXID, 90) in {(t["source"], t["target"], t["amount"]) for t in made.transfers.to_pylist()}


def test_other_tables_of_a_stream_are_set_aside(normalize_rows):
    made = normalize_rows([row(type="transaction"), row(type="block")], FORMAT)
    assert made.set_aside == {"other_table": 1}
    assert made.rows_kept == 1


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"hash": "ab"}, "bad_hash"),
        ({"hash": None}, "bad_hash"),
        ({"block_number": None}, "missing_value"),
        ({"is_coinbase": "perhaps"}, "bad_flag"),
        ({"index": "-1"}, "bad_number"),
        ({"outputs": "{"}, "bad_list"),
        ({"outputs": None}, "no_outputs"),
        ({"inputs": None}, "no_inputs"),
        ({"output_count": "2"}, "inconsistent_count"),
        ({"input_count": "2"}, "inconsistent_count"),
        ({"outputs": json.dumps([PAID | {"value": "-1"}])}, "negative_amount"),
        ({"outputs": json.dumps([PAID | {"value": "2100000000000001"}])}, "amount_out_of_range"),
        ({"outputs": json.dumps([PAID | {"value": "1.5"}])}, "inexact_amount"),
        ({"outputs": json.dumps([PAID | {"value": None}])}, "bad_amount"),
        ({"outputs": json.dumps([PAID | {"value": "101"}])}, "outputs_exceed_inputs"),
        ({"outputs": json.dumps([PAID | {"script_hex": "7"}])}, "bad_script"),
        ({"inputs": json.dumps([MADE | {"spent_transaction_hash": "x"}])}, "bad_hash"),
        ({"inputs": json.dumps([MADE | {"addresses": [GENESIS[:-1] + "b"]}])}, "bad_checksum"),
    ],
)
def test_bad_rows(normalize_rows, change, rule):
    made = normalize_rows([row(), row() | change, row()], FORMAT)
    assert [(r["locator"], r["rule"]) for r in made.rejects.to_pylist()] == [(2, rule)]
    assert set(made.transfers["locator"].to_pylist()) == {1, 3}


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ({}, GENESIS),
        ({"type": "pubkey"}, None),
        ({"type": "nonstandard", "addresses": ["nonstandard" + "00" * 20]}, None),
        ({"addresses": ["nonstandard" + "00" * 20]}, None),
        ({"addresses": [GENESIS, "3QGenMj5hD4LBp24xow1hsagmMDjgnDpoo"]}, None),
        ({"addresses": []}, None),
        ({"addresses": None}, None),
    ],
)
def test_address_of_a_spent_output(item, address):
    (found,) = parse_inputs(json.dumps([MADE | item]))
    assert found["address"] == address


def test_a_script_counts_more_than_the_addresses_beside_it():
    pubkey = PAID | {"script_hex": "41" + "04" * 65 + "ac", "type": "pubkey"}
    bare = {name: PAID[name] for name in ("index", "addresses", "type", "value")}
    found = parse_outputs(json.dumps([pubkey, bare, PAID | {"value": "90.000000000"}]))
    assert not isinstance(found, Fault)
    assert [one["address"] for one in found] == [None, GENESIS, GENESIS]
    assert [one["amount"] for one in found] == [90, 90, 90]


def test_a_parquet_export_says_the_same(tmp_path, import_file, normalize_rows):
    given = row(inputs=None) | {"inputs": [MADE], "outputs": [PAID]}
    pq.write_table(pa.Table.from_pylist([given]), tmp_path / "x.parquet")
    assert import_file(tmp_path / "x.parquet", FORMAT).transfers == normalize_rows([row()], FORMAT).transfers


REAL = {
    # name: amounts of spends, fees, transactions with a gap
    "block_with_transactions_expected_transactions.json": ([None] * 3, [None] * 2, 2),
    "stream_50001_50002_expected_transactions.json": ([5 * 10**9, 5 * 10**9, 5 * 10**9], [], 0),
}


@pytest.mark.parametrize("name", REAL)
def test_real_files(onchain, import_file, name):
    spends, fees, gaps = REAL[name]
    made = import_file(onchain / "bitcoin-etl" / name, FORMAT)
    assert (made.rows_in, made.rows_kept, made.rejects.num_rows, made.gaps.num_rows) == (4, 4, 0, gaps)
    by_kind = {
        kind: [t["amount"] for t in made.transfers.to_pylist() if t["kind"] == kind]
        for kind in ("spend", "fee", "subsidy", "claim")
    }
    assert by_kind == {"spend": spends, "fee": fees, "subsidy": [50 * 10**8] * 2, "claim": []}
