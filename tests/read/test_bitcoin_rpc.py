import gzip
import json

import pytest
from tests.data.block_file import BLOCK_1, HASH_1, TXID_1

from bongsu.errors import FormatError
from bongsu.read import bitcoin_rpc
from bongsu.read.registry import sniff_format

# Block 1 of the main network as a node tells it.
BLOCK = {
    "hash": HASH_1,
    "height": 1,
    "version": 1,
    "merkleroot": TXID_1,
    "time": 1231469665,
    "nonce": 2573394689,
    "bits": "1d00ffff",
    "previousblockhash": "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    "tx": [
        {
            "txid": TXID_1,
            "vin": [{"coinbase": "04ffff001d0104"}],
            "vout": [{"value": 50.0, "n": 0, "scriptPubKey": {"hex": "4104" + "00" * 64 + "ac"}}],
        }
    ],
}


@pytest.fixture
def read(tmp_path):
    def run(data: bytes):
        path = tmp_path / "block.json"
        path.write_bytes(data)
        batches = list(bitcoin_rpc.read(path, batch_rows=2))
        rows = [row for batch in batches for row in batch.rows.to_pylist()]
        rejects = [r for batch in batches for r in batch.rejects.to_pylist()]
        return rows, [(r["locator"], r["rule"]) for r in rejects], [r["message"] for r in rejects]

    return run


def dump(document, **more):
    return json.dumps(document, **more).encode() + b"\n"


@pytest.mark.parametrize(
    "data",
    [
        dump(BLOCK),
        dump(BLOCK, indent=2),
        gzip.compress(dump(BLOCK, indent=4)),
        dump({"result": BLOCK, "error": None, "id": 1}),
        dump([BLOCK], indent=1),
    ],
)
def test_one_block_in_every_wrapping(tmp_path, read, data):
    (row,), rejects, _messages = read(data)
    assert rejects == []
    assert sniff_format(tmp_path / "block.json") == "bitcoin-rpc"
    assert (row["block_hash"], row["height"], row["txid"]) == (HASH_1, "1", TXID_1)
    assert (row["tx_index"], row["tx_count"], row["fee"], row["locator"]) == ("0", "1", None, 1)
    assert json.loads(row["vout"])[0]["value"] == "50.0"


@pytest.mark.parametrize("indent", [None, 2])
def test_blocks_in_a_row(read, indent):
    rows, rejects, _messages = read(dump(BLOCK, indent=indent) * 3)
    assert [row["locator"] for row in rows] == [1, 2, 3]
    assert rejects == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"merkleroot": "00" * 32}, "merkle root"),
        ({"nonce": 1}, "proof of work"),
        ({"hash": "00" * 32}, "proof of work"),
        ({"bits": "zz"}, "proof of work"),
        ({"tx": [TXID_1]}, "getblock HASH 2"),
        ({"tx": BLOCK["tx"] * 2}, "merkle root"),
        ({"tx": None}, "not a block"),
    ],
)
def test_a_block_that_is_not_what_it_says_is_one_reject(read, change, why):
    rows, rejects, messages = read(dump(BLOCK) + dump(BLOCK | change) + dump(BLOCK))
    assert [row["locator"] for row in rows] == [1, 2]
    assert rejects == [(2, "bad_block")]
    assert why in messages[0]


def test_broken_json_and_a_cut_off_file(read):
    rows, rejects, _messages = read(dump(BLOCK, indent=2) + b'{"hash": \n}\n' + dump(BLOCK, indent=2)[:-40])
    assert len(rows) == 1
    assert rejects == [(2, "bad_block"), (2, "bad_block")]
    packed = gzip.compress(dump(BLOCK) * 400, compresslevel=0)
    _rows, rejects, _messages = read(packed[:-100])
    assert [rule for _n, rule in rejects][-1] == "truncated_file"


@pytest.mark.parametrize("data", [b"{}", b'{"tx": [], "merkleroot": ""}', BLOCK_1])
def test_other_files_are_refused(read, data):
    with pytest.raises(FormatError) as caught:
        read(data)
    assert "getblock" in caught.value.hint


def test_real_answer_of_a_node(onchain):
    path = onchain / "bitcoin-etl" / "rpc_getblock_verbosity2_block50002.json"
    assert sniff_format(path) == "bitcoin-rpc"
    (batch,) = bitcoin_rpc.read(path, batch_rows=10)
    assert batch.rejects.num_rows == 0
    assert batch.rows["height"].to_pylist() == ["50001"] * 3
    assert batch.rows["tx_count"].to_pylist() == ["3"] * 3
