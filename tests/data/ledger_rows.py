"""Small transfers for tests of the ledger: short names stand for holders, numbers for hashes."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from bongsu.model.gap import GAP
from bongsu.model.ports import SourceFile
from bongsu.model.transfer import TRANSFER

CHAIN = "eip155:1"
ASSET = "eip155:1/slip44:60"
BITCOIN = "bip122:000000000019d6689c085ae165831e93"
COIN = BITCOIN + "/slip44:0"
START = datetime(2024, 1, 1, tzinfo=UTC)
DEFAULTS = {
    "chain": CHAIN, "asset": ASSET, "block": 1, "time": None, "tx_index": None, "position": 0, "path": None,
    "tx_hash": "t1", "source": "a", "target": "b", "address": None, "amount": 1, "kind": "native",
    "locator": 1,
}  # fmt: skip


def at(seconds):
    """Time so many seconds after the start."""
    return START + timedelta(seconds=seconds)


def rows(*given, **shared):
    """Transfers of the given values over the defaults; the locator counts up."""
    filled = [{**DEFAULTS, "locator": n, **shared, **one} for n, one in enumerate(given, start=1)]
    columns = {f.name: pa.array([one[f.name] for one in filled], f.type) for f in TRANSFER}
    files = pa.array([one.get("file", 0) for one in filled], pa.int32())
    return pa.table(columns, schema=TRANSFER).append_column("file", files)


def utxo(*given, **shared):
    """Transfers on Bitcoin."""
    return rows(*given, **{"chain": BITCOIN, "asset": COIN, **shared})


def paid(*given, **shared):
    """Transfers of (source, target, amount), each in a block of its own; a fourth item says other values."""
    filled = []
    for n, one in enumerate(given, start=1):
        source, target, amount, other = (*one, {})[:4]
        place = {"block": n, "time": at(n), "tx_index": 0, "tx_hash": f"t{n}"}
        filled.append({"source": source, "target": target, "amount": amount, **place, **shared, **other})
    return rows(*filled)


def gaps(*given):
    """Gaps of the given values."""
    defaults = {
        "chain": CHAIN,
        "block": 1,
        "tx_hash": "t1",
        "holder": "a",
        "reason": "needs_traces",
        "locator": 1,
    }
    return pa.Table.from_pylist([{**defaults, **one} for one in given], schema=GAP)


def sources(count=1):
    """Source files whose hashes sort in their order."""
    return [SourceFile(sha256=f"{n:064x}", name=f"file {n}", format="flows") for n in range(count)]


def moved(ledger):
    """Movements of a ledger with holders in place of pool numbers."""
    holders = ledger.pools().column("holder").to_pylist()
    found = told(ledger).to_pylist()
    return [
        {
            **one,
            "source": holders[one["source"]],
            "target": holders[one["target"]],
            "amount": int(one["amount"]),
        }
        for one in found
    ]


def told(ledger, rows=None):
    """Movements with what sources state of them, one table."""
    table, cited = ledger.movements(rows), ledger.citations(rows)
    for name in cited.column_names:
        table = table.append_column(name, cited[name])
    return table


def mask_of(ledger, pools):
    """Whether each pool of a ledger is one of these."""
    return [pool in set(pools.tolist()) for pool in range(ledger.pool_count)]
