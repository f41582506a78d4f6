"""Two real Ethereum blocks: every token that moved in them is accounted for by events or plain payments."""

import gzip
import json
from collections import Counter

import numpy as np
import pytest
from bench.heuristic_conversion import Loaded, load
from tests.data.acceptance import import_all
from tests.data.ledger_rows import told
from tests.data.trace_case import known

from bongsu.analyze.conversion import settle
from bongsu.analyze.conversion_guess import guess
from bongsu.analyze.exchange import find_exchanges, gap_facts, ledger_moves, pool_finder
from bongsu.analyze.follow import Follower
from bongsu.analyze.heuristic import PROVEN
from bongsu.analyze.lead import Limits
from bongsu.analyze.reconcile import Reconciled, compare_transfers, explain
from bongsu.analyze.trace import trace
from bongsu.analyze.venue import Move
from bongsu.app.jobs.lead import lead_of
from bongsu.model.asset import ETHER, Asset
from bongsu.model.conversion import ConversionEvent
from bongsu.normalize.context import Context
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader
from bongsu.store.ledger import open_ledger

TABLES = ("transactions", "token_transfers", "logs")
TRANSFER_TOPIC = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"


@pytest.fixture(scope="module")
def files(onchain):
    folder = onchain / "ethereum-etl" / "blocks_17173049_17173050"
    return {name: folder / f"expected_{name}.json.gz" for name in TABLES}


@pytest.fixture(scope="module")
def stated(files):
    found = {}
    for name, path in files.items():
        with gzip.open(path, "rt") as lines:
            found[name] = [json.loads(line) for line in lines]
    return found


@pytest.fixture(scope="module")
def loaded(files) -> Loaded:
    return load(files.values())


@pytest.fixture(scope="module")
def moves(loaded):
    return ledger_moves(loaded.ledger, np.arange(loaded.ledger.movements().num_rows))


@pytest.fixture(scope="module")
def exchanges(loaded, moves):
    gaps = gap_facts(loaded.ledger.gaps())
    return find_exchanges(moves, loaded.events, pool_finder(loaded.ledger), gaps=gaps, guessing=False)


def normalized(path, name):
    source = f"ethereum-etl/{name}"
    (batch,) = load_reader(source).read(path, batch_rows=10**6)
    return load_normalizer(source)(batch, Context())


def test_logs_and_the_table_of_token_transfers_state_the_same_movements(files):
    tokens = normalized(files["token_transfers"], "token_transfers").transfers
    logs = normalized(files["logs"], "logs").transfers
    wrapped = len(logs) - len(tokens)
    found = compare_transfers(tokens, logs)
    assert (found.both, found.differing, found.only_first, found.only_second) == (288, 0, 0, wrapped)
    assert wrapped == 61


def test_importing_both_counts_each_movement_once(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("both")
    ledger = import_all(folder / "ledger", list(files.values()), format="")
    kinds = Counter(open_ledger(ledger).movements()["kind"].to_pylist())
    assert kinds["token"] == 288 + 61
    alone = import_all(folder / "alone", [files["transactions"], files["logs"]], format="")
    assert Counter(open_ledger(alone).movements()["kind"].to_pylist()) == kinds


def test_no_token_is_unexplained(loaded, moves, stated):
    """A count of every net of every holder by why, zero of them without."""
    untraced = gap_facts(loaded.ledger.gaps()).untraced
    single = {
        f"eip155:1/erc20:{row['address']}"
        for row in stated["logs"]
        if row["topics"] and row["topics"][0] == TRANSFER_TOPIC and len(row["topics"]) == 4
    }
    sender = {row["hash"]: (row["from_address"], row["to_address"]) for row in stated["transactions"]}
    made, events, by_tx = Reconciled(), {}, {}
    for row in loaded.events.to_pylist():
        sides = {name: None if row[name] is None else int(row[name]) for name in ("given", "received")}
        events.setdefault(row["tx_hash"], []).append(ConversionEvent(**row | sides))
    for row in moves.to_pylist():
        if row["kind"] not in ("fee", "base_fee"):
            move = Move(row["row"], row["source"], row["target"], row["asset"], int(row["amount"]))
            by_tx.setdefault(row["tx_hash"], []).append(move)
    for tx, listed in by_tx.items():
        settlement = settle(events.get(tx, []), listed, untraced=tx in untraced)
        guessing = not settlement.settled and "needs_traces" not in settlement.refused.values()
        inferred = guess(listed, sender=sender[tx][0], called=sender[tx][1])[0] if guessing else []
        nets = explain(tx, listed, settlement, inferred=inferred, untraced=tx in untraced, nonfungible=single)
        for asset in {net.asset for net in nets}:
            assert sum(net.amount for net in nets if net.asset == asset) == 0
        made.nets += nets
    print(made.counts())
    assert made.unexplained() == []
    assert made.counts() == {
        "venue": 199,
        "fee_on_transfer": 5,
        "made_or_burned": 4,
        "converted": 72,
        "inferred": 1,
        "payment": 185,
        "needs_traces": 27,
    }


def test_every_venue_has_what_its_events_say_but_where_a_token_kept_a_part(exchanges):
    checks = [check for made in exchanges.settlements.values() for check in made.checks]
    assert Counter(check.status for check in checks) == {
        "exact": 71,
        "needs_traces": 55,
        "fee_on_transfer": 5,
    }
    kept = [check for check in checks if check.status == "fee_on_transfer"]
    for check in kept:
        ((asset, amount),) = check.differences
        said = sum(int(e.received or 0) for e in check.events if e.received_asset == asset)
        assert 0 < amount * 100 <= 5 * said


def test_every_conversion_is_followed_or_needs_traces(exchanges, loaded):
    assert len(exchanges.found) == 52
    assert Counter(one.settled.kind for one in exchanges.found) == {
        "swap": 49,
        "unwrap": 2,
        "remove_liquidity": 1,
    }
    assert set(exchanges.refused.values()) == {"needs_traces"}
    hashes = told(loaded.ledger)["tx_hash"].to_pylist()
    untraced = gap_facts(loaded.ledger.gaps()).untraced
    assert {hashes[row] for row in exchanges.refused} <= untraced
    assert len({hashes[row] for row in exchanges.refused}) == 23


def test_what_is_followed_is_what_the_account_paid_and_got(exchanges, moves):
    """Plain sums over the ledger's rows; coins that no row shows are what one event says."""
    amount = [int(value) for value in moves["amount"].to_pylist()]
    unseen = 0
    for exchange in exchanges.found:
        one = exchange.settled
        assert sum(part for _, part in one.payments) == one.given
        assert all(part <= amount[row] for row, part in one.payments)
        assert sum(exchange.shares) == one.received
        if one.arrivals:
            assert sum(amount[row] for row in one.arrivals) == one.received
        else:
            unseen += 1
            assert (one.kind, one.received_asset) == ("unwrap", ETHER.id)
    assert unseen == 2


def test_failed_transactions_have_no_event_and_no_conversion(stated, loaded, exchanges):
    failed = {row["hash"] for row in stated["transactions"] if row["receipt_status"] == 0}
    assert len(failed) == 9
    assert failed & set(loaded.events["tx_hash"].to_pylist()) == set()
    assert failed & {one.tx_hash for one in exchanges.found} == set()
    kinds = {row["kind"] for row in told(loaded.ledger).to_pylist() if row["tx_hash"] in failed}
    assert kinds == {"fee"}


def test_a_trace_of_all_who_swapped_follows_what_is_decoded_and_adds_up(files, tmp_path_factory):
    folder = import_all(tmp_path_factory.mktemp("traced") / "ledger", list(files.values()), format="")
    book = open_ledger(folder)
    nothing = np.zeros(book.pool_count, dtype=np.int8)
    asked = {"ledger": book, "codes": nothing, "counted": nothing == 0, "minimum": {}}
    found = Follower(**asked, heuristics=PROVEN).find(np.arange(book.size)).found
    assert Counter(swap.how.kind for swap in found) == {"swap": 49, "unwrap": 2, "remove_liquidity": 1}
    who = book.pools(book.ends()[0][[swap.row for swap in found]])["holder"].to_pylist()
    tokens = [Asset(id=one.asset, symbol="T", decimals=18, valuation=False) for one in book.assets()]
    limits = Limits(heuristics=PROVEN)
    made = trace(book, lead_of([], sorted(set(who)), []), limits, known(assets=tokens))
    assert all(one.balanced for one in made.balances.values() if one.conserving)
    assert {turn.how.method for turn in made.found.turns.values()} == {"decoded"}
    assert len(made.found.turns) > 40
