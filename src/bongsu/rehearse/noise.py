"""Noise around the addresses of a case: transfers that are not of it, some of them misleading."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.model.asset import ETHEREUM, chain_of, valuation
from bongsu.model.schema import AMOUNT, TIME
from bongsu.model.transfer import TRANSFER
from bongsu.rehearse.made_address import ADDRESS_BYTES, hex_array, made_bytes, made_hashes

Array = np.ndarray[Any, Any]

DOLLARS = valuation(ETHEREUM, "USD").id
"""Values in cents of US dollars on Ethereum, as analysts publish flows."""
LOOK_ALIKE_SHARE = 0.1
"""Share of all noise that looks like the case to one who reads first and last characters only."""
_CENTS = (10**2, 10**9)
_UNRELATED, _LOOK_ALIKE, _TO, _FROM, _BETWEEN = range(5)


class Span(NamedTuple):
    """Blocks and times that noise is spread over, ends included."""

    first_block: int
    last_block: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Noise transfers in time order, and what a test must know of them."""

    transfers: pa.Table
    """Schema TRANSFER, kind `flow`; the order within a block is not stated."""
    commingles: Array
    """True for rows to, from or between the case's addresses: bool, shape (n,). No other row has one."""
    look_alikes: tuple[str, ...]
    """Addresses that share the first six and the last four hex digits with one of the case's."""


class _People(NamedTuple):
    """Addresses as bytes, shape (n, 20): the case's, their look-alikes, all others."""

    case: Array
    look_alike: Array
    other: Array


def noise_around(
    addresses: list[str],
    *,
    transfers: int,
    seed: int,
    span: Span,
    asset: str = DOLLARS,
    commingled: float = 0.1,
) -> Noise:
    """Transfers around a case, amounts log-uniform from 1 to 10 million units of 100.

    Args:
        addresses: The case's accounts, canonical EVM addresses.
        transfers: Number of noise transfers.
        seed: The same seed gives the same noise.
        span: Where in time.
        asset: CAIP-19 id of the case's asset on the case's chain.
        commingled: Share of transfers to, from and between the case's addresses, a third each.

    Raises:
        ValueError: When no address is given.
    """
    if not addresses:
        raise ValueError("noise needs an address to be around")
    rng = np.random.default_rng([seed, 2])
    people = _people(addresses, transfers, seed)
    way = _ways(rng, transfers, commingled)
    payer, payee = _ends(rng, people, way)
    times, blocks = _spread(rng, span, transfers)
    table = _table(asset, times, blocks, made_hashes(np.arange(transfers, dtype=np.uint64), seed, "noise"))
    table["source"], table["target"] = hex_array(payer), hex_array(payee)
    low, high = np.log(_CENTS)
    amount = np.exp(rng.uniform(low, high, transfers)).astype(np.int64)
    table["amount"] = pa.array(amount).cast(pa.decimal128(19, 0)).cast(AMOUNT)
    return Noise(
        transfers=pa.table([table[name] for name in TRANSFER.names], schema=TRANSFER),
        commingles=way >= _TO,
        look_alikes=tuple(hex_array(people.look_alike).to_pylist()),
    )


def _people(addresses: list[str], transfers: int, seed: int) -> _People:
    raw = bytes.fromhex("".join(address.removeprefix("0x") for address in addresses))
    case = np.frombuffer(raw, dtype=np.uint8).reshape(-1, ADDRESS_BYTES)
    numbers = np.arange(len(case), dtype=np.uint64)
    look_alike = made_bytes(numbers, seed, "look-alike", ADDRESS_BYTES).copy()
    look_alike[:, :3], look_alike[:, -2:] = case[:, :3], case[:, -2:]
    others = np.arange(10 + transfers // 3, dtype=np.uint64)
    return _People(case, look_alike, made_bytes(others, seed, "noise account", ADDRESS_BYTES))


def _ways(rng: np.random.Generator, count: int, commingled: float) -> Array:
    """What each row is; at least one of every kind where there are rows enough."""
    luck = rng.random(count)
    way = np.where(luck < LOOK_ALIKE_SHARE, _LOOK_ALIKE, _UNRELATED)
    mixing = luck > 1 - commingled
    way[mixing] = rng.integers(_TO, _BETWEEN + 1, int(mixing.sum()))
    way[:1] = _LOOK_ALIKE
    if commingled:
        way[1:4] = (_TO, _FROM, _BETWEEN)[: max(0, count - 1)]
    shuffled: Array = rng.permutation(way)
    return shuffled


def _ends(rng: np.random.Generator, people: _People, way: Array) -> tuple[Array, Array]:
    """Payer and payee of each row as bytes. A look-alike pays or is paid by others only."""

    def some(of: Array) -> Array:
        drawn: Array = of[rng.integers(0, len(of), len(way))]
        return drawn

    payer, payee = some(people.other), some(people.other)
    for end, rows in (
        (payer, (way == _FROM) | (way == _BETWEEN)),
        (payee, (way == _TO) | (way == _BETWEEN)),
    ):
        end[rows] = some(people.case)[rows]
    pays = rng.random(len(way)) < 0.5
    payer[(way == _LOOK_ALIKE) & pays] = some(people.look_alike)[(way == _LOOK_ALIKE) & pays]
    payee[(way == _LOOK_ALIKE) & ~pays] = some(people.look_alike)[(way == _LOOK_ALIKE) & ~pays]
    return payer, payee


def _spread(rng: np.random.Generator, span: Span, count: int) -> tuple[Array, Array]:
    """Times in microseconds and blocks, ascending together: equal blocks have equal times."""
    blocks = np.sort(rng.integers(span.first_block, span.last_block + 1, count))
    start, end = (round(moment.astimezone(UTC).timestamp()) for moment in (span.start, span.end))
    width = max(1, span.last_block - span.first_block)
    return (start + (blocks - span.first_block) * (end - start) // width) * 10**6, blocks


def _table(asset: str, times: Array, blocks: Array, hashes: pa.Array) -> dict[str, Any]:
    count = len(blocks)
    return {
        "chain": pa.repeat(chain_of(asset), count),
        "asset": pa.repeat(asset, count),
        "block": blocks,
        "time": pa.array(times).cast(TIME),
        "tx_index": pa.nulls(count, pa.int32()),
        "position": pa.nulls(count, pa.int64()),
        "path": pa.nulls(count, pa.string()),
        "tx_hash": hashes,
        "address": pa.nulls(count, pa.string()),
        "kind": pa.repeat("flow", count),
        "locator": np.arange(1, count + 1),
    }
