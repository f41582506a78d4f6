ALICE, BOB = "a1" * 20, "b0" * 20


def row(**more: str | None) -> dict[str, str | None]:
    return {
        "block_id": "17173049",
        "index": "2",
        "hash": "0x" + "12" * 32,
        "time": "2023-05-02 12:19:59",
        "failed": "0",
        "type": "call",
        "sender": ALICE,
        "recipient": BOB,
        "value": "1000",
        "gas_used": "21000",
        "gas_price": "50",
        "input_hex": None,
    } | more


FORMAT = "blockchair/ethereum-transactions"


def test_a_dump_row_is_a_transaction(normalize_rows):
    made = normalize_rows([row()], FORMAT, base_fees={17173049: 30})
    assert [(t["kind"], t["source"], t["target"], t["amount"]) for t in made.transfers.to_pylist()] == [
        ("native", "0x" + ALICE, "0x" + BOB, 1000),
        ("base_fee", "0x" + ALICE, "null", 630_000),
        ("fee", "0x" + ALICE, "fee:17173049", 420_000),
    ]
    assert made.gaps.num_rows == 0
    assert made.transfers["time"].to_pylist()[0].isoformat() == "2023-05-02T12:19:59+00:00"


def test_failed_called_synthetic_and_bad_rows(normalize_rows):
    rows = [
        row(failed="1"),
        row(failed="false", gas_used="50000", input_hex="a9059cbb"),
        row(type="synthetic_coinbase", sender=None, hash=None),
        row(failed="perhaps"),
        row(recipient="b0"),
    ]
    made = normalize_rows(rows, FORMAT)
    assert [(t["locator"], t["kind"]) for t in made.transfers.to_pylist()] == [
        (2, "native"),
        (1, "fee"),
        (2, "fee"),
    ]
    assert made.set_aside == {"synthetic_coinbase": 1}
    assert made.rejects.select(["locator", "rule"]).to_pylist() == [
        {"locator": 4, "rule": "bad_number"},
        {"locator": 5, "rule": "bad_address"},
    ]
    assert made.gaps["reason"].to_pylist() == ["needs_traces"]
