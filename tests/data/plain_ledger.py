"""Ledgers made straight from payments in their order, without a seal: for tests that make many."""

import numpy as np
import pyarrow as pa
from tests.data.ledger_rows import ASSET, CHAIN, at

from bongsu.kernel.tag import tags_of
from bongsu.model.gap import GAP
from bongsu.model.movement import CITATION
from bongsu.model.transfer import KINDS
from bongsu.store.citation import PART, Citations
from bongsu.store.column_buffer import texts_of
from bongsu.store.column_file import Memory
from bongsu.store.holder_write import write_holders
from bongsu.store.layout_write import LayoutWriter, Rows
from bongsu.store.ledger import SealedLedger


def plain_ledger(payments, *, ties=None, one_transaction=False, hashes=None):
    """Ledger of (source, target, amount) in the order given.

    `ties` gives each payment its tie, `hashes` its transaction; else each has its own, or one has all.
    """
    names = sorted({name for one in payments for name in one[:2]})
    count = len(payments)
    same = range(1, 2) if one_transaction else range(1, count + 1)
    places = [same[min(n, len(same) - 1)] for n in range(count)]
    stated = {
        "tx_hash": hashes or [f"t{place}" for place in places],
        "tx_index": [0] * count,
        "position": [None if ties and ties[n] else n for n in range(count)],
        "file": [0] * count,
        "locator": list(range(1, count + 1)),
    }
    cited = Citations(
        parts=PART.empty_table(),
        table=pa.table([pa.array(stated[one.name], one.type) for one in CITATION], schema=CITATION),
    )
    place = Memory()
    pools = {"chain": [CHAIN] * len(names), "asset": [ASSET] * len(names), "holder": names}
    holders = write_holders(
        place, [pa.table(pools).append_column("address", pa.nulls(len(names), pa.string()))]
    )
    writer = LayoutWriter(place, [CHAIN])
    writer.add(_rows(payments, names, places, ties=ties, hashes=stated["tx_hash"]))
    return SealedLedger(
        sources=[],
        fingerprint="",
        layout=writer.close(holders, hashes=lambda rows: cited.take(rows)["tx_hash"].combine_chunks()),
        cited=cited,
        gap_table=GAP.empty_table(),
    )


def _rows(payments, names, places, *, ties, hashes):
    count = len(payments)
    tag, alike = tags_of(texts_of(pa.array(hashes, pa.string())))
    amount = [[one[2] % 2**64, one[2] >> 64] for one in payments]
    kinds = ["fee" if one[1].startswith("fee:") else "native" for one in payments]
    return Rows(
        source=np.array([names.index(one[0]) for one in payments], dtype=np.int64),
        target=np.array([names.index(one[1]) for one in payments], dtype=np.int64),
        amount=np.array(amount, dtype=np.uint64).reshape(-1, 2),
        kind=np.array([KINDS.index(kind) for kind in kinds], dtype=np.int64),
        assumed=np.zeros(count, dtype=bool),
        same=alike,
        stated=np.array([one != "" for one in hashes], dtype=bool),
        tag=tag,
        cite=np.arange(count),
        chain=np.zeros(count, dtype=np.int64),
        block=np.array(places, dtype=np.int64),
        time=np.array([round(at(one).timestamp() * 10**6) for one in places], dtype=np.int64),
        tx_index=np.full(count, -1, dtype=np.int64),
        tie=np.array(list(ties) if ties else [0] * count, dtype=np.int64),
    )
