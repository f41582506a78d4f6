"""Either side of each bridge, encoded by hand and decoded by the facts; and real logs."""

import pytest
from tests.data.abi_log import ETL, batch_of, make_log, raw_rows
from tests.data.bridge_log import (
    AMOUNT,
    ETH,
    OTHER,
    PAID,
    PAYER,
    TOKEN,
    TX_IN,
    TX_OUT,
    both_sides,
    contract,
    signature,
)

from bongsu.facts import load_bridges
from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.normalize.bridge_event import STRANGER, known_topics, normalize
from bongsu.normalize.context import Context

SIDES = both_sides()
NO_AMOUNT = {"stargate", "wormhole"}
"""Their events leave the amount to the transfer of the token, or state it in other decimals."""
NO_EMITTER = {"oft", "multichain account", "avalanche", "stargate", "thorchain"}
"""Tokens log what arrives; the contract on the other chain is not established."""


def decode(rows, chain, **context):
    found = normalize(batch_of(rows), Context(chain=chain, **context))
    assert found.events.schema.equals(BRIDGE_EVENT)
    assert found.rejects.num_rows == 0
    return found.events.to_pylist()


@pytest.mark.parametrize("name", SIDES)
def test_both_sides_carry_one_id(name):
    slug, (paid_in, source), (paid_out, target) = SIDES[name]
    (deposit,), (withdrawal,) = decode(paid_in, source), decode(paid_out, target)
    assert deposit["transfer_id"] == withdrawal["transfer_id"]
    assert deposit["transfer_id"]
    assert (deposit["bridge"], withdrawal["bridge"]) == (slug, slug)
    assert (deposit["direction"], withdrawal["direction"]) == ("deposit", "withdrawal")
    assert (deposit["chain"], withdrawal["chain"]) == (source, target)
    assert (deposit["tx_hash"], withdrawal["tx_hash"]) == (TX_IN, TX_OUT)
    assert deposit["other_chain"] in {None, target}
    assert withdrawal["other_chain"] in {None, source}
    assert deposit["beneficiary"] in {None, PAID, PAYER}
    assert withdrawal["beneficiary"] in {None, PAID}
    if name not in NO_AMOUNT:
        assert int(deposit["amount"]) == AMOUNT
        assert AMOUNT - 10 < int(withdrawal["amount"]) <= AMOUNT
    if name not in NO_EMITTER:
        assert deposit["established"]
        assert withdrawal["established"]


def test_every_event_of_the_facts_is_among_them():
    used = {
        (slug, row["topics"][:66])
        for slug, *sides in SIDES.values()
        for rows, _chain in sides
        for row in rows
    }
    declared = {(b.id, s.topic) for b in load_bridges().values() for s in b.signatures}
    left = {(slug, topic) for slug, topic in declared - used}
    names = {s.declaration.partition("(")[0] for b in load_bridges().values() for s in b.signatures
             if (b.id, s.topic) in left}  # fmt: skip
    # Variants of an event that is tested, and burns that carry no id.
    assert names == {"TransferOutAndCall", "TransferOutAndCallV5", "LogAnySwapOut", "LogSwapout", "Unwrap"}


def test_assets_and_amounts_are_what_left_and_arrived():
    _slug, (paid_in, source), (paid_out, target) = SIDES["across V3"]
    (deposit,), (withdrawal,) = decode(paid_in, source), decode(paid_out, target)
    assert deposit["asset"] == f"eip155:1/erc20:{TOKEN}"
    assert deposit["other_asset"] == withdrawal["asset"] == f"eip155:42161/erc20:{OTHER}"
    assert withdrawal["other_asset"] == deposit["asset"]
    assert (int(deposit["amount"]), int(withdrawal["amount"])) == (AMOUNT, AMOUNT - 5)


def test_amount_in_fewer_decimals_needs_the_asset_s_own():
    _slug, (rows, chain), _other = SIDES["wormhole"]
    (unknown,) = decode(rows, chain)
    (known,) = decode(rows, chain, decimals={f"eip155:1/erc20:{TOKEN}": 18})
    assert (unknown["amount"], unknown["decimals"]) == (None, None)
    assert (int(known["amount"]), known["decimals"]) == (1_234_567 * 10**10, 18)
    (small,) = decode(rows, chain, decimals={f"eip155:1/erc20:{TOKEN}": 6})
    assert int(small["amount"]) == 1_234_567


def test_a_token_of_another_chain_is_not_taken_for_one_of_this():
    _slug, (rows, chain), _other = SIDES["wormhole"]
    (row,) = rows
    foreign = row | {"data": row["data"].replace("c3" * 20 + "0002", "c3" * 20 + "0005")}
    assert foreign != row
    (event,) = decode([foreign], chain)
    assert event["asset"] is None


def test_halves_are_joined_only_where_equally_many():
    _slug, (rows, chain), _other = SIDES["poly"]
    (one,) = decode(rows, chain)
    assert int(one["amount"]) == AMOUNT
    assert one["position"] == 1
    events = decode([*rows, rows[1] | {"log_index": "2"}], chain)
    assert [(e["transfer_id"] is None, e["amount"] is None) for e in events] == [
        (False, True),
        (True, False),
        (True, False),
    ]
    twice = [*rows, *(row | {"log_index": str(int(row["log_index"]) + 2)} for row in rows)]
    assert [e["position"] for e in decode(twice, chain)] == [1, 3]


def test_a_stranger_who_logs_the_same_is_no_bridge():
    declaration = signature("celer-cbridge", "Send", "deposit").declaration
    real = make_log(declaration, {"transferId": "0x" + "1" * 64}, emitter=contract("celer-cbridge", ETH))
    fake = make_log(declaration, {"transferId": "0x" + "1" * 64}, emitter=OTHER, position=1)
    one, two = decode([real, fake], ETH)
    assert (one["established"], two["established"]) == (True, False)
    assert (one["confidence"] > 80, two["confidence"]) == (True, STRANGER)


def test_only_accounts_of_a_bridge_are_paid_as_anybody_is():
    declaration = signature("multichain", "Transfer", "deposit").declaration
    to = contract("multichain", ETH, "account"), contract("multichain", ETH, "Router V6"), PAID
    rows = [make_log(declaration, {"to": one, "value": 5}, emitter=TOKEN) for one in to]
    found = normalize(batch_of(rows), Context(chain=ETH))
    assert [e["locator"] for e in found.events.to_pylist()] == [1]
    assert found.set_aside == {"other_event": 2}


def test_vaults_of_thorchain_that_pay_each_other_are_set_aside():
    router = contract("thorchain", ETH, "router")
    out = signature("thorchain", "TransferOut", "withdrawal").declaration
    into = signature("thorchain", "Deposit", "deposit").declaration
    memos = ["MIGRATE:12", "no memo", "REFUND:" + "A" * 64]
    rows = [make_log(out, {"to": PAID, "amount": 5, "memo": memo}, emitter=router) for memo in memos]
    rows += [
        make_log(into, {"amount": 5, "memo": memo}, emitter=router) for memo in (*memos, "ADD:ETH.ETH:thor1x")
    ]
    found = normalize(batch_of(rows), Context(chain=ETH))
    assert [(e["locator"], e["memo"]) for e in found.events.to_pylist()] == [
        (3, memos[2]),
        (7, "ADD:ETH.ETH:thor1x"),
    ]
    assert found.events["transfer_id"].to_pylist() == ["A" * 64, "AB" * 32]
    assert found.set_aside == {"other_event": 5}


def test_a_swap_says_where_it_goes():
    _slug, (rows, chain), _other = SIDES["thorchain"]
    (event,) = decode(rows, chain)
    assert event["beneficiary"] == PAID
    assert (event["other_chain"], event["other_asset"]) == ("eip155:56", "eip155:56/slip44:714")
    assert event["asset"] == "eip155:1/slip44:60"


def test_damaged_logs_are_rejects_and_stop_nothing():
    declaration = signature("celer-cbridge", "Send", "deposit").declaration
    whole = make_log(declaration, {"amount": 5}, emitter=contract("celer-cbridge", ETH))
    cut = whole | {"data": whole["data"][:200]}
    huge = make_log(declaration, {"amount": 10**38}, emitter=contract("celer-cbridge", ETH))
    odd = whole | {"data": whole["data"] + "0"}
    nobody = whole | {"address": "0x12"}
    found = normalize(batch_of([cut, huge, whole, nobody, odd]), Context(chain=ETH))
    assert found.events["locator"].to_pylist() == [3]
    rules = zip(found.rejects["locator"].to_pylist(), found.rejects["rule"].to_pylist(), strict=True)
    assert list(rules) == [(1, "bad_log"), (2, "bad_log"), (4, "bad_address")]
    assert found.set_aside == {"other_event": 1}
    assert found.rows_in == 5


def test_no_logs_are_no_events():
    found = normalize(batch_of([]), Context(chain=ETH))
    assert (found.events.num_rows, found.rejects.num_rows, found.rows_in) == (0, 0, 0)


def test_transfers_are_known_by_two_bridges():
    transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
    assert {bridge.id for bridge, *_rest in known_topics()[transfer]} == {"multichain", "avalanche-bridge"}


GRAPHSENSE = {
    "address": "address",
    "data": "data",
    "transaction_hash": "txHash",
    "log_index": "logIndex",
    "block_number": "blockId",
}


def test_real_blocks_hold_two_bridge_events(onchain):
    path = onchain / "ethereum-etl" / "blocks_17173049_17173050" / "expected_logs.json.gz"
    found = normalize(batch_of(list(raw_rows(path, ETL))), Context(chain=ETH))
    assert (found.rows_in, found.set_aside, found.rejects.num_rows) == (681, {"other_event": 679}, 0)
    arrived, left = found.events.to_pylist()
    assert (arrived["bridge"], arrived["direction"], arrived["other_chain"]) == (
        "multichain",
        "withdrawal",
        "eip155:25",
    )
    assert int(arrived["amount"]) == 350_529_000_000_000_000
    assert arrived["transfer_id"] == "0x7f33e9eac16fe821ff43994f5285753499e9d91211605ca55e19b35394979568"
    assert (left["bridge"], left["asset"], left["other_chain"]) == (
        "hop",
        "eip155:1/slip44:60",
        "eip155:42161",
    )
    assert int(left["amount"]) == 240_303_127_714_435_604
    assert arrived["established"]
    assert left["established"]


def test_real_logs_of_the_graphsense_sample_hold_one(onchain):
    rows = list(raw_rows(onchain / "graphsense_eth_sample" / "logs.json.gz", GRAPHSENSE))
    found = normalize(batch_of(rows), Context(chain=ETH))
    assert (found.rows_in, found.set_aside, found.rejects.num_rows) == (2228, {"other_event": 2227}, 0)
    (left,) = found.events.to_pylist()
    assert (left["bridge"], left["direction"], left["other_chain"]) == (
        "multichain",
        "deposit",
        "eip155:43114",
    )
    assert (int(left["amount"]), left["time"]) == (1_036_556_268, None)
