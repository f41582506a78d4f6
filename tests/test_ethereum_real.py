"""Two real Ethereum blocks, from the files of ethereum-etl through an import to a trace.

What one table of them becomes is proven in tests/normalize; here it is all of them in one ledger.
"""

import gzip
import json
from collections import Counter, defaultdict

import pytest
from tests.data.acceptance import check_balance, import_all, traced
from tests.data.ledger_rows import told

from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.ledger_show import show_ledger
from bongsu.model.asset import ETHER
from bongsu.store.ledger import open_ledger

TABLES = ("blocks", "transactions", "token_transfers")


@pytest.fixture(scope="module")
def files(onchain):
    folder = onchain / "ethereum-etl" / "blocks_17173049_17173050"
    return {name: folder / f"expected_{name}.json.gz" for name in TABLES}


@pytest.fixture(scope="module")
def stated(files):
    """Rows of each table as the source has them."""
    found = {}
    for name, path in files.items():
        with gzip.open(path, "rt") as lines:
            found[name] = [json.loads(line) for line in lines]
    return found


@pytest.fixture(scope="module")
def ledger(files, tmp_path_factory):
    return import_all(tmp_path_factory.mktemp("ether") / "ledger", list(files.values()), format="")


@pytest.fixture(scope="module")
def moved(ledger):
    """Transaction to its movements (kind, payer, payee, asset, amount) in the ledger."""
    opened = open_ledger(ledger)
    holder, asset = (opened.pools()[name].to_pylist() for name in ("holder", "asset"))
    found = defaultdict(list)
    for row in told(opened).to_pylist():
        ends = holder[row["source"]], holder[row["target"]]
        found[row["tx_hash"]].append((row["kind"], *ends, asset[row["source"]], int(row["amount"])))
    return dict(found)


def test_failed_transactions_move_no_value_and_pay_gas(stated, moved):
    failed = [row for row in stated["transactions"] if row["receipt_status"] == 0]
    burned = {row["number"]: row["base_fee_per_gas"] for row in stated["blocks"]}
    assert len(failed) == 9
    for row in failed:
        gas, price, base = (
            row["receipt_gas_used"],
            row["receipt_effective_gas_price"],
            burned[row["block_number"]],
        )
        tip = ("fee", row["from_address"], f"fee:{row['block_number']}", ETHER.id, gas * (price - base))
        expected = [("base_fee", row["from_address"], "null", ETHER.id, gas * base), tip]
        assert moved[row["hash"]] == [one for one in expected if one[-1]]


def test_the_others_move_what_they_state_and_pay_gas(stated, moved):
    tokens = Counter(row["transaction_hash"] for row in stated["token_transfers"] if int(row["value"]))
    for row in stated["transactions"]:
        found = moved[row["hash"]]
        kinds = Counter(one[0] for one in found)
        gas = sum(one[-1] for one in found if one[0] in ("fee", "base_fee"))
        assert gas == row["receipt_gas_used"] * row["receipt_effective_gas_price"]
        assert kinds["token"] == tokens[row["hash"]]
        if row["receipt_status"]:
            value = [one for one in found if one[0] == "native"]
            pays = row["from_address"], row["to_address"], ETHER.id, row["value"]
            assert value == ([("native", *pays)] if row["value"] else [])


def test_what_needs_traces_is_listed(stated, ledger):
    called = {
        (row["hash"], row["to_address"] or row["receipt_contract_address"])
        for row in stated["transactions"]
        if row["receipt_status"] and row["receipt_gas_used"] > 21_000
    }
    gaps = open_ledger(ledger).gaps().to_pylist()
    assert {(gap["tx_hash"], gap["holder"]) for gap in gaps} == called
    assert len(gaps) == len(called) > 100
    *_files, whole = show_ledger(ledger)
    assert whole["gaps"] == {"needs_traces": len(called)}


def test_a_trace_of_payers_of_failed_transactions_ends_in_fees_only(stated, ledger):
    """Who sent nothing but failed transactions lost gas and nothing else; the trace says what it lacks."""
    sent, paid = defaultdict(set), set()
    for row in stated["transactions"]:
        sent[row["from_address"]].add(row["receipt_status"])
        paid.add(row["to_address"])
    for row in stated["token_transfers"]:
        paid |= {row["from_address"], row["to_address"]}
    alone = sorted(payer for payer, states in sent.items() if states == {0} and payer not in paid)
    assert alone
    gas = sum(
        row["receipt_gas_used"] * row["receipt_effective_gas_price"]
        for row in stated["transactions"]
        if row["from_address"] in alone
    )
    document = traced(ledger, lead_of([], alone, []))
    check_balance(document)
    assert {end["stop"] for end in document["endpoints"]} == {"burn", "fee"}
    assert document["stolen"]["fifo"] == {ETHER.id: str(gas)}
    assert document["coverage"]["gaps"] == {"needs_traces": open_ledger(ledger).gaps().num_rows}
    assert any("no imported file shows" in said for said in document["limits"])
