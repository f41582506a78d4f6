"""Ledgers made straight from payments in their order, without a seal: for tests that make many."""

import numpy as np
import pyarrow as pa
from tests.data.ledger_rows import ASSET, CHAIN, at

from bongsu.model.gap import GAP
from bongsu.model.movement import MOVEMENT
from bongsu.model.pool import POOL
from bongsu.store.ledger import SealedLedger


def plain_ledger(payments, *, ties=None, one_transaction=False, hashes=None):
    """Ledger of (source, target, amount) in the order given.

    `ties` gives each payment its tie, `hashes` its transaction; else each has its own, or one has all.
    """
    names = sorted({name for one in payments for name in one[:2]})
    count = len(payments)
    same = range(1, 2) if one_transaction else range(1, count + 1)
    places = [same[min(n, len(same) - 1)] for n in range(count)]
    columns = {
        "source": [names.index(one[0]) for one in payments],
        "target": [names.index(one[1]) for one in payments],
        "amount": [one[2] for one in payments],
        "block": places,
        "time": [at(place) for place in places],
        "tx_index": [0] * count,
        "position": [None if ties and ties[n] else n for n in range(count)],
        "tx_hash": hashes or [f"t{place}" for place in places],
        "kind": ["fee" if one[1].startswith("fee:") else "native" for one in payments],
        "assumed": [False] * count,
        "file": [0] * count,
        "locator": list(range(1, count + 1)),
        "tie": list(ties) if ties else [0] * count,
    }
    table = pa.table({field.name: pa.array(columns[field.name], field.type) for field in MOVEMENT}, MOVEMENT)
    pools = {
        "chain": [CHAIN] * len(names),
        "asset": [ASSET] * len(names),
        "holder": names,
        "address": [None] * len(names),
        "counterparties": [1] * len(names),
    }
    return SealedLedger(
        sources=[],
        fingerprint="",
        pool_table=pa.table({field.name: pa.array(pools[field.name], field.type) for field in POOL}, POOL),
        movement_table=table,
        gap_table=GAP.empty_table(),
        source_ends=np.asarray(columns["source"], dtype=np.uint32),
        target_ends=np.asarray(columns["target"], dtype=np.uint32),
    )
