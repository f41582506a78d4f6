"""Tornado Cash: deposits and withdrawals of each pool, and leads from one to the other that beat chance.

The pools are ends: what went in is not what comes out. A lead says which account may have withdrawn; it is
made only where the same search in decoys (the times of all withdrawals shifted around the period, or their
recipients dealt anew) finds clearly less. Heuristics: Beres et al., "Blockchain is Watching You" (IEEE DAPPS
2021); Wu et al., "Tutela" (arXiv 2201.06811). Theirs by gas price needs prices, which a ledger does not hold.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.book import Book
from bongsu.analyze.payment import KINDS, NO_TIME
from bongsu.kernel.case import Array
from bongsu.model.asset import Asset
from bongsu.model.label import Label

ENTITY = "tornado-cash"
"""Slug of its facts, which labels name."""
_POOL = re.compile(r"pool: ([0-9.,]+) (\w+)")
_FEE_PERCENT = 20
"""Of a denomination, the most that a withdrawal leaves to relayer and gas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MixerPool:
    """A contract that takes and gives one amount of one asset."""

    address: str
    amount: Fraction
    """In units of the asset."""
    written: str
    """The amount as the label writes it."""
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Deposits or withdrawals in the order of the ledger."""

    pool: Array
    """Number of the mixer's pool: int64."""
    account: Array
    """Number of the account that deposited, or that the pool paid most: int64."""
    helper: Array
    """Account that the withdrawal paid less, its relayer; -1 where none: int64."""
    time: Array
    """Microseconds since 1970, NO_TIME where not stated: int64."""
    row: Array
    """Movement: int64."""

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixer:
    """What a ledger shows of the mixer."""

    pools: tuple[MixerPool, ...]
    deposits: Visits
    withdrawals: Visits
    accounts: pa.Array
    """Holder of each account number."""


def mixer_pools(labels: Iterable[Label]) -> tuple[MixerPool, ...]:
    """Pools that the labels of Tornado Cash name with their denomination, by address."""
    found = {}
    for label in labels:
        named = _POOL.search(label.name) if label.entity == ENTITY else None
        if named:
            amount = Fraction(named[1].replace(",", ""))
            found[label.address] = MixerPool(
                address=label.address, amount=amount, written=named[1], symbol=named[2]
            )
    return tuple(found[address] for address in sorted(found))


def find_visits(book: Book, pools: tuple[MixerPool, ...], routers: Iterable[str] = ()) -> Mixer:
    """Deposits and withdrawals of the pools, by exact denomination.

    Args:
        book: The ledger.
        pools: The mixer's pools.
        routers: Contracts of the mixer that pass deposits on; who paid them in the same transaction
            is who deposited.

    Cost: a pass over the movements; what touches a pool is sorted.
    """
    holders = book.pools["holder"].combine_chunks().dictionary_encode()
    code = holders.indices.to_numpy().astype(np.int64)
    known = holders.dictionary
    number = pc.index_in(known, value_set=pa.array([pool.address for pool in pools], pa.string()))
    mixer = number.fill_null(-1).to_numpy().astype(np.int64)
    passing = pc.is_in(known, value_set=pa.array(sorted(routers), pa.string())).to_numpy(zero_copy_only=False)
    moves = _Moves.of(book, code)
    return Mixer(
        pools=pools,
        deposits=_deposits(book, moves, mixer, pools, passing=passing),
        withdrawals=_withdrawals(book, moves, mixer, pools),
        accounts=known,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moves:
    """Movements between accounts: account numbers, exact amounts by row, and transactions."""

    row: Array
    payer: Array
    payee: Array
    tx: Array
    time: Array

    @classmethod
    def of(cls, book: Book, code: Array) -> "_Moves":
        table = book.movements
        row = np.flatnonzero(pc.is_in(table["kind"], value_set=pa.array(KINDS)).to_numpy())
        hashes = table["tx_hash"].combine_chunks().dictionary_encode()
        tx = hashes.indices.to_numpy().astype(np.int64)[row]
        unnamed = pc.equal(table["tx_hash"], "").to_numpy()[row]
        return cls(
            row=row,
            payer=code[table["source"].to_numpy()[row]],
            payee=code[table["target"].to_numpy()[row]],
            tx=np.where(unnamed, -1 - np.arange(len(row)), tx),
            time=table["time"].cast(pa.int64()).fill_null(NO_TIME).to_numpy()[row],
        )


def _units(book: Book, pool: MixerPool, row: int) -> int | None:
    """The pool's amount in base units of the movement's asset, None where that is another asset."""
    name = book.pools["asset"][int(book.movements["source"][row].as_py())].as_py()
    asset: Asset | None = book.assets.get(name)
    if asset is None or asset.symbol.lower() != pool.symbol.lower():
        return None
    return int(pool.amount * 10**asset.decimals)


def _amount(book: Book, row: int) -> int:
    return int(book.movements["amount"][row].as_py())


def _deposits(
    book: Book, moves: _Moves, mixer: Array, pools: tuple[MixerPool, ...], *, passing: Array
) -> Visits:
    visits = []
    routed = np.flatnonzero(passing[moves.payee])
    payer_of = dict(zip(moves.tx[routed].tolist(), moves.payer[routed].tolist(), strict=True))
    for place in np.flatnonzero((mixer[moves.payee] >= 0) & (mixer[moves.payer] < 0)).tolist():
        row, pool = int(moves.row[place]), int(mixer[moves.payee[place]])
        if _units(book, pools[pool], row) != _amount(book, row):
            continue
        account = int(moves.payer[place])
        account = payer_of.get(int(moves.tx[place]), account) if passing[account] else account
        visits.append((pool, account, -1, int(moves.time[place]), row))
    return _visits(visits)


def _withdrawals(book: Book, moves: _Moves, mixer: Array, pools: tuple[MixerPool, ...]) -> Visits:
    visits, by_visit = [], dict[tuple[int, int], list[int]]()
    for place in np.flatnonzero((mixer[moves.payer] >= 0) & (mixer[moves.payee] < 0)).tolist():
        by_visit.setdefault((int(moves.tx[place]), int(mixer[moves.payer[place]])), []).append(place)
    for (_tx, pool), places in by_visit.items():
        units = _units(book, pools[pool], int(moves.row[places[0]]))
        paid = sorted(((_amount(book, int(moves.row[p])), p) for p in places), reverse=True)
        if units is None or not 100 * paid[0][0] >= (100 - _FEE_PERCENT) * units:
            continue
        main = paid[0][1]
        helper = int(moves.payee[paid[1][1]]) if len(paid) > 1 else -1
        visits.append((pool, int(moves.payee[main]), helper, int(moves.time[main]), int(moves.row[main])))
    return _visits(sorted(visits, key=lambda visit: visit[4]))


def _visits(found: list[tuple[int, int, int, int, int]]) -> Visits:
    columns = np.array(found, dtype=np.int64).reshape(-1, 5).T
    return Visits(pool=columns[0], account=columns[1], helper=columns[2], time=columns[3], row=columns[4])


def shifted(visits: Visits, by: int) -> Visits:
    """Visits whose times are moved on by some microseconds, those past the period to its beginning."""
    known = visits.time != NO_TIME
    if not known.any():
        return visits
    first, last = int(visits.time[known].min()), int(visits.time[known].max())
    moved = first + (visits.time - first + by) % (last - first + 1)
    return replace(visits, time=np.where(known, moved, visits.time))


def dealt(visits: Visits, seed: int) -> Visits:
    """Visits whose accounts (with their relayers) are dealt anew within each pool."""
    chance = np.random.default_rng(seed)
    place = np.arange(len(visits))
    for pool in np.unique(visits.pool).tolist():
        own = np.flatnonzero(visits.pool == pool)
        place[own] = chance.permutation(own)
    return replace(visits, account=visits.account[place], helper=visits.helper[place])
