"""Made movements between numbered pools: most payments are covered, degrees are skewed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from bongsu.kernel.jit import compiled
from bongsu.rehearse.theft import CAST, ROWS, PlantedTheft, plant_theft

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


class Shape(NamedTuple):
    """What a made ledger is made by."""

    transfers: int
    pools: int
    seed: int
    services: int
    overdrafts: float


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


def _skewed(rng: np.random.Generator, shape: Shape, count: int) -> Array:
    """Pools drawn so that few are in most movements (cubed uniform); never null, never the theft's."""
    drawn: Array = 1 + rng.random(count, dtype=np.float32).astype(np.float64) ** 3 * (shape.pools - CAST - 1)
    return drawn.astype(np.int32)


def _drawn(shape: Shape, first: int, count: int) -> tuple[MadeMoves, Array]:
    """Movements of a chunk before they are settled, and how each is to be."""
    rng = np.random.default_rng([shape.seed, 1, first // CHUNK])
    amount = np.exp(rng.random(count) * np.log(10**4.5) + np.log(10**6)).astype(np.uint64)
    moves = MadeMoves(_skewed(rng, shape, count), _skewed(rng, shape, count), amount)
    luck = rng.random(count)
    way = np.full(count, _PLAIN, dtype=np.uint8)
    way[luck < shape.overdrafts + _SWEEPS] = _SWEEP
    way[luck < shape.overdrafts] = _OVERDRAFT
    return moves, way


def _endow(shape: Shape, moves: MadeMoves, way: Array) -> None:
    """Nothing; the ledger's first rows give each service coins for the whole ledger."""
    rows = slice(0, shape.services)
    moves.source[rows], way[rows] = NULL, _FIXED
    moves.target[rows] = 1 + np.arange(shape.services)
    moves.amount[rows] = 10**12 + shape.transfers * 10**9 // shape.services
    moves.amount[0] += 10**13


def _plant(theft: PlantedTheft, first: int, moves: MadeMoves, way: Array) -> None:
    """Nothing; puts those movements of the theft in place that fall in the chunk."""
    inside = (theft.row >= first) & (theft.row < first + len(way))
    rows = theft.row[inside] - first
    moves.source[rows], moves.target[rows] = theft.source[inside], theft.target[inside]
    moves.amount[rows], way[rows] = theft.amount[inside], _FIXED


def theft_of(shape: Shape) -> PlantedTheft:
    """The theft in the ledger of this shape.

    Raises:
        ValueError: When the ledger is too small to hold one.
    """
    transfers, pools, seed, services, _ = shape
    if not 1 <= services < CHUNK or pools < services + CAST + 10 or transfers < services + 2 * ROWS:
        raise ValueError(f"a ledger of {transfers} transfers and {pools} pools is too small for a theft")
    rng = np.random.default_rng([seed, 0])
    return plant_theft(rng, transfers=transfers, pools=pools, services=services)


def settled_chunks(shape: Shape) -> Iterator[MadeMoves]:
    """Chunks of movements; memory is eight bytes a pool and one chunk, whatever the ledger's length."""
    theft = theft_of(shape)
    balance = np.zeros(shape.pools, dtype=np.uint64)
    for first in range(0, shape.transfers, CHUNK):
        moves, way = _drawn(shape, first, min(CHUNK, shape.transfers - first))
        if first == 0:
            _endow(shape, moves, way)
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
    """
    shape = Shape(transfers, pools, seed, services, overdrafts)
    theft = theft_of(shape)
    made = MadeMoves(
        np.empty(transfers, dtype=np.int32),
        np.empty(transfers, dtype=np.int32),
        np.empty(transfers, dtype=np.uint64),
    )
    for number, chunk in enumerate(settled_chunks(shape)):
        for whole, part in zip(made, chunk, strict=True):
            whole[number * CHUNK : number * CHUNK + len(part)] = part
    return made, theft
