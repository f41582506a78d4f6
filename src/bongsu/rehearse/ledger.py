"""A made ledger of ether transfers, in batches of any total size, with thefts and their truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import ETHER, ETHEREUM
from bongsu.model.schema import AMOUNT, TIME
from bongsu.model.transfer import NULL_HOLDER, TRANSFER
from bongsu.rehearse.made_address import made_addresses, made_hashes
from bongsu.rehearse.made_block import BLOCK_SECONDS, FIRST_BLOCK, block_times
from bongsu.rehearse.moves import CHUNK, NULL, ONE_SMALL, Heists, MadeMoves, Shape, settled_chunks, thefts_of
from bongsu.rehearse.theft import LOOTS, PlantedTheft

Array = np.ndarray[Any, Any]

WEI_PER_UNIT = 1_000_000_007
"""About a gwei, and prime: all digits of an amount are in use, while sums stay in proportion."""
_CAST_NUMBERS = 2**40
"""Numbers that addresses of thefts' pools are made from: the same in ledgers of every size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A part of the ledger's time, in blocks and moments."""

    first_block: int
    last_block: int
    start: datetime
    """Inclusive."""
    end: datetime
    """Exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is so of a theft in a made ledger, whatever a trace says."""

    sources: tuple[str, ...]
    """Addresses that the stolen coins went to."""
    taking: Period
    """When they went there: the theft's window."""
    laundering: Period
    """From the first to the last of its movements."""
    transactions: tuple[str, ...]
    """Hashes of the theft's transactions."""
    movements: int
    """Payments to the sources, and of and between the pools that only the theft uses."""
    stolen: int
    """Wei that were stolen."""
    rest: dict[str, int]
    """Address to the stolen wei that it holds at the end, under every conserving policy."""
    cashed: dict[str, int]
    """Address of others to the stolen wei that came to it, under every one; who follows on, finds less."""
    services: tuple[str, ...]
    """Addresses that very many others pay and are paid by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLedger:
    """Batches of transfers, made as they are asked for, and the truth about the thefts in them."""

    truths: tuple[Truth, ...]
    batches: Iterator[pa.Table]
    period: Period
    """The whole ledger's."""

    @property
    def truth(self) -> Truth:
        """The truth about the first theft."""
        return self.truths[0]


def generate_ledger(
    *,
    transfers: int,
    pools: int,
    seed: int,
    services: int = 20,
    overdrafts: float = 0.01,
    heists: Heists = ONE_SMALL,
) -> MadeLedger:
    """Transfers of ether on Ethereum, schema TRANSFER, in order, in batches of at most CHUNK rows.

    Args:
        transfers: Number of rows.
        pools: Number of accounts, the null holder among them.
        seed: The same seed gives the same ledger; addresses and hashes are made from it.
        services: Accounts with most counterparties, which never run out of coins.
        overdrafts: Share of payments that are more than the payer is known to have.
        heists: Thefts to plant, one after the other. With the same seed a large one is the same in
            ledgers of every size: addresses, amounts and the order of its movements.

    Raises:
        InputError: When the ledger is too small to hold the thefts.

    Cost: eight bytes a pool, and one batch.
    """
    shape = Shape(transfers, pools, seed, services, overdrafts, heists)
    thefts = thefts_of(shape)
    return MadeLedger(
        truths=tuple(_truth(shape, thefts, theft) for theft in thefts),
        batches=_batches(shape, thefts),
        period=_period(shape, np.array([0, transfers - 1], dtype=np.int64)),
    )


def _batches(shape: Shape, thefts: tuple[PlantedTheft, ...]) -> Iterator[pa.Table]:
    others = thefts[0].thief
    for number, moves in enumerate(settled_chunks(shape, thefts)):
        yield _table(moves, shape, others, first=number * CHUNK)


def _wei(units: Array) -> pa.Array:
    """Amounts at rest; units are below 2**63, so that their product with WEI_PER_UNIT has two limbs."""
    low, high = units & np.uint64(0xFFFFFFFF), units >> np.uint64(32)
    bottom = low * np.uint64(WEI_PER_UNIT)
    top = high * np.uint64(WEI_PER_UNIT) + (bottom >> np.uint64(32))
    limbs = np.empty((len(units), 2), dtype="<u8")
    limbs[:, 0] = (top << np.uint64(32)) | (bottom & np.uint64(0xFFFFFFFF))
    limbs[:, 1] = top >> np.uint64(32)
    return pa.Array.from_buffers(AMOUNT, len(units), [None, pa.py_buffer(limbs)])


def _addresses(pools: Array, others: int, seed: int) -> pa.StringArray:
    """Addresses of pools; those from `others` on are of thefts."""
    numbers = pools.astype(np.uint64)
    numbers[pools >= others] += np.uint64(_CAST_NUMBERS - others)
    return made_addresses(numbers, seed)


@cache
def _same(value: Any, kind: pa.DataType) -> pa.Array:  # noqa: ANN401
    """A whole batch of one value."""
    return pa.repeat(pa.scalar(value, kind), CHUNK)


def _table(moves: MadeMoves, shape: Shape, others: int, *, first: int) -> pa.Table:
    """Rows of the ledger from row `first` on."""
    count = len(moves.source)
    rows = np.arange(first, first + count, dtype=np.int64)
    blocks = shape.pace.numbers(rows)
    is_new = pa.array(moves.source == NULL)
    columns = {
        "chain": _same(ETHEREUM, pa.string())[:count],
        "asset": _same(ETHER.id, pa.string())[:count],
        "block": FIRST_BLOCK + blocks,
        "time": pa.array(block_times(blocks)).cast(TIME),
        "tx_index": shape.pace.places(rows).astype(np.int32),
        "position": _same(0, pa.int64())[:count],
        "path": _same(None, pa.string())[:count],
        "tx_hash": made_hashes(rows.astype(np.uint64), shape.seed),
        "source": pc.if_else(is_new, NULL_HOLDER, _addresses(moves.source, others, shape.seed)),
        "target": _addresses(moves.target, others, shape.seed),
        "address": _same(None, pa.string())[:count],
        "amount": _wei(moves.amount),
        "kind": pc.if_else(is_new, "reward", "native"),
        "locator": rows + 1,
    }
    return pa.table(list(columns.values()), schema=TRANSFER)


def _period(shape: Shape, rows: Array) -> Period:
    """From the first to the last of these rows."""
    ends = shape.pace.numbers(rows[[0, -1]])
    first, last = (datetime.fromtimestamp(at // 10**6, UTC) for at in block_times(ends).tolist())
    return Period(
        first_block=FIRST_BLOCK + int(ends[0]),
        last_block=FIRST_BLOCK + int(ends[1]),
        start=first,
        end=last + timedelta(seconds=BLOCK_SECONDS),
    )


def _truth(shape: Shape, thefts: tuple[PlantedTheft, ...], theft: PlantedTheft) -> Truth:
    loot = theft.row[:LOOTS]

    def wei(units: dict[int, int]) -> dict[str, int]:
        return {
            address: value * WEI_PER_UNIT
            for address, value in zip(addresses(list(units)), units.values(), strict=True)
        }

    def addresses(pools: list[int]) -> tuple[str, ...]:
        numbers = np.array(pools, dtype=np.int64)
        return tuple(_addresses(numbers, thefts[0].thief, shape.seed).to_pylist())

    return Truth(
        sources=addresses([theft.thief]),
        taking=_period(shape, loot),
        laundering=_period(shape, theft.row),
        transactions=tuple(made_hashes(loot.astype(np.uint64), shape.seed).to_pylist()),
        movements=len(theft.row),
        stolen=theft.stolen * WEI_PER_UNIT,
        rest=wei(theft.rest),
        cashed=wei(theft.cashed()),
        services=addresses(list(range(1, shape.services + 1))),
    )
