"""Movements of transactions that spend and make outputs; the same for every source of Bitcoin's chain.

An output is the holder `txid:n`, a transaction the holder `txid`, a block's fees `fee:HEIGHT`. Inputs
enter the transaction in their order, outputs leave it in theirs, the fee comes last. The coinbase
comes last in its block, because the fees must be there before it takes them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import BITCOIN, BITCOIN_COIN
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import FEE_PREFIX, LAST_POSITION, NULL_HOLDER
from bongsu.normalize.movement import LAST_TX_INDEX, Movements, Value
from bongsu.normalize.screen import Mask, Screen, as_mask

SATOSHI = 10**8
MAX_MONEY = 21_000_000 * SATOSHI
"""No amount on the chain can be larger."""
HALVING_BLOCKS = 210_000
FIRST_OUTPUT = 10**6
"""Position of a transaction's output 0: after all inputs."""
INPUT = pa.struct(
    [("index", pa.int64()), ("outpoint", pa.string()), ("amount", pa.int64()), ("address", pa.string())]
)
"""`outpoint` is `txid:n`; `amount` is null where the source does not know it."""
OUTPUT = pa.struct([("index", pa.int64()), ("amount", pa.int64()), ("address", pa.string())])
_SPLIT = 10**6

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transactions:
    """Transactions of a batch, one a row of its screen."""

    tx_hash: pa.Array
    block: pa.Array
    """Height, null where it is not known."""
    block_hash: pa.Array
    time: pa.Array
    tx_index: pa.Array
    """Null where it is not known; the caller puts the coinbase last."""
    coinbase: Mask
    inputs: pa.Array
    """Lists of INPUT; of a coinbase they are not looked at."""
    outputs: pa.Array
    """Lists of OUTPUT."""
    fee: pa.Array | None = None
    """Fee as the source states it."""

    def place(self) -> dict[str, Value]:
        """Columns that all movements of a transaction share."""
        return {
            "chain": BITCOIN,
            "asset": BITCOIN_COIN.id,
            "block": self.block,
            "time": self.time,
            "tx_index": self.tx_index,
            "tx_hash": self.tx_hash,
        }

    def fee_pool(self) -> pa.Array:
        """Holder of the block's fees."""
        name = pc.coalesce(self.block.cast(pa.string()), self.block_hash, "")
        return pc.binary_join_element_wise(FEE_PREFIX, name, "")


def block_subsidy(height: int) -> int:
    """New coins of the block at a height, in satoshi."""
    halvings = height // HALVING_BLOCKS
    return 50 * SATOSHI >> halvings if halvings < 64 else 0


def coinbase_flags(screen: Screen) -> Mask:
    """Rows whose column `is_coinbase` says so; rows where it says nothing are struck."""
    texts = pc.utf8_lower(screen.text("is_coinbase"))
    known = as_mask(pc.is_in(texts, pa.array(["true", "false", "1", "0"])))
    screen.strike(~known, "bad_flag", _("is_coinbase: neither true nor false"), values=texts)
    return as_mask(pc.is_in(texts, pa.array(["true", "1"])))


def coinbase_last(tx_index: pa.Array, coinbase: Mask, tx_count: pa.Array | None = None) -> pa.Array:
    """Transaction index with the coinbase after all others; null stays null.

    Args:
        tx_index: As the block has it.
        coinbase: Rows of coinbases.
        tx_count: Transactions of the block; without it the largest index there is.
    """
    last = pc.coalesce(pa.nulls(len(tx_index), pa.int64()) if tx_count is None else tx_count, LAST_TX_INDEX)
    moved = pc.if_else(tx_index.is_null(), None, last)
    return pc.if_else(pa.array(coinbase), moved, tx_index)


def move_transactions(moves: Movements, table: Transactions) -> None:
    """Nothing; adds spends, pays, fees, subsidies and claims of the rows, and what they do not show."""
    screen = moves.screen
    coins = table.coinbase
    ends = _Ends(table.outputs, screen.count)
    spent = _Ends(table.inputs, screen.count)
    why = _("an amount, or the sum of them, is negative or more than 21 million coins")
    screen.strike(ends.wrong | (spent.wrong & ~coins), "amount_out_of_range", why)
    screen.strike(ends.sizes == 0, "no_outputs", _("the transaction has no outputs"))
    screen.strike(~coins & (spent.sizes == 0), "no_inputs", _("the transaction has no inputs"))
    known = ~coins & (spent.unknown == 0)
    fee = _fees(moves, table, spent.totals - ends.totals, known)
    here = table.place()
    _add_spends(moves, table, here)
    _add_pays(moves, table, here)
    unsure = as_mask(fee.is_null())
    moves.move(
        ~coins & (unsure | as_mask(pc.greater(fee, 0))),
        here
        | {
            "position": LAST_POSITION,
            "source": table.tx_hash,
            "target": table.fee_pool(),
            "amount": fee,
            "kind": "fee",
        },
    )
    _add_gap(moves, table, ~coins & (spent.unknown > 0), "needs_inputs")
    add_coinbase(moves, table, ends.totals)


def add_coinbase(moves: Movements, table: Transactions, totals: Numbers) -> None:
    """Nothing; adds the new coins and the claimed fees of each coinbase of `totals` satoshi.

    Where the height is not known neither is the subsidy: all is new coins then, and a gap says so.
    """
    coins = table.coinbase
    fresh = totals.copy()
    for row in np.flatnonzero(coins):
        height = table.block[row].as_py()
        if height is not None:
            fresh[row] = min(int(totals[row]), block_subsidy(height))
    here = table.place() | {"target": table.tx_hash}
    new = here | {"position": 0, "source": NULL_HOLDER, "amount": pa.array(fresh), "kind": "subsidy"}
    moves.move(coins & (fresh > 0), new)
    claimed = pa.array(totals - fresh)
    claim = here | {"position": 1, "source": table.fee_pool(), "amount": claimed, "kind": "claim"}
    moves.move(coins & (totals > fresh), claim)
    _add_gap(moves, table, coins & as_mask(table.block.is_null()), "needs_height")


class _Ends:
    """What the lists of inputs or outputs come to, row by row."""

    def __init__(self, lists: pa.Array, rows: int) -> None:
        amounts = pc.struct_field(pc.list_flatten(lists), "amount")
        parents = pc.list_parent_indices(lists).to_numpy()
        values = amounts.fill_null(0).to_numpy()
        self.sizes: Numbers = pc.list_value_length(lists).fill_null(0).to_numpy().astype(np.int64)
        # Sums of many large amounts would not fit 64 bits, so they are made of two parts.
        high, low = (_sums(part, self.sizes) for part in np.divmod(values, _SPLIT))
        bad = np.bincount(parents[(values < 0) | (values > MAX_MONEY)], minlength=rows) > 0
        self.wrong: Mask = bad | (high + low // _SPLIT > MAX_MONEY // _SPLIT)
        self.totals: Numbers = np.where(self.wrong, 0, high * _SPLIT + low)
        missing = parents[as_mask(amounts.is_null())]
        self.unknown: Numbers = np.bincount(missing, minlength=rows)


def _sums(values: Numbers, sizes: Numbers) -> Numbers:
    running = np.concatenate([[0], np.cumsum(values)])
    ends = np.cumsum(sizes)
    sums: Numbers = running[ends] - running[ends - sizes]
    return sums


def _fees(moves: Movements, table: Transactions, rest: Numbers, known: Mask) -> pa.Array:
    """Fee of each row, null where it is not known; rows that contradict themselves are struck."""
    moves.screen.strike(known & (rest < 0), "outputs_exceed_inputs", _("outputs are more than inputs"))
    told = pa.array(rest, mask=~known)
    if table.fee is None:
        return told
    other = as_mask(pc.not_equal(told, table.fee))
    moves.screen.strike(other, "inconsistent_fee", _("the fee is not inputs less outputs"))
    return pc.coalesce(told, table.fee)


def _add_spends(moves: Movements, table: Transactions, here: dict[str, Value]) -> None:
    rows, ends = _chosen(moves, table.inputs, ~table.coinbase)
    columns: dict[str, Value] = {
        "position": pc.struct_field(ends, "index"),
        "source": pc.struct_field(ends, "outpoint"),
        "target": table.tx_hash.take(rows),
    }
    _add(moves, rows, ends, here=here, columns=columns | {"kind": "spend"})


def _add_pays(moves: Movements, table: Transactions, here: dict[str, Value]) -> None:
    rows, ends = _chosen(moves, table.outputs, np.ones_like(table.coinbase))
    index = pc.struct_field(ends, "index")
    txids = table.tx_hash.take(rows)
    columns: dict[str, Value] = {
        "position": pc.add(index, FIRST_OUTPUT),
        "source": txids,
        "target": pc.binary_join_element_wise(txids, index.cast(pa.string()), ":"),
    }
    _add(moves, rows, ends, here=here, columns=columns | {"kind": "pay"})


def _chosen(moves: Movements, lists: pa.Array, mask: Mask) -> tuple[pa.Array, pa.Array]:
    """Row and struct of each item of the lists whose row is in the mask and not struck; marks the rows."""
    parents = pc.list_parent_indices(lists)
    kept = mask & ~moves.screen.struck
    picked = pa.array(np.flatnonzero(kept[parents.to_numpy()]))
    rows = parents.take(picked)
    moves.kept[rows.to_numpy()] = True
    return rows, pc.list_flatten(lists).take(picked)


def _add(
    moves: Movements, rows: pa.Array, ends: pa.Array, *, here: dict[str, Value], columns: dict[str, Value]
) -> None:
    """Nothing; adds a transfer for each end."""
    shared = {name: v.take(rows) if isinstance(v, pa.Array) else v for name, v in here.items()}
    own = {
        "amount": pc.struct_field(ends, "amount").cast(AMOUNT),
        "address": pc.struct_field(ends, "address"),
        "locator": moves.screen.locators.take(rows),
    }
    moves.add(shared | own | columns, len(rows))


def _add_gap(moves: Movements, table: Transactions, mask: Mask, reason: str) -> None:
    columns = {"chain": BITCOIN, "block": table.block, "tx_hash": table.tx_hash, "holder": table.tx_hash}
    moves.miss(mask, columns | {"reason": reason})
