"""Logs of real blocks against the table of token transfers of the same blocks, and small ones."""

import gzip
import json
from collections import Counter

import pytest
from tests.data.decoded import normalized
from tests.data.event_log import WETH, address, log, moved, token

from bongsu.model.conversion import CONVERSION

ETL = "ethereum-etl/blocks_17173049_17173050"
USER, SHOP, COIN = address("user"), address("shop"), address("coin")


@pytest.fixture(scope="module")
def etl(onchain):
    return onchain / ETL


def test_every_token_transfer_of_real_blocks_is_stated_alike(etl, import_file):
    """291 of 291, by place in the log; besides them only what the wrapper makes and takes back."""
    names = ("position", "asset", "source", "target", "amount", "tx_hash", "kind", "block", "time")
    logs = import_file(etl / "expected_logs.json.gz", "ethereum-etl/logs")
    tables = import_file(etl / "expected_token_transfers.json.gz", "ethereum-etl/token_transfers")
    assert logs.rejects.num_rows == 0
    assert logs.set_aside["zero_value"] == tables.set_aside["zero_value"] == 3
    stated, found = (
        set(zip(*(made.transfers[name].to_pylist() for name in names), strict=True))
        for made in (tables, logs)
    )
    assert len(stated) == 288
    assert stated <= found
    rest = found - stated
    assert len(rest) == 61
    assert all(row[1] == token(WETH) and WETH in (row[2], row[3]) for row in rest)


def test_conversions_of_real_blocks(etl, import_file):
    made = import_file(etl / "expected_logs.json.gz", "ethereum-etl/logs")
    kinds = zip(made.events["protocol"].to_pylist(), made.events["kind"].to_pylist(), strict=True)
    assert Counter(kinds) == {
        ("uniswap-v2", "swap"): 69,
        ("uniswap-v3", "swap"): 10,
        ("weth", "wrap"): 30,
        ("weth", "unwrap"): 31,
        ("tokenlon", "swap"): 3,
        ("kyberswap", "swap"): 1,
        ("saddle", "remove_liquidity"): 1,
    }
    assert made.events.schema.equals(CONVERSION)


def test_amounts_are_those_of_the_raw_words(etl, import_file):
    """Against plain Python over the file: two words of each Uniswap v2 log are zero."""
    topic = "0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822"
    with gzip.open(etl / "expected_logs.json.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    expected = {}
    for row in rows:
        if row["topics"] and row["topics"][0] == topic:
            words = [int(row["data"][2 + 64 * n : 66 + 64 * n], 16) for n in range(4)]
            slot = 0 if words[0] else 1
            expected[row["log_index"], row["block_number"]] = (slot, words[slot], words[3 - slot])
    made = import_file(etl / "expected_logs.json.gz", "ethereum-etl/logs").events.to_pylist()
    found = {
        (one["position"], one["block"]): (one["slot"], int(one["given"]), int(one["received"]))
        for one in made
        if one["protocol"] == "uniswap-v2"
    }
    assert found == expected


def test_cuts_between_batches_change_nothing(etl, import_file):
    whole, cut = (
        import_file(etl / "expected_logs.json.gz", "ethereum-etl/logs", batch_rows=rows)
        for rows in (10**6, 37)
    )
    assert whole.transfers.sort_by("locator").equals(cut.transfers.sort_by("locator"))
    order = [("locator", "ascending"), ("leg", "ascending")]
    # An import joins transfers; its events stand in the batches.
    assert whole.events.sort_by(order).equals(cut.events.sort_by(order))


def test_real_csv(onchain, import_file):
    made = import_file(onchain / "ethereum-etl" / "logs.csv", "ethereum-etl/logs")
    assert made.transfers["amount"].to_pylist() == [109 * 10**18, 4 * 10**10]
    assert made.set_aside == {"other_event": 1}


def test_a_real_sample_with_every_sort_of_protocol(onchain, import_file):
    made = import_file(onchain / "graphsense_eth_sample" / "logs.json.gz", "graphsense/logs")
    assert made.rows_in == 2_228
    assert {"curve", "balancer-v2", "0x", "cow", "paraswap", "lido", "uniswap-v3"} <= set(
        made.events["protocol"].to_pylist()
    )
    assert set(made.rejects["rule"].to_pylist()) == {"amount_out_of_range"}


def test_a_transfer_with_all_of_it_in_data_or_in_topics():
    old = log(
        "Transfer(address from, address to, uint256 value)", COIN, {"from": USER, "to": SHOP, "value": 5}
    )
    single = log(
        "Transfer(address indexed from, address indexed to, uint256 indexed id)",
        COIN,
        {"from": USER, "to": SHOP, "id": 7},
        place=1,
    )
    made = normalized(old, single)
    assert made.transfers["amount"].to_pylist() == [5, 7]
    assert made.transfers["source"].to_pylist() == [USER, USER]


def test_layouts_and_values_that_cannot_be_used():
    short = moved(COIN, USER, SHOP, 5) | {"data": "0x12"}
    big = moved(COIN, USER, SHOP, 2**200, place=1)
    none = moved(COIN, USER, SHOP, 0, place=2)
    made = normalized(short, big, none, moved(COIN, USER, SHOP, 5, place=3))
    assert made.set_aside == {"other_layout": 1, "zero_value": 1}
    assert made.rejects["rule"].to_pylist() == ["amount_out_of_range"]
    assert made.transfers["position"].to_pylist() == [3]


def test_a_wrapper_moves_its_token_between_itself_and_the_account():
    rows = (
        log("Deposit(address indexed dst, uint256 wad)", WETH, {"dst": USER, "wad": 5}),
        log("Withdrawal(address indexed src, uint256 wad)", WETH, {"src": USER, "wad": 3}, place=1),
    )
    made = normalized(*rows)
    ends = zip(*(made.transfers[name].to_pylist() for name in ("source", "target", "amount")), strict=True)
    assert list(ends) == [(WETH, USER, 5), (USER, WETH, 3)]
    assert made.rows_kept == 2


def test_an_anonymous_event_and_one_without_data_are_other_events():
    row = moved(COIN, USER, SHOP, 5)
    made = normalized(row | {"topics": None}, row | {"topics": "0x" + "12" * 32, "data": None})
    assert made.set_aside == {"other_event": 2}


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"transaction_hash": "0x12"}, "bad_hash"),
        ({"address": "WETH"}, "bad_address"),
        ({"log_index": None}, "missing_value"),
        ({"block_number": None}, "missing_value"),
    ],
)
def test_a_log_without_its_place_is_a_reject(more, rule):
    made = normalized(moved(COIN, USER, SHOP, 5) | more, moved(COIN, USER, SHOP, 6))
    assert made.rejects["rule"].to_pylist() == [rule]
    assert made.transfers["amount"].to_pylist() == [6]
