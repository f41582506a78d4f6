"""How often an exchange that only a label and what came back show is the one that events prove.

The rule is `bongsu.analyze.swap`: who sent a transaction paid a labeled converter once and got one other
asset. Truth as in `bench.heuristic_conversion`. Decoys: token transfers and payments of coins dealt out anew
to transactions, each of which keeps its sender.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.heuristic_conversion import SETS, Loaded, load, onchain, proven
from bench.heuristic_rate import Rate
from bongsu.analyze.book import stated_movements
from bongsu.analyze.end import Labels, mark_ends
from bongsu.analyze.lead import Limits
from bongsu.analyze.swap import Swap, SwapFinder
from bongsu.facts.load import load_labels
from bongsu.model.ports import Ledger, SourceFile
from bongsu.model.transfer import TRANSFER
from bongsu.store.ledger import memory_ledger

NAME = "conversion_label"
SEED, SHUFFLES = 7, 5
_FEES = pa.array(["fee", "base_fee", "reward"])
Key = tuple[str, str, str, int, str, str, int]
"""Transaction, giver, asset and amount given, receiver, asset and amount received."""


def _found(ledger: Ledger) -> tuple[tuple[Swap, ...], int]:
    """What the rule finds in a ledger, and how many payments it was asked about."""
    nobody = np.empty(0, dtype=np.int64)
    codes = mark_ends(ledger, Labels(load_labels()), Limits(counterparties=0), sources=nobody, valuations={})
    counted = np.ones(ledger.pool_count, dtype=bool)
    finder = SwapFinder(ledger=ledger, codes=codes, counted=counted, minimum={})
    swaps = finder.find(np.arange(ledger.size))
    asked = [row for row, why in swaps.refused.items() if why != "side_unknown"]
    return swaps.found, len(asked) + len(swaps.found)


def _claims(ledger: Ledger) -> set[Key]:
    tx, pools = ledger.citations()["tx_hash"].to_pylist(), ledger.pools().to_pylist()
    amount, source = ledger.movements()["amount"].to_pylist(), ledger.ends()[0]
    claims = set()
    for swap in _found(ledger)[0]:
        giver, receiver = pools[source[swap.row]], pools[swap.target]
        gave = giver["holder"], giver["asset"], int(amount[swap.row])
        claims.add((tx[swap.row], *gave, receiver["holder"], receiver["asset"], swap.received))
    return claims


def _dealt(ledger: Ledger, seed: int) -> Ledger:
    """The ledger with its movements, but for fees, dealt out anew to its transactions."""
    table, pools = stated_movements(ledger), ledger.pools()
    fees = pc.is_in(table["kind"], value_set=_FEES).to_numpy()
    order = np.arange(table.num_rows)
    moved = np.flatnonzero(~fees)
    order[moved] = np.random.default_rng(seed).permutation(moved)
    source, target = (table[side].to_numpy()[order] for side in ("source", "target"))
    asset = pools["asset"].take(pa.array(source))
    columns = {name: table[name] for name in table.column_names if name in TRANSFER.names}
    columns |= {
        "chain": pools["chain"].take(pa.array(source)),
        "asset": asset,
        "source": pools["holder"].take(pa.array(source)),
        "target": pools["holder"].take(pa.array(target)),
        "amount": table["amount"].take(pa.array(order)),
        "kind": table["kind"].take(pa.array(order)),
    }
    nothing = {f.name: pa.nulls(table.num_rows, f.type) for f in TRANSFER if f.name not in columns}
    rows = pa.table({f.name: (columns | nothing)[f.name] for f in TRANSFER})
    return memory_ledger(rows, [SourceFile(sha256="0" * 64, name="", format="")])


def _rate(name: str, data: str, loaded: Loaded) -> Rate:
    truth = {
        (tx, one.account, one.given_asset, one.given, one.receiver, one.received_asset, one.received)
        for tx, settled in proven(loaded).items()
        for one in settled
    }
    asked = _found(loaded.ledger)[1]
    claims = _claims(loaded.ledger)
    right = len(claims & truth)
    hits = decoys = 0
    for turn in range(SHUFFLES):
        found, among = _found(_dealt(loaded.ledger, SEED + turn))
        hits, decoys = hits + len(found), decoys + among
    note = (
        "payments to labeled converters, but for those of who did not send the transaction; all of account,"
        " assets and amounts must agree"
    )
    return Rate(name, data, asked, right, len(claims) - right, None, hits, decoys, note)


def measure() -> list[Rate]:
    """One rate a set of real data."""
    return [
        _rate(f"{NAME} {where}", data, load(onchain() / path for path in paths))
        for where, (data, paths) in SETS.items()
    ]


if __name__ == "__main__":
    for found in measure():
        print(found)
