"""Payments between accounts as arrays: what the patterns are looked for in."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.book import Book
from bongsu.analyze.extract import amounts_of
from bongsu.analyze.pool_mask import null_pools
from bongsu.kernel.adjacency import index_of
from bongsu.kernel.case import Array
from bongsu.kernel.index import Index

KINDS = ("native", "internal", "token", "flow")
"""Movements from one account to another; fees, rewards and what UTXO transactions do are not."""
NO_TIME = int(np.iinfo(np.int64).min)
_SIZE_BITS = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    """Payments in the order of the ledger; those to oneself, of nothing, to or from nobody are left out."""

    row: Array
    """Row of the movement: int64."""
    source: Array
    """Pool that pays, in the ledger's numbers: int64."""
    target: Array
    """Pool that is paid: int64."""
    size: Array
    """Amount without its lowest bits, the same number of them for all of an asset, so that the sum of an
    asset is below 2**55: for comparing shares only. int64."""
    time: Array
    """Microseconds since 1970, NO_TIME where not stated: int64."""
    pools: int

    def __len__(self) -> int:
        return len(self.row)

    def paid_by(self) -> Index:
        """Payments of each pool, in order."""
        return index_of(self.source, self.pools)

    def paid_to(self) -> Index:
        """Payments to each pool, in order."""
        return index_of(self.target, self.pools)


def payments_of(book: Book) -> Payments:
    """Payments of a ledger. Cost: a few passes over its movements."""
    moves, pools = book.movements, book.pools
    source = moves["source"].to_numpy().astype(np.int64)
    target = moves["target"].to_numpy().astype(np.int64)
    nobody = null_pools(pools)
    kept = pc.is_in(moves["kind"], value_set=pa.array(KINDS)).to_numpy() & (source != target)
    kept &= ~nobody[source] & ~nobody[target]
    limbs = amounts_of(moves["amount"])
    row = np.flatnonzero(kept & (limbs != 0).any(axis=1))
    assets = pools["asset"].combine_chunks().dictionary_encode()
    asset = assets.indices.to_numpy()[source[row]]
    return Payments(
        row=row,
        source=source[row],
        target=target[row],
        size=_sizes(limbs[row], asset, len(assets.dictionary)),
        time=moves["time"].cast(pa.int64()).fill_null(NO_TIME).to_numpy()[row],
        pools=pools.num_rows,
    )


def _sizes(limbs: Array, asset: Array, assets: int) -> Array:
    """Amounts without the bits that the sum of their asset has above _SIZE_BITS."""
    sizes = np.zeros(len(limbs), dtype=np.int64)
    for code in range(assets):
        own = asset == code
        if not own.any():
            continue
        low, high = limbs[own, 0], limbs[own, 1]
        most = (int(high.max()) + 1 << 64) if high.any() else int(low.max())
        drop = max(0, most.bit_length() + int(own.sum()).bit_length() - _SIZE_BITS)
        sizes[own] = _shifted(low, high, drop)
    return sizes


def _shifted(low: Array, high: Array, drop: int) -> Array:
    if drop >= 64:
        return (high >> np.uint64(drop - 64)).astype(np.int64)
    kept = low >> np.uint64(drop)
    if drop:
        kept |= high << np.uint64(64 - drop)
    return kept.astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What each pool paid, or was paid: shape (pools,)."""

    count: Array
    total: Array
    """Sum of the sizes."""
    main: Array
    """Largest payment, the earlier of equal ones; -1 where there is none."""
    second: Array
    """Size of the second largest; 0 where there is none."""


def side_of(payments: Payments, pool: Array) -> Side:
    """What each pool has on one side; `pool` is the payments' source or target."""
    count = np.bincount(pool, minlength=payments.pools)
    order = np.lexsort((np.arange(len(pool)), -payments.size, pool))
    first = np.cumsum(count) - count
    main = np.full(payments.pools, -1, dtype=np.int64)
    second = np.zeros(payments.pools, dtype=np.int64)
    total = np.zeros(payments.pools, dtype=np.int64)
    some, several = count > 0, count > 1
    main[some] = order[first[some]]
    second[several] = payments.size[order[first[several] + 1]]
    np.add.at(total, pool, payments.size)
    return Side(count=count, total=total, main=main, second=second)
