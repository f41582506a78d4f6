"""Made movements between numbered pools: most payments are covered, degrees are skewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from bongsu.errors import InputError
from bongsu.kernel.jit import compiled
from bongsu.model.text import _
from bongsu.rehearse.heist import HEIST_DAYS, Heist, draw_heist, place_heist
from bongsu.rehearse.made_block import Pace, pace_of
from bongsu.rehearse.theft import CAST, ROWS, VICTIM, PlantedTheft, Site, plant_theft

Array = np.ndarray[Any, Any]

NULL = 0
"""Pool that coins are created from."""
CHUNK = 1 << 17
"""Rows that are made at a time; the random numbers of a chunk depend on the seed and its number."""
_PLAIN, _SWEEP, _OVERDRAFT, _FIXED = 0, 1, 2, 3
_SWEEPS = 0.2
_MOST = 2**37
"""The most that a sweep pays."""


class MadeMoves(NamedTuple):
    """Movements in time order: 0 is the null pool, 1 to `services` are services."""

    source: Array
    """int32, shape (n,)."""
    target: Array
    """int32, shape (n,)."""
    amount: Array
    """Units, uint64, shape (n,); their sum stays far below 2**63."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heists:
    """What is planted in a made ledger."""

    count: int = 1
    movements: int = ROWS
    """Movements of each; more than ROWS: a laundering tree of about so many."""

    @property
    def large(self) -> bool:
        """Whether they are laundering trees."""
        return self.movements > ROWS


ONE_SMALL = Heists()


class Shape(NamedTuple):
    """What a made ledger is made by."""

    transfers: int
    pools: int
    seed: int
    services: int
    overdrafts: float
    heists: Heists = ONE_SMALL

    @property
    def pace(self) -> Pace:
        """Blocks as full as Ethereum's; emptier in a short ledger, so that large heists have their days."""
        days = (HEIST_DAYS + 6) * (self.heists.count + 1) if self.heists.large else 0
        return pace_of(self.transfers, days=days)


@compiled
def _settle(balance: Array, moves: MadeMoves, way: Array, services: int) -> None:
    """Nothing; changes movements so that pools pay what they have, and balances with them.

    A pool without funds is paid instead, by the one it was to pay or else by a service; a service
    without funds gets new coins. An overdraft pays more than the pool has.
    """
    for m in range(len(way)):
        payer, payee, value = moves.source[m], moves.target[m], moves.amount[m]
        if way[m] < _OVERDRAFT and not balance[payer]:
            payer, payee = payee, payer
        if way[m] < _OVERDRAFT and not balance[payer]:
            payer = np.int32(1 + m % services)
            payer = payer if balance[payer] >= value else np.int32(NULL)
        if way[m] == _OVERDRAFT:
            value += balance[payer]
        elif way[m] == _SWEEP and payer > services:
            value = min(balance[payer], np.uint64(_MOST))
        elif way[m] != _FIXED and payer != NULL:
            value = min(balance[payer], value)
        balance[payer] -= min(balance[payer], value)
        balance[payee] += value
        moves.source[m], moves.target[m], moves.amount[m] = payer, payee, value


def _skewed(rng: np.random.Generator, pools: int, count: int) -> Array:
    """Pools drawn so that few are in most movements (cubed uniform); never null, always below `pools`."""
    drawn: Array = 1 + rng.random(count, dtype=np.float32).astype(np.float64) ** 3 * (pools - 1)
    return drawn.astype(np.int32)


def _drawn(shape: Shape, others: int, first: int, count: int) -> tuple[MadeMoves, Array]:
    """Movements of a chunk between pools below `others` before they are settled, and how each is to be."""
    rng = _rng(shape, 1, first // CHUNK)
    amount = np.exp(rng.random(count) * np.log(10**4.5) + np.log(10**6)).astype(np.uint64)
    moves = MadeMoves(_skewed(rng, others, count), _skewed(rng, others, count), amount)
    luck = rng.random(count)
    way = np.full(count, _PLAIN, dtype=np.uint8)
    way[luck < shape.overdrafts + _SWEEPS] = _SWEEP
    way[luck < shape.overdrafts] = _OVERDRAFT
    return moves, way


def _endow(shape: Shape, stolen: int, moves: MadeMoves, way: Array) -> None:
    """Nothing; the ledger's first rows give each service coins for the whole ledger, and for the thefts."""
    rows = slice(0, shape.services)
    moves.source[rows], way[rows] = NULL, _FIXED
    moves.target[rows] = 1 + np.arange(shape.services)
    moves.amount[rows] = 10**12 + shape.transfers * 10**9 // shape.services
    moves.amount[VICTIM - 1] += 10**13 + stolen


def _plant(theft: PlantedTheft, first: int, moves: MadeMoves, way: Array) -> None:
    """Nothing; puts those movements of the theft in place that fall in the chunk."""
    inside = slice(*np.searchsorted(theft.row, [first, first + len(way)]).tolist())
    rows = theft.row[inside] - first
    moves.source[rows], moves.target[rows] = theft.source[inside], theft.target[inside]
    moves.amount[rows], way[rows] = theft.amount[inside], _FIXED


def thefts_of(shape: Shape) -> tuple[PlantedTheft, ...]:
    """The thefts in the ledger of this shape, one after the other.

    Raises:
        InputError: When the ledger is too small to hold them.
    """
    heists, services = shape.heists, shape.services
    drawn = [_draw(shape, number) for number in range(heists.count)] if heists.large else []
    casts = [heist.pools for heist in drawn] or [CAST] * heists.count
    others = shape.pools - sum(casts)
    first = services + (shape.transfers - services) // 5
    room = (shape.transfers - first) // heists.count
    window = shape.pace.rows_in(HEIST_DAYS)
    longest = max((len(heist.second) for heist in drawn), default=ROWS)
    if not 1 <= services < CHUNK or others < services + 10 or min(room, window) < 2 * longest:
        raise _too_small(shape)
    sites = [
        Site(first + number * room, room, others + sum(casts[:number]), others, services)
        for number in range(heists.count)
    ]
    if heists.large:
        return tuple(place_heist(one, site, window=window) for one, site in zip(drawn, sites, strict=True))
    return tuple(plant_theft(_rng(shape, 0, n), site) for n, site in enumerate(sites))


def _draw(shape: Shape, number: int) -> Heist:
    rng = _rng(shape, 3, number)
    return draw_heist(rng, movements=shape.heists.movements, services=shape.services)


def _rng(shape: Shape, *purpose: int) -> np.random.Generator:
    return np.random.default_rng([shape.seed, *purpose])


def _too_small(shape: Shape) -> InputError:
    return InputError(
        _(
            "Cannot make a ledger of {transfers} transfers and {accounts} accounts: it is too small for its"
            " {services} services and {heists} heists of {movements} movements."
        ).format(
            transfers=shape.transfers,
            accounts=shape.pools,
            services=shape.services,
            heists=shape.heists.count,
            movements=shape.heists.movements,
        ),
        hint=_("Ask for more transfers, or for fewer or smaller heists."),
    )


def settled_chunks(shape: Shape, thefts: tuple[PlantedTheft, ...]) -> Iterator[MadeMoves]:
    """Chunks of movements; memory is eight bytes a pool and one chunk, whatever the ledger's length."""
    others, stolen = thefts[0].thief, sum(theft.stolen for theft in thefts)
    balance = np.zeros(shape.pools, dtype=np.uint64)
    for first in range(0, shape.transfers, CHUNK):
        moves, way = _drawn(shape, others, first, min(CHUNK, shape.transfers - first))
        if first == 0:
            _endow(shape, stolen, moves, way)
        for theft in thefts:
            _plant(theft, first, moves, way)
        _settle(balance, moves, way, shape.services)
        yield moves


def generate_moves(
    *, transfers: int, pools: int, seed: int, services: int = 20, overdrafts: float = 0.01
) -> tuple[MadeMoves, PlantedTheft]:
    """Movements of a made ledger as arrays, and the theft in it: the same as `generate_ledger`'s.

    Args:
        transfers: Number of movements.
        pools: Number of pools; pool 0 creates coins.
        seed: The same seed gives the same ledger.
        services: Pools with most counterparties, which never run out.
        overdrafts: Share of payments that are more than the payer is known to have.

    Raises:
        InputError: When the ledger is too small to hold the theft.
    """
    shape = Shape(transfers, pools, seed, services, overdrafts)
    (theft,) = thefts_of(shape)
    made = MadeMoves(
        np.empty(transfers, dtype=np.int32),
        np.empty(transfers, dtype=np.int32),
        np.empty(transfers, dtype=np.uint64),
    )
    for number, chunk in enumerate(settled_chunks(shape, (theft,))):
        for whole, part in zip(made, chunk, strict=True):
            whole[number * CHUNK : number * CHUNK + len(part)] = part
    return made, theft
