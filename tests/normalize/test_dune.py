import csv
from decimal import Decimal

ALICE, BOB, TOKEN = ("a1" * 20, "b0" * 20, "c0" * 20)


def test_real_incoming_transfers_of_the_ronin_thief(onchain, import_file):
    path = onchain / "lazarus_dune_2022" / "LazarusTabularTxs1322519.csv"
    made = import_file(path, "dune")
    with path.open() as file:
        rows = list(csv.DictReader(file))
    values = [int(Decimal(row["total_eth"]).scaleb(18)) for row in rows]
    assert made.rows_in == len(rows) == 436
    assert made.rejects.num_rows == 0
    assert made.transfers["amount"].to_pylist() == [value for value in values if value]
    assert made.set_aside == {"zero_value": values.count(0)}
    assert set(made.transfers["kind"].to_pylist()) == {"flow"}
    assert all(row["to"].replace("\\x", "0x") != row["to"] for row in rows)
    assert made.transfers["target"].to_pylist()[0].startswith("0x")


def row(**more: str | None) -> dict[str, str | None]:
    return {"time": "2025-02-21 14:16:11.000 UTC", "from": "\\x" + ALICE, "to": "0x" + BOB} | more


def test_token_events_and_coins(normalize_rows):
    rows = [
        row(base_units="5", contract="0x" + TOKEN, log_index="3", hash="\\x" + "12" * 32),
        row(base_units="6"),
        row(coins="1e-05"),
    ]
    made = normalize_rows(rows, "dune").transfers.to_pylist()
    assert [(t["kind"], t["asset"].partition("/")[2], t["amount"], t["position"]) for t in made] == [
        ("token", f"erc20:0x{TOKEN}", 5, 3),
        ("flow", "slip44:60", 6, None),
        ("flow", "slip44:60", 10**13, None),
    ]
    assert made[0]["tx_hash"] == "0x" + "12" * 32
    assert made[0]["source"] == "0x" + ALICE


def test_bad_and_failed_rows(normalize_rows):
    rows = [
        row(base_units="1.5"),
        row(base_units=None),
        row(base_units="1", to=None),
        row(base_units="1", time="2025-02-21"),
        row(base_units="1", success="False"),
        row(base_units="1", success="true"),
    ]
    made = normalize_rows(rows, "dune")
    assert made.rejects["rule"].to_pylist() == ["inexact_amount", "missing_value", "bad_address", "bare_date"]
    assert made.set_aside == {"failed": 1}
    assert made.transfers["locator"].to_pylist() == [6]
