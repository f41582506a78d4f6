import pytest

from bongsu.errors import InputError
from bongsu.model.asset import BITCOIN
from bongsu.model.transfer import TRANSFER

ALICE = "0x" + "a1" * 20
BOB = "0x" + "b0" * 20
COLUMNS = {"from": "from", "to": "to", "value": "value"}
MFTRACER = {
    "tx": "Tx_hash",
    "block": "Block",
    "time": "Timestamp",
    "from": "From",
    "to": "To",
    "value": "Value_in_USD",
}


def flow(value: str | None, **more: str) -> dict[str, str | None]:
    return {"from": ALICE, "to": BOB, "value": value, **more}


@pytest.mark.parametrize(
    ("case", "rows", "cents"),
    [
        ("atomic_wallet_2023", 1080, 5_070_095_696),
        ("lifi_2024", 135, 2_221_592_408),
        ("xscam_2022", 1307, 386_639_425),
    ],
)
def test_real_flows_in_dollars_keep_every_cent(onchain, import_file, case, rows, cents):
    made = import_file(
        onchain / "mftracer" / case / "flow records.csv", "flows", columns=MFTRACER, unit="USD"
    )
    assert made.transfers.schema.equals(TRANSFER)
    assert made.transfers.num_rows == rows
    assert made.rejects.num_rows == 0
    assert sum(made.transfers["amount"].to_pylist()) == cents
    assert set(made.transfers["asset"].to_pylist()) == {"eip155:1/iso4217:USD"}
    assert set(made.transfers["kind"].to_pylist()) == {"flow"}
    assert made.transfers["position"].null_count == made.transfers["tx_index"].null_count == rows


def test_real_bitfinex_flows_sum_to_the_published_theft(onchain, import_file):
    columns = {"tx": "txid", "from": "from", "to": "to", "value": "amount"}
    path = onchain / "bitfinex_2016" / "bitfinex_tx_dataset.csv"
    made = import_file(path, "flows", columns=columns, unit="BTC")
    assert sum(made.transfers["amount"].to_pylist()) == 11_975_662_032_288
    first = made.transfers.slice(0, 1).to_pylist()[0]
    assert first["chain"] == BITCOIN
    assert first["asset"] == f"{BITCOIN}/slip44:0"
    assert first["source"] == "3HLqRkgagCCeChBBmWuDkp54YR1LEz7NuK"
    assert first["time"] is first["block"] is None


def test_a_row_keeps_its_parts(normalize_rows):
    row = flow("$1,234.5", tx="0x" + "AB" * 32, when="2022/6/28 20:02", height="7")
    columns = COLUMNS | {"tx": "tx", "time": "when", "block": "height"}
    (made,) = normalize_rows([row], "flows", columns=columns, unit="USD").transfers.to_pylist()
    assert made["amount"] == 123_450
    assert made["tx_hash"] == "0x" + "ab" * 32
    assert made["time"].isoformat() == "2022-06-28T20:02:00+00:00"
    assert made["block"] == 7


@pytest.mark.parametrize(
    ("unit", "value", "rule"),
    [
        ("USD", "1.005", "inexact_amount"),
        ("ETH", "0.0000000000000000001", "inexact_amount"),
        ("USD", "-5", "negative_amount"),
        ("USD", "about 5", "bad_amount"),
        ("USD", "1" + "0" * 37, "amount_out_of_range"),
        ("USD", "Infinity", "bad_amount"),
    ],
)
def test_an_amount_that_cannot_be_held_exactly_is_a_reject(normalize_rows, unit, value, rule):
    made = normalize_rows([flow(value), flow("1")], "flows", columns=COLUMNS, unit=unit)
    assert made.rejects["rule"].to_pylist() == [rule]
    assert made.rejects["locator"].to_pylist() == [1]
    assert value in made.rejects["message"].to_pylist()[0]
    assert made.transfers["locator"].to_pylist() == [2]


def test_a_bare_date_and_a_wrong_checksum_are_rejects(normalize_rows):
    mixed = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
    rows = [
        flow("1", when="2022-06-28"),
        {"from": mixed[:-1] + "5", "to": BOB, "value": "1", "when": "1"},
        {"from": mixed.replace("B716", "b716"), "to": BOB, "value": "1", "when": "1"},
        {"from": mixed, "to": BOB, "value": "1", "when": "1"},
    ]
    made = normalize_rows(rows, "flows", columns=COLUMNS | {"time": "when"}, unit="ETH")
    assert made.rejects["rule"].to_pylist() == ["bare_date", "bad_checksum", "bad_checksum"]
    assert made.transfers["source"].to_pylist() == [mixed.lower()]


def test_lookalike_addresses_stay_apart(normalize_rows):
    twin = ALICE[:8] + "0" * 30 + ALICE[-4:]
    rows = [flow("1"), {"from": twin, "to": BOB, "value": "1"}]
    made = normalize_rows(rows, "flows", columns=COLUMNS, unit="ETH")
    assert made.transfers["source"].to_pylist() == [ALICE, twin]


def test_a_value_that_is_not_stated_is_null_and_a_zero_is_set_aside(normalize_rows):
    made = normalize_rows([flow(None), flow("0.00")], "flows", columns=COLUMNS, unit="USD")
    assert made.transfers["amount"].to_pylist() == [None]
    assert made.set_aside == {"zero_value": 1}


@pytest.mark.parametrize(
    ("columns", "unit", "why"),
    [
        (COLUMNS | {"form": "from"}, "USD", "form"),
        (COLUMNS | {"time": "when"}, "USD", "when"),
        ({"from": "from", "to": "to"}, "USD", "value"),
        (COLUMNS, "BANANA", "BANANA"),
        (COLUMNS, "", "unit"),
    ],
)
def test_a_wrong_mapping_or_unit_says_what_is_wrong(normalize_rows, columns, unit, why):
    with pytest.raises(InputError, match=why) as caught:
        normalize_rows([flow("1")], "flows", columns=columns, unit=unit)
    assert caught.value.hint
