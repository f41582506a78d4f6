"""Select the principal movements of the Atomic Wallet case for the sample that ships with Bongsu.

Run with BONGSU_TEST_DATA set: python -m bench.select_sample > movements/atomic-wallet-2023.csv

The publisher's file has 1,080 flows. Kept are those on the widest way to each end, ends with most
value first, until ROWS are reached, and what the sources among them were paid; written in the order
of block, transaction, payer, payee.
"""

import os
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from bongsu.analyze.end import Labels
from bongsu.analyze.lead import Limits
from bongsu.analyze.tally import some
from bongsu.analyze.trace import Known, trace
from bongsu.analyze.way import widest_ways
from bongsu.app.jobs.lead import lead_of
from bongsu.model.asset import ETHEREUM, valuation
from bongsu.model.ports import SourceFile
from bongsu.normalize.context import Context
from bongsu.normalize.flow import normalize
from bongsu.read.flows import read
from bongsu.store.ledger import memory_ledger

ROWS = 240
FLOWS = "onchain/mftracer/atomic_wallet_2023/flow records.csv"
COLUMNS = {"tx": "Tx_hash", "block": "Block", "time": "Timestamp", "from": "From", "to": "To"}


def main() -> None:
    """Nothing; prints the sample."""
    path = Path(os.environ["BONGSU_TEST_DATA"]) / FLOWS
    context = Context(columns=COLUMNS | {"value": "Value_in_USD"}, unit="USD")
    rows = [normalize(batch, context).transfers for batch in read(path, batch_rows=100_000)]
    ledger = memory_ledger(pa.concat_tables(rows), [SourceFile(sha256="", name=path.name, format="flows")])
    usd = valuation(ETHEREUM, "USD")
    known = Known(assets={usd.id: usd}, labels=Labels([]), services={}, issuers={})
    made = trace(ledger, lead_of(["atomic-wallet-2023"], [], []), Limits(), known, policies=["fifo"])
    ways = widest_ways(made.found, made.tallies["fifo"])
    kept: set[int] = set()
    for end in sorted(made.endpoints, key=lambda end: (-end.amount["fifo"], end.address)):
        way = ways.to(end.pool) if end.amount["fifo"] else []
        kept |= set(way) if len(kept | set(way)) <= ROWS else set()
    holders = made.found.pools["holder"].to_pylist()
    moves = made.found.case.moves
    paying = {int(moves.source[m]) for m in kept}
    credited = np.flatnonzero(some(made.tallies["fifo"].credited)).tolist()
    kept |= {m for m in credited if int(moves.target[m]) in paying}
    hashes = ledger.citations(made.found.rows[list(kept)])["tx_hash"].to_pylist()
    lines = []
    for m, tx in zip(kept, hashes, strict=True):
        row = made.found.table.slice(m, 1).to_pylist()[0]
        time = row["time"].strftime("%Y-%m-%dT%H:%M:%SZ")
        ends = holders[moves.source[m]], holders[moves.target[m]]
        lines.append((row["block"], tx, *ends, int(row["amount"]), time))
    sys.stdout.write("tx,block,time,from,to,cents\n")
    for block, tx, source, target, cents, time in sorted(lines):
        sys.stdout.write(f"{tx},{block},{time},{source},{target},{cents}\n")


if __name__ == "__main__":
    main()
