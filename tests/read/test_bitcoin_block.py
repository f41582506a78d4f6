import csv
import gzip

import pyarrow as pa
import pytest
from tests.data.block_file import (
    BLOCK_1,
    HASH_1,
    P2PKH,
    TXID_1,
    block,
    coinbase,
    easy_work,
    message,
    transaction,
)

from bongsu.errors import FormatError
from bongsu.read import bitcoin_block
from bongsu.read.bitcoin_block import RAW, chain_heights
from bongsu.read.bitcoin_parse import GENESIS, Header
from bongsu.read.registry import sniff_format

__all__ = ["easy_work"]


@pytest.fixture
def read(tmp_path):
    def run(data: bytes, batch_rows=1000):
        path = tmp_path / "file.blk"
        path.write_bytes(data)
        batches = list(bitcoin_block.read(path, batch_rows=batch_rows))
        assert all(batch.rows.schema.names == [*RAW.names, "locator"] for batch in batches)
        rows = [row for batch in batches for row in batch.rows.to_pylist()]
        return rows, [row for batch in batches for row in batch.rejects.to_pylist()]

    return run


def test_block_1_bare_and_as_a_message(tmp_path, read):
    for data in (BLOCK_1, message(BLOCK_1), gzip.compress(BLOCK_1)):
        (row,), rejects = read(data)
        assert rejects == []
        assert sniff_format(tmp_path / "file.blk") == "bitcoin-blocks"
        assert (row["block_hash"], row["hash"], row["block_height"]) == (HASH_1, TXID_1, 1)
        assert (row["tx_index"], row["tx_count"], row["inputs"], row["locator"]) == (0, 1, [], 1)
        assert row["outputs"][0]["value"] == 50 * 10**8


def test_rows_inputs_made_in_the_same_block_and_cuts(easy_work, read):
    first = coinbase(800_000, [(1, P2PKH)])
    second = transaction([(b"\xaa" * 32, 7)], [(5, P2PKH), (6, b"\x51")], witness=True)
    third = transaction([(second[1], 1), (b"\xbb" * 32, 300)], [(4, b"")])
    one, hashed = block([first, second, third])
    two, _hash = block([coinbase(800_001, [(2, P2PKH)])], previous=hashed)
    data = message(one) + message(two)
    rows, rejects = read(data)
    assert rejects == []
    assert [row["locator"] for row in rows] == [1, 2, 3, 4]
    assert [row["block_height"] for row in rows] == [800_000] * 3 + [800_001]
    assert [row["tx_index"] for row in rows] == [0, 1, 2, 0]
    assert rows[2]["inputs"] == [
        {"hash": second[1][::-1].hex(), "number": 1, "value": 6, "script": b"\x51"},
        {"hash": "bb" * 32, "number": 300, "value": None, "script": None},
    ]
    assert read(data, batch_rows=2) == (rows, rejects)


def test_damaged_blocks_become_rejects_and_the_rest_is_kept(read):
    broken = bytearray(BLOCK_1)
    broken[-20] ^= 1
    weak = bytearray(BLOCK_1)
    weak[76] ^= 1
    good = message(BLOCK_1)
    rows, rejects = read(
        good + message(bytes(broken)) + message(bytes(weak)) + good + message(BLOCK_1 + b"ab")
    )
    assert [row["locator"] for row in rows] == [1, 2, 3]
    assert [(r["locator"], r["rule"]) for r in rejects] == [
        (2, "bad_merkle_root"),
        (2, "bad_proof_of_work"),
        (4, "trailing_bytes"),
    ]
    assert "block at byte 223" in rejects[0]["message"]


def test_a_file_cut_off_keeps_what_came_before(read):
    rows, rejects = read(message(BLOCK_1) * 2 + message(BLOCK_1)[:-5])
    assert len(rows) == 2
    assert [(r["locator"], r["rule"]) for r in rejects] == [(3, "truncated_file")]
    rows, rejects = read(BLOCK_1[:-1])
    assert (rows, [r["rule"] for r in rejects]) == ([], ["bad_block"])


@pytest.mark.parametrize(
    ("data", "why"), [(bytes.fromhex("0b110907") + bytes(300), "testnet3"), (b"\1" * 300, "no block")]
)
def test_other_files_are_refused(tmp_path, data, why):
    path = tmp_path / "file.blk"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=why) as caught:
        bitcoin_block.read(path, batch_rows=10)
    assert caught.value.hint


def test_heights_come_from_neighbors_on_both_sides():
    a, b, c, d, e, far = (bytes([n]) * 32 for n in range(1, 7))
    headers = [
        Header(d, c, 500_003),
        Header(b, a, None),
        Header(e, d, None),
        Header(c, b, None),
        Header(far, b"\x99" * 32, None),
        Header(a, GENESIS, None),
    ]
    # What links to block 0 counts from there, also where another block states something else.
    assert chain_heights(headers[:4]) == {GENESIS: 0, d: 500_003, c: 500_002, b: 500_001, e: 500_004}
    assert chain_heights([headers[5], headers[1]]) == {GENESIS: 0, a: 1, b: 2}
    assert far not in chain_heights(headers)


def rows_of(path):
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


def test_real_blocks_are_those_of_another_parser(onchain):
    folder = onchain / "bitcoin_raw_blocks"
    files = sorted(
        path for path in folder.iterdir() if path.suffix in {".gz", ".bz2"} and "block" in path.name
    )
    parts = [batch for path in files for batch in bitcoin_block.read(path, batch_rows=10**6)]
    assert len(files) == 4
    assert sum(part.rejects.num_rows for part in parts) == 0
    rows = pa.concat_tables(part.rows for part in parts).to_pylist()
    seen = {(r["block_hash"], r["hash"]): r for r in rows}
    expected = rows_of(folder / "parsed_transactions.csv.gz")
    assert len(rows) == len(expected) == len(seen) == 6307
    for one in expected:
        row = seen[one["block_hash"], one["txid"]]
        assert row["block_time"] == int(one["block_time"])
        assert not one["block_height"] or row["block_height"] == int(one["block_height"])
        assert row["tx_index"] == int(one["index_in_block"])
        assert len(row["inputs"]) == int(one["input_count"]) - int(one["is_coinbase"])
        assert sum(o["value"] for o in row["outputs"]) == int(one["output_value_sat"])
    inputs = rows_of(folder / "parsed_inputs.csv.gz")
    assert len(inputs) == sum(len(row["inputs"]) for row in rows) == 18_610
    for one in inputs:
        spent = seen[one["block_hash"], one["txid"]]["inputs"][int(one["index"])]
        assert (spent["hash"], spent["number"]) == (one["spent_txid"], int(one["spent_vout"]))
        value = one["spent_value_sat_if_in_same_block"]
        assert spent["value"] == (int(value) if value else None)
    outputs = rows_of(folder / "parsed_outputs.csv.gz")
    assert len(outputs) == sum(len(row["outputs"]) for row in rows) == 14_904
    for one in outputs:
        made = seen[one["block_hash"], one["txid"]]["outputs"][int(one["index"])]
        assert made["value"] == int(one["value_sat"])
