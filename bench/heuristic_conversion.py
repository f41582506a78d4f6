"""How often a conversion that only balances show is the one that events prove; and on shuffled transactions.

Truth: conversions that decoded events settle on real blocks, each agreeing with the transfers. The
inference sees the same transactions without their logs: token transfers as a table of transfers has
them, values of transactions, traces where the data has them, and who sent each transaction.
"""

import os
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.heuristic_rate import Rate
from bongsu.analyze.conversion import Settled
from bongsu.analyze.conversion_guess import guess
from bongsu.analyze.exchange import find_exchanges, gap_facts, ledger_moves, pool_finder
from bongsu.analyze.venue import Move
from bongsu.model.ports import Ledger, SourceFile
from bongsu.normalize.context import Context
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader, sniff_format
from bongsu.store.ledger import memory_ledger

NAME = "conversion_guess"
SEED, SHUFFLES = 7, 20
BLOCKS = "ethereum-etl/blocks_17173049_17173050"
SETS = {
    "(without traces)": (
        "Ethereum blocks 17173049-50 (ethereum-etl), no traces",
        (f"{BLOCKS}/expected_logs.json.gz", f"{BLOCKS}/expected_transactions.json.gz"),
    ),
    "(with traces)": (
        "Ethereum sample of GraphSense, block 15,000,000 and others, with traces",
        (
            "graphsense_eth_sample/logs.json.gz",
            "graphsense_eth_sample/transactions.csv.gz",
            "graphsense_eth_sample/traces.csv.gz",
        ),
    ),
}
"""Real data by a short name: what it is, and files below the folder of on-chain data."""
_FEES = ("fee", "base_fee", "reward")
_WRAPPING = ("wrap", "unwrap")


class Loaded(NamedTuple):
    """A ledger of real files with the conversions that their logs state."""

    ledger: Ledger
    events: pa.Table


class Seen(NamedTuple):
    """A transaction as the inference sees it."""

    moves: list[Move]
    sender: str | None
    called: str | None


def onchain() -> Path:
    """Folder of real on-chain data."""
    return Path(os.environ.get("BONGSU_TEST_DATA", "../shared/data")) / "onchain"


def load(paths: Iterable[Path]) -> Loaded:
    """Ledger and events of files as an import would make them."""
    parts, gaps, events = [], [], []
    for number, path in enumerate(paths):
        name = sniff_format(path)
        for batch in load_reader(name).read(path, batch_rows=10**6):
            made = load_normalizer(name)(batch, Context())
            files = pa.nulls(made.transfers.num_rows, pa.int32()).fill_null(number)
            parts.append(made.transfers.append_column("file", files))
            gaps.append(made.gaps)
            events.append(made.events)
    sources = [SourceFile(sha256=f"{n:064x}", name=str(n), format="") for n in range(len(parts))]
    ledger = memory_ledger(pa.concat_tables(parts), sources, gaps=pa.concat_tables(gaps))
    return Loaded(ledger, pa.concat_tables(events))


def proven(loaded: Loaded) -> dict[str, list[Settled]]:
    """Transaction with believed events to the conversions that they settle, maybe none."""
    rows = np.arange(loaded.ledger.movements().num_rows)
    moves = ledger_moves(loaded.ledger, rows)
    found = find_exchanges(
        moves,
        loaded.events,
        pool_finder(loaded.ledger),
        gaps=gap_facts(loaded.ledger.gaps()),
        guessing=False,
    )
    return {tx: list(made.settled) for tx, made in found.settlements.items()}


def seen(loaded: Loaded) -> dict[str, Seen]:
    """Transactions without what only their logs say: the wrapper's mints and burns."""
    wrapping = loaded.events.filter(pc.is_in(loaded.events["kind"], value_set=pa.array(_WRAPPING)))
    hidden = set(zip(wrapping["emitter"].to_pylist(), wrapping["tx_hash"].to_pylist(), strict=True))
    rows = np.arange(loaded.ledger.movements().num_rows)
    by_tx: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ledger_moves(loaded.ledger, rows).to_pylist():
        own = row["asset"].endswith(row["source"]) or row["asset"].endswith(row["target"])
        ends = {(row["source"], row["tx_hash"]), (row["target"], row["tx_hash"])}
        if row["tx_hash"] and not (own and row["kind"] == "token" and ends & hidden):
            by_tx[row["tx_hash"]].append(row)
    called = gap_facts(loaded.ledger.gaps()).called
    return {tx: _seen(rows, called.get(tx)) for tx, rows in by_tx.items()}


def _seen(rows: list[dict[str, Any]], called: str | None) -> Seen:
    senders = {row["source"] for row in rows if row["kind"] in ("fee", "base_fee")}
    moves = [
        Move(row["row"], row["source"], row["target"], row["asset"], int(row["amount"]))
        for row in rows
        if row["kind"] not in _FEES
    ]
    return Seen(moves, senders.pop() if len(senders) == 1 else None, called)


def _key(one: Settled) -> tuple[str, str, int, str, str, int]:
    return one.account, one.given_asset, one.given, one.receiver, one.received_asset, one.received


def _rate(name: str, data: str, loaded: Loaded) -> Rate:
    truth, view = proven(loaded), seen(loaded)
    right = wrong = missed = 0
    for tx, settled in truth.items():
        known = {_key(one) for one in settled}
        one = view.get(tx)
        claimed = (
            {_key(s) for s in guess(one.moves, sender=one.sender, called=one.called)[0]} if one else set()
        )
        right += len(known & claimed)
        wrong += len(claimed - known)
        missed += len(known - claimed)
    hits, decoys = _shuffled(view)
    beside = sum(
        bool(guess(one.moves, sender=one.sender, called=one.called)[0])
        for tx, one in view.items()
        if tx not in truth
    )
    note = (
        f"all of account, assets and amounts must agree; {beside} more are claimed in transactions without"
        f" decoded events, where nobody knows the truth"
    )
    return Rate(name, data, right + missed, right, wrong, missed, hits, decoys, note)


def _shuffled(view: dict[str, Seen]) -> tuple[int, int]:
    """Claims, and transactions asked about, when transfers are dealt out anew to transactions.

    Each keeps its sender, its called contract and its number of transfers.
    """
    rng = random.Random(SEED)
    hits = asked = 0
    everything = [move for one in view.values() for move in one.moves]
    for _turn in range(SHUFFLES):
        rng.shuffle(everything)
        at = 0
        for one in view.values():
            dealt = everything[at : at + len(one.moves)]
            at += len(one.moves)
            if len(dealt) > 1:
                asked += 1
                hits += bool(guess(dealt, sender=one.sender, called=one.called)[0])
    return hits, asked


def measure() -> list[Rate]:
    """One rate a set of real data."""
    return [
        _rate(f"{NAME} {where}", data, load(onchain() / path for path in paths))
        for where, (data, paths) in SETS.items()
    ]


if __name__ == "__main__":
    for found in measure():
        print(found)
