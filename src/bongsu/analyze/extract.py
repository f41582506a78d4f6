"""The part of a ledger that stolen value can touch, as arrays for the kernels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.end import Codes
from bongsu.analyze.flight import Flights, add_flights
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.pool_mask import Mask, transaction_pools
from bongsu.analyze.stop import CODE
from bongsu.analyze.swap import Crossing, How, Swaps, refused_by_reason
from bongsu.analyze.theft import Marks, overdraft_tags
from bongsu.errors import LedgerError
from bongsu.kernel.adjacency import rows_of
from bongsu.kernel.amount import Amounts, fits_narrow, fits_wide, to_narrow, to_wide
from bongsu.kernel.case import CONVERTS, FIRST_STOLEN, OTHER, Array, Case, Moves
from bongsu.kernel.hop import fewest_hops
from bongsu.kernel.index import Index
from bongsu.kernel.reach import CLOSED, START, Route, Seed, reach_scan, reach_seek
from bongsu.model.ports import Ledger
from bongsu.model.text import _

NO_TAG = -1
Cite = Callable[[Array], pa.Table]


class Finder(Protocol):
    """Finds what payments became, in the transactions of some movements."""

    def find(self, rows: Array) -> Swaps:
        """Exchanges and crossings."""
        ...


FEE_KINDS = ["fee", "base_fee"]
SEEK_SHARE = 50
"""A scan of all movements is cheaper than to look up more than this part of them one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a movement of the case became another asset."""

    how: How
    received: int
    """Base units of the other asset."""
    arrivals: tuple[int, ...]
    """Movements that brought it, by their numbers in the ledger."""
    crossing: Crossing | None = None
    """The bridge that it came over; null: it was exchanged in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Movements with a touched end, their pools, and the kernels' case over them."""

    case: Case
    table: pa.Table
    """The movements, `bongsu.model.movement.MOVEMENT`, source and target in the ledger's numbers."""
    pools: pa.Table
    """The pools of the case, `bongsu.model.pool.POOL`, in the case's numbers."""
    stops: Codes
    """Code of the stop of each pool; untouched pools 0."""
    touched: Array
    """1 for pools that stolen value can touch."""
    sources: Mask
    """Whether each pool is one of the lead's."""
    hops: Array
    """Fewest payments from a source to each pool; -1 where untouched."""
    ties: Array
    """First row and the row after the last of each group of movements of unknown order."""
    fees: Array
    """1 for movements that pay a transaction's fee."""
    later: Mask
    """Whether each pool pays after the end of the window."""
    turns: Mapping[int, Turn]
    """Row that converts to how; what brought it moves nothing in the case."""
    flights: Mapping[int, Crossing]
    """Pool of what is under way over a bridge to the crossing; the ledger has no such pool."""
    unconverted: dict[str, int]
    """Payments of touched pools to a converter that are not followed, by reason."""
    numbers: Array
    """Number of each pool in the ledger, ascending; those in flight have numbers beyond it."""
    rows: Array
    """Number of each movement in the ledger."""
    cite: Cite
    """What sources state of movements, by their numbers in the ledger."""
    total: int
    """Movements in the whole ledger."""


def amounts_of(column: pa.ChunkedArray) -> Amounts:
    """Wide amounts of a decimal128(38, 0) column without nulls, shape (n, 2)."""
    flat = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not len(flat):
        return np.empty((0, 2), dtype=np.uint64)
    limbs = np.frombuffer(flat.buffers()[1], dtype="<u8").reshape(-1, 2)
    return limbs[flat.offset : flat.offset + len(flat)]


def tie_groups(tie: Array) -> Array:
    """First row and the row after the last of each run of equal nonzero numbers: shape (groups, 2)."""
    edges = np.flatnonzero(np.diff(tie, prepend=0, append=0))
    runs = np.stack([edges[:-1], edges[1:]], axis=1) if len(edges) > 1 else edges.reshape(0, 2)
    groups: Array = runs[tie[runs[:, 0]] != 0].astype(np.int64)
    return groups


def _reached(ledger: Ledger, marks: Marks, codes: Codes, swaps: Swaps) -> Array:
    """Pools that stolen value can touch in the whole ledger, before the limits of the question."""
    mark = np.zeros(ledger.size, dtype=np.uint8)
    mark[swaps.closed()] = CLOSED
    mark[marks.rows] |= START
    route, seed = Route(*ledger.ends(), mark, ledger.ties()), Seed(marks.sources, marks.rows)
    most = ledger.size // SEEK_SHARE
    found = reach_seek(route, Index(*ledger.payments()), seed, codes, turned=swaps.turned(), most=most)
    if found is not None:
        return found
    every = np.arange(ledger.size)
    source, target = swaps.follow(every, route.source.copy(), route.target.copy())
    return reach_scan(
        route._replace(source=source, target=target), marks.sources, (codes > 0).astype(np.uint8)
    )


def _case_rows(ledger: Ledger, touched: Array, marks: Marks, *, codes: Codes, swaps: Swaps) -> Array:
    """Movements of touched pools that are followed, what begins a theft, what became theirs; ascending."""
    live = np.flatnonzero((touched > 0) & (codes == 0))
    became = [swap.row for swap in swaps.found if touched[swap.target]]
    left, source = swaps.leaves(), ledger.ends()[0]
    for one in swaps.crossings:
        if one.withdrawal >= 0 and any(touched[source[row]] for row in left[one.deposit]):
            became.append(one.withdrawal)
    found = (rows_of(Index(*index), live) for index in (ledger.payments(), ledger.receipts()))
    return np.unique(np.concatenate([*found, marks.rows, np.array(became, dtype=np.int64)]))


def _search(ledger: Ledger, marks: Marks, codes: Codes, finder: Finder) -> tuple[Array, Array, Swaps, Codes]:
    """Touched pools, movements of the case, the exchanges among them, and the stop of each pool.

    An exchange can touch a pool, and its movements can show another exchange: again until none is new.
    """
    swaps = Swaps()
    while True:
        touched = _reached(ledger, marks, codes, swaps)
        rows = _case_rows(ledger, touched, marks, codes=codes, swaps=swaps)
        more = swaps.joined(finder.find(rows))
        if more.size == swaps.size:
            return touched, rows, more, codes
        swaps, codes = more, _with_venues(codes, more.venues, marks)


def _with_venues(codes: Codes, venues: frozenset[int], marks: Marks) -> Codes:
    """Stops, where venues that keep what is not followed are ends; a source is never one."""
    new = np.setdiff1d(np.array(sorted(venues), dtype=np.int64), marks.sources)
    new = new[codes[new] == 0]
    if not len(new):
        return codes
    codes = codes.copy()
    codes[new] = CODE["conversion"]
    return codes


def _local(numbers: Array) -> tuple[Array, Array]:
    """Pools in use, ascending, and each number's place among them."""
    pools, places = np.unique(numbers, return_inverse=True)
    return pools, places.astype(np.int32)


def _batches(source: Array, transaction: pa.ChunkedArray) -> Array:
    """One number a (paying pool, transaction); movements without a transaction stand alone."""
    named = transaction.is_valid().to_numpy()
    numbers = pc.fill_null(transaction, 0).to_numpy().copy()
    numbers[~named] = numbers.max(initial=0) + 1 + np.arange(int((~named).sum()))
    numbers = np.unique(numbers, return_inverse=True)[1].astype(np.int64)
    key = numbers * (int(source.max(initial=0)) + 1) + source
    return np.unique(key, return_inverse=True)[1].astype(np.int32)


def _stopped(table: pa.Table, assets: list[str], source: Array, limits: Limits) -> Array:
    """1 for movements below the smallest that is followed."""
    small = np.zeros(table.num_rows, dtype=np.uint8)
    for asset in sorted(set(assets)):
        least = limits.minimum.get(asset, limits.minimum.get("*", 0))
        if least:
            below = pc.less(table["amount"], pa.scalar(least, table["amount"].type)).to_numpy()
            small[below & (np.array(assets, dtype=object) == asset)[source]] = 1
    return small


def _check_sums(amounts: Amounts, asset_of_row: Array, assets: list[str]) -> bool:
    """Whether narrow arithmetic is exact; one asset's movements must add up to less than 2**127.

    Raises:
        LedgerError: When the sum of an asset's movements is beyond exact arithmetic.
    """
    narrow = True
    for code in np.unique(asset_of_row).tolist():
        own = amounts[asset_of_row == code]
        narrow &= fits_narrow(own)
        if not fits_wide(own):
            raise LedgerError(
                _("Cannot trace {asset}: its movements add up to more than 2^127 base units.").format(
                    asset=assets[code]
                ),
                hint=_("An amount in it is absurd: look for it with bongsu ledger show, and leave it out."),
            )
    return narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Movements of the case and their pools, numbered anew from 0."""

    rows: Array
    table: pa.Table
    pool: Array
    pools: pa.Table
    source: Array
    target: Array
    later: Array
    """Pools, in the ledger's numbers, that pay after the end of the window."""
    turns: dict[int, Turn]
    """Row of the case that converts to how."""
    idle: list[int]
    """Rows of the case that brought what others became."""
    flights: Flights


def _route(table: pa.Table, ends: tuple[Array, Array], credit: Array, stopped: Array) -> Route:
    mark = np.where(credit >= FIRST_STOLEN, START, 0) | np.where(stopped > 0, CLOSED, 0)
    ties = tie_groups(table["tie"].to_numpy())
    return Route(ends[0].astype(np.uint32), ends[1].astype(np.uint32), mark.astype(np.uint8), ties)


def _bounded_reach(
    route: Route, sources: Mask, codes: Codes, *, joint: Mask, limits: Limits
) -> tuple[Array, Codes, Array]:
    """Touched pools, stops and hops under the limits; pools at the last hop stop."""
    hops = fewest_hops(route, np.flatnonzero(sources), codes > 0, joint)
    if limits.hops is not None:
        last = (hops == limits.hops) & (codes == 0) & ~joint
        codes = np.where(last, CODE["hops"], codes).astype(np.int8)
    touched = reach_scan(route, np.flatnonzero(sources), (codes > 0).astype(np.uint8))
    return touched, codes, hops


def _moves(case: _Parts, credit: Array, stopped: Array, overdraft: Array, *, ends: Array) -> Moves:
    wide = amounts_of(case.table["amount"])
    wide = wide.copy() if case.turns else wide
    received = np.zeros_like(wide)
    for row, turn in case.turns.items():
        if ends[case.source[row]]:  # nothing stolen is exchanged: what it brought is other funds
            wide[row] = to_wide([turn.received])[0]
        else:
            credit[row], received[row] = CONVERTS, to_wide([turn.received])[0]
    assets = case.pools["asset"].combine_chunks().dictionary_encode()
    asset_of_pool, turned = assets.indices.to_numpy(), list(case.turns)
    narrow = _check_sums(
        np.concatenate([wide, received[turned]]),
        np.concatenate([asset_of_pool[case.source], asset_of_pool[case.target[turned]]]),
        assets.dictionary.to_pylist(),
    )
    return Moves(
        case.source,
        case.target,
        to_narrow(wide) if narrow else np.ascontiguousarray(wide),
        credit.astype(np.int16),
        overdraft.astype(np.int16),
        stopped,
        _batches(case.source, case.table["transaction"]),
        to_narrow(received) if narrow else received,
    )


def _parts(ledger: Ledger, rows: Array, *, limits: Limits, swaps: Swaps) -> _Parts:
    source, target = swaps.follow(rows, *(end[rows] for end in ledger.ends()))
    table, later = ledger.movements(rows), source[:0]
    if limits.until is not None:
        kept = pc.fill_null(pc.less_equal(table["time"], pa.scalar(limits.until, table["time"].type)), True)
        mask = kept.to_numpy()
        later, table = source[~mask], table.filter(kept)
        rows, source, target = rows[mask], source[mask], target[mask]
    place = dict(zip(rows.tolist(), range(len(rows)), strict=True)) if swaps.size else {}
    flights = add_flights(ledger, swaps, place, (source, target))
    turns = {
        place[swap.row]: Turn(how=swap.how, received=swap.received, arrivals=swap.arrivals)
        for swap in swaps.found
        if swap.row in place
    }
    idle = [place[one] for swap in swaps.found for one in swap.arrivals if one in place]
    for row, crossing in flights.arriving.items():
        turns[row] = Turn(
            how=crossing.how,
            received=crossing.received,
            arrivals=(crossing.withdrawal,),
            crossing=crossing,
        )
    pool, places = _local(np.concatenate([source, target]))
    return _Parts(
        rows=rows,
        table=flights.stated(table),
        pool=pool,
        pools=flights.pools(ledger, pool),
        source=places[: len(rows)],
        target=places[len(rows) :],
        later=later,
        turns=turns,
        idle=idle,
        flights=flights,
    )


def _stops(codes: Codes, pool: Array) -> Codes:
    """Stop of each pool of the case; what is under way over a bridge is none of the ledger's."""
    known = pool < len(codes)
    found = np.zeros(len(pool), dtype=np.int8)
    found[known] = codes[pool[known]]
    return found


def _credit_tags(rows: Array, marks: Marks, arrivals: list[int]) -> Array:
    """Tag that each movement of the case takes on arrival, or NO_TAG; what a payment became is not new."""
    credit = np.full(len(rows), NO_TAG, dtype=np.int64)
    place = np.searchsorted(rows, marks.rows)
    place = np.minimum(place, max(len(rows) - 1, 0))
    present = rows[place] == marks.rows if len(rows) else np.zeros(len(place), dtype=bool)
    credit[place[present]] = marks.tags[present]
    credit[arrivals] = NO_TAG
    return credit


def extract(
    ledger: Ledger, lead: Lead, limits: Limits, *, marks: Marks, codes: Codes, finder: Finder
) -> Extract:
    """Case of everything that stolen value can touch, under the limits of the question.

    Args:
        ledger: The ledger.
        lead: What is asked.
        limits: What is not followed.
        marks: What is stolen, from `mark_thefts`.
        codes: Stop of each pool of the ledger, from `mark_ends`.
        finder: Finds what payments became.

    Raises:
        LedgerError: When amounts are beyond exact arithmetic.

    Cost: that of the case; where its pools make a large part of all payments, one pass over the ledger.
    """
    reached, rows, swaps, codes = _search(ledger, marks, codes, finder)
    parts = _parts(ledger, rows, limits=limits, swaps=swaps)
    credit = _credit_tags(parts.rows, marks, parts.idle)
    stopped = _stopped(parts.table, parts.pools["asset"].to_pylist(), parts.source, limits)
    route = _route(parts.table, (parts.source, parts.target), credit, stopped)
    sources = np.isin(parts.pool, marks.sources)
    joint = transaction_pools(parts.pools)
    touched, stops, hops = _bounded_reach(
        route, sources, _stops(codes, parts.pool), joint=joint, limits=limits
    )
    overdraft = overdraft_tags(marks, lead, parts.pool[parts.source], parts.table["time"])
    overdraft[touched[parts.source] == 0] = OTHER
    ends = ((stops > 0) | (touched == 0)).astype(np.uint8)
    moves = _moves(parts, credit, stopped, overdraft, ends=ends)
    return Extract(
        case=Case(moves, ends, joint.astype(np.uint8), FIRST_STOLEN + len(lead.thefts)),
        table=parts.table,
        numbers=parts.pool,
        rows=parts.rows,
        cite=ledger.citations,
        pools=parts.pools,
        stops=np.where(touched > 0, stops, 0).astype(np.int8),
        touched=touched,
        sources=sources,
        hops=hops,
        ties=route.tie,
        fees=pc.is_in(parts.table["kind"], value_set=pa.array(FEE_KINDS)).to_numpy().astype(np.uint8),
        later=np.isin(parts.pool, parts.later),
        turns={row: turn for row, turn in sorted(parts.turns.items()) if credit[row] == CONVERTS},
        flights=parts.flights.by_place(parts.pool),
        unconverted=refused_by_reason(swaps, reached, ledger.ends()[0]),
        total=ledger.size,
    )
