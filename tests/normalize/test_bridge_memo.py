"""THORChain's memos on Bitcoin, made by hand and in a real block."""

import json

import pyarrow as pa
import pytest

from bongsu.model.asset import BITCOIN
from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.normalize.bridge_memo import CONFIDENCE, memo_of, normalize_blocks, normalize_etl
from bongsu.normalize.context import Context
from bongsu.read import bitcoin_block

VAULT = bytes.fromhex("0014" + "ab" * 20)
HASH = "8330CAC064370F86352D247DE3046C9AA8C3E53C78760E5D35CFC7CAA3068DC6"
TO = "0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0"


def op_return(text):
    data = text if isinstance(text, bytes) else text.encode()
    return b"\x6a" + (bytes((len(data),)) if len(data) <= 75 else b"\x4c" + bytes((len(data),))) + data


def blocks(*transactions):
    rows = [
        {
            "block_hash": "00",
            "block_height": 700_000,
            "block_time": 1_630_000_000,
            "tx_count": 2,
            "tx_index": number,
            "hash": f"{number:064x}",
            "inputs": [],
            "outputs": [{"value": value, "script": script} for script, value in outputs],
            "locator": number,
        }
        for number, outputs in enumerate(transactions, start=1)
    ]
    schema = bitcoin_block.RAW.append(pa.field("locator", pa.int64()))
    return Batch(rows=pa.Table.from_pylist(rows, schema=schema), rejects=REJECT.empty_table())


def etl(*transactions):
    rows = [
        {
            "hash": f"{number:064x}",
            "block_number": "700000",
            "block_timestamp": "1630000000",
            "outputs": json.dumps(
                [{"index": n, "script_hex": s.hex(), "value": v} for n, (s, v) in enumerate(outputs)]
            ),
            "locator": number,
        }
        for number, outputs in enumerate(transactions, start=1)
    ]
    return Batch(rows=pa.Table.from_pylist(rows), rejects=REJECT.empty_table())


READERS = [(blocks, normalize_blocks), (etl, normalize_etl)]


@pytest.mark.parametrize(("make", "normalize"), READERS, ids=["blocks", "etl"])
def test_both_sides_on_bitcoin(make, normalize):
    paid_in = [(VAULT, 5_000_000), (VAULT, 70), (op_return(f"=:e:{TO}:1e6/3/0:t:10"), 0)]
    paid_out = [(VAULT, 4_000_000), (op_return(f"OUT:{HASH}"), 0)]
    found = normalize(make(paid_in, [(VAULT, 1)], paid_out), Context())
    assert found.events.schema.equals(BRIDGE_EVENT)
    assert (found.rows_in, found.set_aside) == (3, {"no_memo": 1})
    deposit, withdrawal = found.events.to_pylist()
    assert (deposit["direction"], int(deposit["amount"]), deposit["transfer_id"]) == (
        "deposit",
        5_000_000,
        f"{1:064x}".upper(),
    )
    assert (deposit["beneficiary"], deposit["other_asset"]) == (TO, "eip155:1/slip44:60")
    assert (withdrawal["direction"], withdrawal["transfer_id"], int(withdrawal["amount"])) == (
        "withdrawal",
        HASH,
        4_000_000,
    )
    assert withdrawal["beneficiary"].startswith("bc1q")
    assert {deposit["chain"], withdrawal["chain"]} == {BITCOIN}
    assert {deposit["confidence"], withdrawal["confidence"]} == {CONFIDENCE}
    assert not deposit["established"]
    assert (deposit["block"], deposit["locator"], withdrawal["locator"]) == (700_000, 1, 3)


@pytest.mark.parametrize(
    "text", ["MIGRATE:12", "hello", "omni\0\0", b"\xff\xfe", "SWAP:x", "consolidate", "=:zz:y"]
)
def test_other_texts_are_no_side_of_a_transfer(text):
    found = normalize_blocks(blocks([(VAULT, 1), (op_return(text), 0)]), Context())
    assert (found.events.num_rows, found.set_aside) == (0, {"no_memo": 1})


@pytest.mark.parametrize(
    ("script", "text"),
    [
        (op_return("a" * 80), "a" * 80),
        (b"\x6a\x4d\x03\x00abc", "abc"),
        (b"\x6a\x02ab\x01c", "abc"),
        (b"\x6a", ""),
        (b"", ""),
        (b"\x6a\x05ab", "ab"),
        (b"\x6a\x51\x01a", ""),
        (b"\x76\xa9", ""),
    ],
)
def test_pushes_of_an_op_return(script, text):
    assert memo_of(script) == text


def test_no_transactions():
    for make, normalize in READERS:
        if make is blocks:
            assert normalize(make(), Context()).events.num_rows == 0


def test_a_real_block_pays_two_customers_of_thorchain(onchain):
    folder = onchain / "bitcoin_raw_blocks"
    counts = {}
    found = []
    for path in sorted((*folder.glob("*.blk.gz"), *folder.glob("*.raw.gz"), *folder.glob("*.bz2"))):
        results = [normalize_blocks(batch, Context()) for batch in bitcoin_block.read(path, batch_rows=2_000)]
        counts[path.name] = sum(result.events.num_rows for result in results)
        found += [event for result in results for event in result.events.to_pylist()]
    assert sorted(counts.values()) == [0, 0, 0, 2]
    assert [(e["direction"], int(e["amount"]), e["beneficiary"], e["transfer_id"]) for e in found] == [
        (
            "withdrawal",
            35_555_164,
            "bc1qdxrce4ms9hvaxvh9p3rdmxfdtvvzt9y3zq829a",
            "BD292BDD60707F967D0088417495E5BDC38B9FABAB5CE1809296BC39E325DA23",
        ),
        (
            "withdrawal",
            30_921_233,
            "bc1qpcdh8pmn4ql4awuwtrs0rhcm8akf8f6pywf6z7",
            "B7CECDE56CE45114C3C3A46705AAA6313AF9179654BA7A02D80104E91FDE88FE",
        ),
    ]
    assert {e["block"] for e in found} == {702_861}
