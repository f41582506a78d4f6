import csv
import gzip

import pytest
from tests.data.block_file import BLOCK_1, P2PKH, block, coinbase, easy_work, message, transaction

from bongsu.model.asset import BITCOIN, BITCOIN_COIN
from bongsu.normalize.utxo import block_subsidy

__all__ = ["easy_work"]
ADDRESS = "12ZEw5Hcv1hTb6YUQJ69y1V7uhcoDz92PH"
"""What the builder's P2PKH script pays to."""
UNLOCKED = "bc1q2dq7dvnyd9u6wrjhv5cq0g0nzqtfgg0vn0we7xjkfrm44hsqttcsgy4lqj"
"""What the builder's witness unlocks: the hash of its last item."""


def test_movements_of_a_small_block(easy_work, tmp_path, import_file):
    first = coinbase(800_000, [(625_000_002, P2PKH)])
    second = transaction([(b"\xaa" * 32, 7)], [(5, P2PKH), (6, b"\x6a")], witness=True)
    third = transaction([(second[1], 0)], [(3, b"\x51")])
    data, _hash = block([first, second, third])
    (tmp_path / "one.blk").write_bytes(message(data))
    c, s, t = (txid[::-1].hex() for _whole, txid in (first, second, third))
    strange = "aa" * 32 + ":7"
    for rows in (1, 2, 100):
        made = import_file(tmp_path / "one.blk", "bitcoin-blocks", batch_rows=rows)
        found = {(r["source"], r["target"]): r for r in made.transfers.to_pylist()}
        assert {
            ends: (r["amount"], r["tx_index"], r["address"], r["locator"]) for ends, r in found.items()
        } == {
            ("null", c): (625_000_000, 3, None, 1),
            ("fee:800000", c): (2, 3, None, 1),
            (c, f"{c}:0"): (625_000_002, 3, ADDRESS, 1),
            (strange, s): (None, 1, UNLOCKED, 2),
            (s, f"{s}:0"): (5, 1, ADDRESS, 2),
            (s, f"{s}:1"): (6, 1, None, 2),
            (s, "fee:800000"): (None, 1, None, 2),
            (f"{s}:0", t): (5, 2, ADDRESS, 3),
            (t, f"{t}:0"): (3, 2, None, 3),
            (t, "fee:800000"): (2, 2, None, 3),
        }
        assert {(r["chain"], r["asset"], r["block"]) for r in found.values()} == {
            (BITCOIN, BITCOIN_COIN.id, 800_000)
        }
        assert {r["time"].isoformat() for r in found.values()} == {"2023-11-14T22:13:20+00:00"}
        assert made.gaps.select(["tx_hash", "reason"]).to_pylist() == [
            {"tx_hash": s, "reason": "needs_inputs"}
        ]


def test_an_amount_beyond_all_coins_is_refused(easy_work, tmp_path, import_file):
    bad = transaction([(b"\xaa" * 32, 7)], [(-1, P2PKH)])
    data, _hash = block([coinbase(800_000, [(5, P2PKH)]), bad])
    (tmp_path / "one.blk").write_bytes(data)
    made = import_file(tmp_path / "one.blk", "bitcoin-blocks")
    assert [(r["locator"], r["rule"]) for r in made.rejects.to_pylist()] == [(2, "amount_out_of_range")]
    assert made.rows_kept == 1


def test_a_file_without_one_good_block(tmp_path, import_file):
    (tmp_path / "one.blk").write_bytes(BLOCK_1[:-1])
    made = import_file(tmp_path / "one.blk", "bitcoin-blocks")
    assert (made.rows_in, made.transfers.num_rows) == (0, 0)
    assert made.rejects["rule"].to_pylist() == ["bad_block"]


BLOCKS = {
    # file's hash: height, fees of the block in satoshi
    "0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2": (574_200, 50_076_961),
    "00000000000000000021868c2cefc52a480d173c849412fe81c4e5ab806f94ab": (540_107, 4_491_058),
    "000000000000000000000c835b2adcaedc20fdf6ee440009c249452c726dafae": (702_861, 4_948_405),
}


@pytest.mark.parametrize("block_hash", BLOCKS)
def test_real_block(onchain, import_file, block_hash):
    height, fees = BLOCKS[block_hash]
    folder = onchain / "bitcoin_raw_blocks"
    (path,) = folder.glob(f"*{block_hash}*")
    made = import_file(path, "bitcoin-blocks")
    with gzip.open(folder / "parsed_transactions.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["block_hash"] == block_hash]
    (coins,) = [row for row in rows if row["is_coinbase"] == "1"]
    total = int(coins["output_value_sat"])
    assert total - block_subsidy(height) == fees
    assert made.rows_kept == len(rows)
    assert set(made.transfers["block"].to_pylist()) == {height}
    moved = made.transfers.to_pylist()
    coming = {t["kind"]: (t["source"], t["amount"]) for t in moved if t["target"] == coins["txid"]}
    assert coming == {"subsidy": ("null", total - fees), "claim": (f"fee:{height}", fees)}
    assert sum(t["kind"] == "fee" for t in moved) == len(rows) - 1
    known = [t["amount"] for t in moved if t["kind"] == "fee" and t["amount"] is not None]
    assert 0 < sum(known) <= fees
    assert max(t["tx_index"] for t in moved) == len(rows)


def test_real_first_blocks(onchain, import_file):
    made = import_file(onchain / "bitcoin_raw_blocks" / "blocks1-256.bz2", "bitcoin-blocks")
    assert set(made.transfers["block"].to_pylist()) == set(range(1, 256))
    subsidies = [t["amount"] for t in made.transfers.to_pylist() if t["kind"] == "subsidy"]
    assert subsidies == [50 * 10**8] * 255
    assert "needs_height" not in made.gaps["reason"].to_pylist()
    assert made.rejects.num_rows == 0
    # Block 170: the first payment, ten coins to a public key, from the coinbase of block 9.
    spent = "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9:0"
    (first,) = [t for t in made.transfers.to_pylist() if t["source"] == spent]
    assert first["target"] == "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"
    assert (first["block"], first["address"]) == (170, None)
