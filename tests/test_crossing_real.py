"""Real transfers over the Ronin bridge of 2022, from tables of its events to the ends of a trace.

The events are real (XChainWatcher); the movements are made of what they state, one on each side, for the
source has no transfers. Of each beneficiary all that arrived is paid on to one account.
"""

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from bench.bridge_truth import ronin
from pyarrow.csv import write_csv
from tests.data.trace_case import known

from bongsu.analyze.lead import Limits
from bongsu.analyze.trace import trace
from bongsu.app.jobs.heuristic_choice import chosen_heuristics
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.ledger_import import ImportRequest, import_files, seal_import
from bongsu.model.asset import Asset
from bongsu.store.ledger import open_ledger

MOST = 400
"""Pairs whose movements are made; all events are there, also those of other transfers."""
GATES = {
    "eip155:2020": "0xe35d62ebe18413d96ca2a2f7cf215bb21a406b4b",
    "eip155:1": "0x64192819ac13ef72bf6b5ae239ac672b43a9af08",
}
BANK = "0x" + "ba" * 20


def _sides(truth, *, ids):
    both = pa.concat_tables(
        [truth.deposits, truth.withdrawals] if ids else list(truth.without_ids(beneficiary=True))
    )
    names = {
        "bridge": "bridge", "direction": "direction", "chain": "chain", "tx": "tx_hash", "amount": "amount",
        "asset": "asset", "decimals": "decimals", "beneficiary": "beneficiary", "other_chain": "other_chain",
        "other_asset": "other_asset", "id": "transfer_id",
    }  # fmt: skip
    columns = {name: both[own].cast(pa.string()) for name, own in names.items()}
    seconds = pc.divide(both["time"].cast(pa.int64()), 1_000_000)
    return pa.table(columns | {"time": seconds.cast(pa.string())})


def _transfers(rows):
    """Token transfers in the columns of ethereum-etl."""
    names = (
        "token_address",
        "from_address",
        "to_address",
        "value",
        "transaction_hash",
        "log_index",
        "block_number",
    )
    return pa.table(
        {name: pa.array([str(row[at]) for row in rows], pa.string()) for at, name in enumerate(names)}
        | {"block_timestamp": pa.array([str(row[6]) for row in rows], pa.string())}
    )


def _movements(truth):
    """Transfers on the source and on the target chain."""
    counts = [Counter(pair[side] for pair in truth.pairs) for side in (0, 1)]
    pairs = [pair for pair in sorted(truth.pairs) if counts[0][pair[0]] == counts[1][pair[1]] == 1][:MOST]
    left = {row["tx_hash"]: row for row in truth.deposits.to_pylist()}
    came = {row["tx_hash"]: row for row in truth.withdrawals.to_pylist()}
    here, there = [], []
    for deposit, withdrawal in pairs:
        one, other = left[deposit], came[withdrawal]
        if not one["asset"] or not other["asset"] or "erc20" not in one["asset"] + other["asset"]:
            continue
        for row, rows in ((one, here), (other, there)):
            token, when = row["asset"].rpartition(":")[2], int(row["time"].timestamp())
            gate = GATES[row["chain"]]
            sender, beneficiary = one["sender"], other["beneficiary"]
            ends = (sender, gate) if row is one else (gate, beneficiary)
            rows.append((token, *ends, int(row["amount"]), row["tx_hash"], 0, when))
            if row is other:
                rows.append(
                    (token, beneficiary, BANK, int(row["amount"]), f"0x{len(rows):064x}", 0, when + 1)
                )
    return here, there


@pytest.fixture(scope="module")
def truth(onchain):
    return ronin(onchain / "bridges_xchainwatcher" / "ronin")


def _ledger(folder, truth, *, ids):
    here, there = _movements(truth)
    files = [
        (_sides(truth, ids=ids), "sides.csv", "bridge-events", "eip155:1"),
        (_transfers(here), "ronin.csv", "ethereum-etl/token_transfers", "eip155:2020"),
        (_transfers(there), "ethereum.csv", "ethereum-etl/token_transfers", "eip155:1"),
    ]
    for table, name, kind, chain in files:
        write_csv(table, folder / name)
        said = ImportRequest(format=kind, chain=chain)
        (done,) = import_files([folder / name], folder / "case", said)
        assert done.record.rows_kept == table.num_rows, done.record.rejects
    seal_import(folder / "case")
    return folder / "case", here


@pytest.mark.parametrize(("ids", "heuristics", "method"), [(True, "off", "id"), (False, "on", "score")])
def test_real_transfers_are_followed_over_the_bridge(truth, tmp_path, ids, heuristics, method):
    ledger, here = _ledger(tmp_path, truth, ids=ids)
    book = open_ledger(ledger)
    assert book.crossings().num_rows > 14_000
    lead = lead_of([], sorted({row[1] for row in here}), [], chain="eip155:2020")
    limits = Limits(counterparties=0, heuristics=chosen_heuristics(heuristics))
    tokens = [Asset(id=one.asset, symbol="T", decimals=18, valuation=False) for one in book.assets()]
    made = trace(book, lead, limits, known(assets=tokens))
    assert all(one.balanced for one in made.balances.values() if one.conserving)
    arrived = [turn.how.method for turn in made.found.turns.values() if turn.crossing]
    assert len(made.found.flights) == len(here)
    assert set(arrived) == {method}
    assert len(arrived) >= 0.97 * len(here)
    ends = [end for end in made.endpoints if end.address == BANK]
    assert sum(end.amount["fifo"] > 0 for end in ends) == len(ends) > 0
    assert all(end.sure and min(sure for sure, _why in end.sure) < 100 for end in ends)
