"""A made ledger of ether transfers, in batches of any total size, with a theft and its truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import ETHER, ETHEREUM
from bongsu.model.schema import AMOUNT, TIME
from bongsu.model.transfer import NULL_HOLDER, TRANSFER
from bongsu.rehearse.made_address import made_addresses, made_hashes
from bongsu.rehearse.moves import CHUNK, NULL, MadeMoves, Shape, settled_chunks, theft_of
from bongsu.rehearse.theft import LOOTS, PlantedTheft

Array = np.ndarray[Any, Any]

WEI_PER_UNIT = 1_000_000_007
"""About a gwei, and prime: all digits of an amount are in use, while sums stay in proportion."""
FIRST_BLOCK, BLOCK_TRANSFERS, BLOCK_SECONDS = 20_000_000, 150, 12
FIRST_TIME = datetime(2030, 1, 1, tzinfo=UTC)
"""In the future, so that nobody takes a made ledger for a real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is so in a made ledger, whatever a trace says."""

    sources: tuple[str, ...]
    """Addresses that the stolen coins went to."""
    start: datetime
    """Start of the theft's window, inclusive."""
    end: datetime
    """End of the window, exclusive."""
    transactions: tuple[str, ...]
    """Hashes of the theft's transactions."""
    stolen: int
    """Wei that were stolen."""
    rest: dict[str, int]
    """Address to the stolen wei that it holds at the end, under every conserving policy."""
    services: tuple[str, ...]
    """Addresses that very many others pay and are paid by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLedger:
    """Batches of transfers, made as they are asked for, and the truth about them."""

    truth: Truth
    batches: Iterator[pa.Table]


def generate_ledger(
    *, transfers: int, pools: int, seed: int, services: int = 20, overdrafts: float = 0.01
) -> MadeLedger:
    """Transfers of ether on Ethereum, schema TRANSFER, in order, in batches of at most CHUNK rows.

    Args:
        transfers: Number of rows.
        pools: Number of accounts, the null holder among them.
        seed: The same seed gives the same ledger; addresses and hashes are made from it.
        services: Accounts with most counterparties, which never run out of coins.
        overdrafts: Share of payments that are more than the payer is known to have.

    Raises:
        ValueError: When the ledger is too small to hold the theft.

    Cost: eight bytes a pool, and one batch.
    """
    shape = Shape(transfers, pools, seed, services, overdrafts)
    return MadeLedger(truth=_truth(shape, theft_of(shape)), batches=_batches(shape))


def _batches(shape: Shape) -> Iterator[pa.Table]:
    for number, moves in enumerate(settled_chunks(shape)):
        yield _table(moves, number * CHUNK, shape.seed)


def _block_times(rows: Array) -> Array:
    """Microseconds since 1970 of the blocks that rows are in."""
    first = np.int64(FIRST_TIME.timestamp()) * 10**6
    times: Array = first + rows // BLOCK_TRANSFERS * (BLOCK_SECONDS * 10**6)
    return times


def _wei(units: Array) -> pa.Array:
    """Amounts at rest; units are below 2**63, so that their product with WEI_PER_UNIT has two limbs."""
    low, high = units & np.uint64(0xFFFFFFFF), units >> np.uint64(32)
    bottom = low * np.uint64(WEI_PER_UNIT)
    top = high * np.uint64(WEI_PER_UNIT) + (bottom >> np.uint64(32))
    limbs = np.empty((len(units), 2), dtype="<u8")
    limbs[:, 0] = (top << np.uint64(32)) | (bottom & np.uint64(0xFFFFFFFF))
    limbs[:, 1] = top >> np.uint64(32)
    return pa.Array.from_buffers(AMOUNT, len(units), [None, pa.py_buffer(limbs)])


def _table(moves: MadeMoves, first: int, seed: int) -> pa.Table:
    """Rows of the ledger from row `first` on."""
    count = len(moves.source)
    rows = np.arange(first, first + count, dtype=np.int64)
    is_new = pa.array(moves.source == NULL)
    payer = made_addresses(moves.source.astype(np.uint64), seed)
    columns = {
        "chain": pa.repeat(ETHEREUM, count),
        "asset": pa.repeat(ETHER.id, count),
        "block": FIRST_BLOCK + rows // BLOCK_TRANSFERS,
        "time": pa.array(_block_times(rows)).cast(TIME),
        "tx_index": (rows % BLOCK_TRANSFERS).astype(np.int32),
        "position": pa.repeat(pa.scalar(0, pa.int64()), count),
        "path": pa.nulls(count, pa.string()),
        "tx_hash": made_hashes(rows.astype(np.uint64), seed),
        "source": pc.if_else(is_new, NULL_HOLDER, payer),
        "target": made_addresses(moves.target.astype(np.uint64), seed),
        "address": pa.nulls(count, pa.string()),
        "amount": _wei(moves.amount),
        "kind": pc.if_else(is_new, "reward", "native"),
        "locator": rows + 1,
    }
    return pa.table(list(columns.values()), schema=TRANSFER)


def _truth(shape: Shape, theft: PlantedTheft) -> Truth:
    loot = theft.row[:LOOTS]
    start, last = (datetime.fromtimestamp(at // 10**6, UTC) for at in _block_times(loot[[0, -1]]).tolist())

    def addresses(pools: list[int]) -> tuple[str, ...]:
        return tuple(made_addresses(np.array(pools, dtype=np.uint64), shape.seed).to_pylist())

    return Truth(
        sources=addresses([theft.thief]),
        start=start,
        end=last + timedelta(seconds=BLOCK_SECONDS),
        transactions=tuple(made_hashes(loot.astype(np.uint64), shape.seed).to_pylist()),
        stolen=theft.stolen * WEI_PER_UNIT,
        rest={
            address: units * WEI_PER_UNIT
            for address, units in zip(addresses(list(theft.rest)), theft.rest.values(), strict=True)
        },
        services=addresses(list(range(1, shape.services + 1))),
    )
