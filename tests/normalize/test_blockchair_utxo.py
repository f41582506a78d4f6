"""No real dump of Bitcoin is at hand: the rows are made by hand after Blockchair's documentation."""

import pytest

from bongsu.model.transfer import LAST_POSITION

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SCRIPT = "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac"
TXID, SPENDER = "ab" * 32, "cd" * 32
OUTPUTS, INPUTS, TRANSACTIONS = (
    f"blockchair/bitcoin-{table}" for table in ("outputs", "inputs", "transactions")
)


def output(**more: str | None) -> dict[str, str | None]:
    return {
        "block_id": "800000",
        "transaction_hash": TXID,
        "index": "3",
        "time": "2023-07-24 03:17:09",
        "value": "100",
        "recipient": GENESIS,
        "type": "pubkeyhash",
        "script_hex": SCRIPT,
        "is_from_coinbase": "0",
        "is_spendable": "-1",
    } | more


def spent(**more: str | None) -> dict[str, str | None]:
    return output(
        spending_block_id="800005",
        spending_transaction_hash=SPENDER,
        spending_index="2",
        spending_time="2023-07-24 04:00:00",
        **more,
    )


def transaction(**more: str | None) -> dict[str, str | None]:
    return {
        "block_id": "800000",
        "hash": TXID,
        "time": "2023-07-24 03:17:09",
        "is_coinbase": "0",
        "input_count": "1",
        "output_count": "1",
        "input_total": "100",
        "output_total": "90",
        "fee": "10",
    } | more


def short(made):
    return [
        (t["block"], t["position"], t["source"], t["target"], t["amount"], t["kind"], t["address"])
        for t in made.transfers.to_pylist()
    ]


def test_an_output_is_paid_by_its_transaction(normalize_rows):
    made = normalize_rows([output()], OUTPUTS)
    assert short(made) == [(800_000, 10**6 + 3, TXID, f"{TXID}:3", 100, "pay", GENESIS)]
    (row,) = made.transfers.to_pylist()
    assert (row["tx_index"], row["tx_hash"], row["time"].isoformat()) == (
        None,
        TXID,
        "2023-07-24T03:17:09+00:00",
    )


def test_an_input_is_spent_at_the_time_of_its_spending(normalize_rows):
    made = normalize_rows([spent()], INPUTS)
    assert short(made) == [(800_005, 2, f"{TXID}:3", SPENDER, 100, "spend", GENESIS)]
    (row,) = made.transfers.to_pylist()
    assert (row["tx_hash"], row["time"].isoformat()) == (SPENDER, "2023-07-24T04:00:00+00:00")


def test_fees_new_coins_and_claims(normalize_rows):
    coins = transaction(is_coinbase="1", input_total="0", fee="0", output_total="625000010")
    rows = [transaction(), transaction(output_total="100", fee="0"), coins, coins | {"output_total": "0"}]
    made = normalize_rows(rows, TRANSACTIONS)
    assert short(made) == [
        (800_000, LAST_POSITION, TXID, "fee:800000", 10, "fee", None),
        (800_000, 0, "null", TXID, 625_000_000, "subsidy", None),
        (800_000, 1, "fee:800000", TXID, 10, "claim", None),
    ]
    assert made.set_aside == {"zero_fee": 1, "zero_value": 1}
    assert made.gaps.num_rows == 0


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ({"script_hex": None}, GENESIS),
        ({"script_hex": None, "recipient": "s-0123456789abcdef"}, None),
        ({"script_hex": None, "type": "pubkey"}, None),
        ({"script_hex": "41" + "04" * 65 + "ac", "type": "pubkey"}, None),
        ({"script_hex": "6002751e"}, "bc1sw50qgdz25j"),
    ],
)
def test_the_script_says_the_address(normalize_rows, more, address):
    assert normalize_rows([output(**more)], OUTPUTS).transfers["address"].to_pylist() == [address]


@pytest.mark.parametrize(
    ("name", "row", "rule"),
    [
        (OUTPUTS, output(value="-1"), "negative_amount"),
        (OUTPUTS, output(value="2100000000000001"), "amount_out_of_range"),
        (OUTPUTS, output(value=None), "missing_value"),
        (OUTPUTS, output(index=None), "missing_value"),
        (OUTPUTS, output(transaction_hash="ab"), "bad_hash"),
        (OUTPUTS, output(script_hex="a"), "bad_script"),
        (OUTPUTS, output(script_hex=None, recipient=GENESIS[:-1] + "b"), "bad_checksum"),
        (OUTPUTS, output(time="2023-07-24"), "bare_date"),
        (INPUTS, spent() | {"spending_transaction_hash": None}, "bad_hash"),
        (INPUTS, spent() | {"spending_block_id": None}, "missing_value"),
        (TRANSACTIONS, transaction(fee="9"), "inconsistent_fee"),
        (TRANSACTIONS, transaction(output_total="101"), "outputs_exceed_inputs"),
        (TRANSACTIONS, transaction(is_coinbase="x"), "bad_flag"),
        (TRANSACTIONS, transaction(hash=None), "bad_hash"),
    ],
)
def test_bad_rows(normalize_rows, name, row, rule):
    made = normalize_rows([row], name)
    assert [(r["locator"], r["rule"]) for r in made.rejects.to_pylist()] == [(1, rule)]
    assert made.transfers.num_rows == 0
