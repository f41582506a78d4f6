"""Transactions of an EVM chain: the value they send, the fee they pay, what the table cannot show."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import ETHEREUM
from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import FEE_PREFIX, LAST_POSITION, NULL_HOLDER
from bongsu.normalize.context import Context
from bongsu.normalize.movement import Movements, Value, own_rows
from bongsu.normalize.screen import Mask, Screen, as_mask
from bongsu.normalize.unit import native_asset

BYZANTIUM = 4_370_000
"""Ethereum block from which a receipt says whether its transaction succeeded (EIP-658)."""
PLAIN_GAS = 21_000
"""Gas of a transfer that runs no code and carries no data."""
_MAX_WEI = 10**18 - 1


@dataclass(frozen=True, slots=True)
class _Table:
    """Typed columns of transactions."""

    tx_hash: pa.Array
    block: pa.Array
    time: pa.Array
    tx_index: pa.Array
    source: pa.Array
    target: pa.Array
    value: pa.Array
    calldata: pa.Array
    gas_used: pa.Array
    price: pa.Array
    blob_fee: pa.Array
    succeeded: Mask
    failed: Mask

    def place(self, context: Context) -> dict[str, Value]:
        """Columns that all movements of a transaction share."""
        return {
            "chain": context.chain,
            "asset": native_asset(context.chain).id,
            "block": self.block,
            "time": self.time,
            "tx_index": self.tx_index,
            "tx_hash": self.tx_hash,
            "source": self.source,
        }


def normalize(batch: Batch, context: Context) -> Normalized:
    """Value, fee and gaps of each transaction."""
    rows, aside = own_rows(batch.rows, "transaction")
    screen = Screen(rows)
    table = _typed(screen)
    moves = Movements(screen)
    moving = _positive(table.value) & ~table.failed
    unknown = as_mask(table.target.is_null())
    screen.strike(
        moving & unknown,
        "no_target",
        _("value went to a new contract whose address is not in the file; export it with receipts"),
    )
    here = table.place(context)
    moves.move(
        moving, here | {"position": 0, "target": table.target, "amount": table.value, "kind": "native"}
    )
    _add_fees(moves, table, context, here)
    _add_gaps(moves, table, context)
    moves.leave("failed", table.failed)
    moves.leave("zero_value", ~table.failed)
    return moves.result(aside)


def _typed(screen: Screen) -> _Table:
    block = screen.integer("block_number", needed=True)
    tx_index = screen.integer("transaction_index", needed=True, largest=2**31 - 2)
    tx_hash = screen.tx_hash("hash")
    source = screen.bulk_address("from_address")
    created = screen.text("receipt_contract_address")
    target = screen.bulk_address("to_address", instead=created, needed=False)
    value = screen.base_units("value")
    screen.strike(as_mask(value.is_null()), "missing_value", _("value is empty"))
    status = screen.integer("receipt_status", largest=1)
    price = pc.coalesce(
        screen.integer("receipt_effective_gas_price", largest=_MAX_WEI),
        screen.integer("gas_price", largest=_MAX_WEI),
    )
    return _Table(
        tx_hash=tx_hash,
        block=block,
        time=screen.time("block_timestamp"),
        tx_index=tx_index,
        source=source,
        target=target,
        value=value,
        calldata=screen.text("input"),
        gas_used=screen.integer("receipt_gas_used", largest=_MAX_WEI),
        price=price,
        blob_fee=_times(
            screen.integer("receipt_blob_gas_used", largest=_MAX_WEI),
            screen.integer("receipt_blob_gas_price", largest=_MAX_WEI),
        ),
        succeeded=as_mask(pc.equal(status, 1)),
        failed=as_mask(pc.equal(status, 0)),
    )


def _positive(amounts: pa.Array) -> Mask:
    return as_mask(pc.greater(amounts, pa.scalar(0, AMOUNT)))


def _add_fees(moves: Movements, table: _Table, context: Context, here: dict[str, Value]) -> None:
    """Fees come last in their transaction; base and blob fees burn, the tip goes to the block's fee pool."""
    burn = here | {"target": NULL_HOLDER, "kind": "base_fee"}
    moves.move(_positive(table.blob_fee), burn | {"position": LAST_POSITION + 2, "amount": table.blob_fee})
    known = as_mask(pc.and_(table.gas_used.is_valid(), table.price.is_valid()))
    if not known.any():
        return
    pool = pc.binary_join_element_wise(FEE_PREFIX, table.block.cast(pa.string()), "")
    base = _base_fees(table.block, context)
    split = base.is_valid()
    burnt_price = pc.min_element_wise(base, table.price, skip_nulls=False)
    burnt = _times(table.gas_used, burnt_price)
    tip = _times(table.gas_used, pc.subtract(table.price, pc.fill_null(burnt_price, 0)))
    moves.move(
        known & as_mask(split) & _positive(burnt),
        burn | {"position": LAST_POSITION, "amount": burnt},
    )
    moves.move(
        known & _positive(tip),
        here | {"position": LAST_POSITION + 1, "target": pool, "amount": tip, "kind": "fee"},
    )


def _base_fees(blocks: pa.Array, context: Context) -> pa.Array:
    """Base fee per gas of each row's block; null where it is not known."""
    if not context.base_fees:
        return pa.nulls(len(blocks), pa.int64())
    encoded = blocks.dictionary_encode()
    known = [context.base_fees.get(block) for block in encoded.dictionary.to_pylist()]
    return pa.array(known, pa.int64()).take(encoded.indices)


def _times(gas: pa.Array, price: pa.Array) -> pa.Array:
    """Exact product of two columns below 10**18."""
    most_gas, most_price = pc.max(gas).as_py() or 0, pc.max(price).as_py() or 0
    if most_gas * most_price < 2**63:
        return pc.multiply(gas, price).cast(AMOUNT)
    narrow = pa.decimal128(18, 0)
    left, right = (v.cast(pa.decimal128(19, 0)).cast(narrow) for v in (gas, price))
    return pc.multiply(left, right).cast(AMOUNT)


def _add_gaps(moves: Movements, table: _Table, context: Context) -> None:
    here: dict[str, Value] = {"chain": context.chain, "block": table.block, "tx_hash": table.tx_hash}
    no_gas = as_mask(table.gas_used.is_null())
    since = BYZANTIUM if context.chain == ETHEREUM else 0
    unsure = ~table.succeeded & ~table.failed & as_mask(pc.greater_equal(table.block, since))
    moves.miss(unsure | no_gas, here | {"holder": table.source, "reason": "needs_receipts"})
    if context.traces_present:
        return
    calldata = table.calldata.fill_null("0x")
    wrote = as_mask(pc.not_equal(calldata, "0x")) | as_mask(pc.greater(table.gas_used, PLAIN_GAS))
    silent = no_gas & as_mask(table.calldata.is_null())
    called = (wrote | silent) & ~table.failed & as_mask(table.target.is_valid())
    moves.miss(called, here | {"holder": table.target, "reason": "needs_traces"})
