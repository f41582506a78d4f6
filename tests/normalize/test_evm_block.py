import pytest

from bongsu.model.transfer import NULL_HOLDER
from bongsu.normalize.evm_block import base_fees, parse_withdrawals
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import LAST_TX_INDEX
from bongsu.read.registry import load_reader

ETL = "ethereum-etl/blocks"
ALICE = "0x" + "a1" * 20
PAID = f'{{"index": 5, "validator_index": 1, "address": "{ALICE}", "amount": 3}}'


def test_real_blocks_pay_withdrawals_in_wei(onchain, import_file):
    etl = onchain / "ethereum-etl"
    from_csv = import_file(etl / "blocks_with_transactions_and_withdrawals" / "expected_blocks.csv", ETL)
    from_json = import_file(etl / "blocks_17173049_17173050" / "expected_blocks.json.gz", ETL)
    assert from_csv.transfers.equals(from_json.transfers)
    assert from_csv.transfers.num_rows == 32
    first = from_csv.transfers.slice(0, 1).to_pylist()[0]
    assert (first["amount"], first["position"]) == (45_762_059 * 10**9, 2_210_752)
    assert (first["source"], first["target"]) == (NULL_HOLDER, "0xb9d7934878b5fb9610b3fe8a5e441e8fad7e293f")
    assert (first["tx_index"], first["kind"], first["block"]) == (LAST_TX_INDEX, "reward", 17_173_049)


def test_base_fees_of_real_blocks(onchain):
    path = onchain / "ethereum-etl" / "blocks_17173049_17173050" / "expected_blocks.json.gz"
    (batch,) = load_reader(ETL).read(path, batch_rows=10)
    assert base_fees(batch) == {17_173_049: 80_869_370_967, 17_173_050: 77_334_732_501}


def test_blocks_without_withdrawals_are_set_aside_and_bad_ones_rejected(normalize_rows):
    rows = [
        {"number": "1", "timestamp": "10", "withdrawals": None},
        {"number": "2", "timestamp": "10", "withdrawals": PAID},
        {"number": "3", "timestamp": "10", "withdrawals": PAID.replace("a1a1", "zz")},
        {"number": "4", "timestamp": "10", "withdrawals": "[]"},
    ]
    made = normalize_rows(rows, ETL)
    assert made.transfers.select(["block", "amount", "locator"]).to_pylist() == [
        {"block": 2, "amount": 3 * 10**9, "locator": 2}
    ]
    assert made.rejects["rule"].to_pylist() == ["bad_withdrawals"]
    assert made.set_aside == {"no_withdrawals": 2}


@pytest.mark.parametrize(
    "text",
    ["x", "5", PAID.replace("3}", '"a"}'), PAID.replace("3}", "-3}"), PAID.replace('"index": 5, ', "")],
)
def test_what_is_no_list_of_withdrawals_is_a_fault(text):
    assert isinstance(parse_withdrawals(text), Fault)
