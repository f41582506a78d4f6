"""Blockchair's dumps of Bitcoin: outputs, inputs and transactions, one movement or two a row.

The dumps do not say where in its block a transaction stands.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import BITCOIN, BITCOIN_COIN
from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import LAST_POSITION
from bongsu.normalize.bitcoin_json import FaultyError, hex_address, stated_address
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import Movements, Value
from bongsu.normalize.screen import Mask, Screen, as_mask
from bongsu.normalize.utxo import (
    FIRST_OUTPUT,
    INPUT,
    MAX_MONEY,
    OUTPUT,
    Transactions,
    add_coinbase,
    coinbase_flags,
)

_LARGEST_NUMBER = 2**31 - 1


def normalize_outputs(batch: Batch, context: Context) -> Normalized:
    """A pay for each output."""
    screen = Screen(batch.rows)
    moves = Movements(screen)
    txid, number = _txid(screen, "transaction_hash"), _number(screen, "index")
    pay: dict[str, Value] = _place(screen, "") | {
        "position": pc.add(number, FIRST_OUTPUT),
        "tx_hash": txid,
        "source": txid,
        "target": _outpoint(txid, number),
        "address": _address(screen),
        "amount": _amount(screen, "value"),
        "kind": "pay",
    }
    moves.move(np.ones(screen.count, dtype=np.bool_), pay)
    return moves.result({})


def normalize_inputs(batch: Batch, context: Context) -> Normalized:
    """A spend for each input, at the time of its spending."""
    screen = Screen(batch.rows)
    moves = Movements(screen)
    spender = _txid(screen, "spending_transaction_hash")
    spend: dict[str, Value] = _place(screen, "spending_") | {
        "position": _number(screen, "spending_index"),
        "tx_hash": spender,
        "source": _outpoint(_txid(screen, "transaction_hash"), _number(screen, "index")),
        "target": spender,
        "address": _address(screen),
        "amount": _amount(screen, "value"),
        "kind": "spend",
    }
    moves.move(np.ones(screen.count, dtype=np.bool_), spend)
    return moves.result({})


def normalize_transactions(batch: Batch, context: Context) -> Normalized:
    """The fee of each transaction; the new coins and claimed fees of each coinbase."""
    screen = Screen(batch.rows)
    moves = Movements(screen)
    coinbase = coinbase_flags(screen)
    total = _amount(screen, "output_total")
    fee = _fee(screen, total, ~coinbase)
    none = pa.nulls(screen.count)
    table = Transactions(
        tx_hash=_txid(screen, "hash"),
        block=screen.integer("block_id", needed=True),
        block_hash=none.cast(pa.string()),
        time=screen.time("time"),
        tx_index=none.cast(pa.int32()),
        coinbase=coinbase,
        inputs=none.cast(pa.list_(INPUT)),
        outputs=none.cast(pa.list_(OUTPUT)),
    )
    row = {"source": table.tx_hash, "target": table.fee_pool(), "amount": fee, "kind": "fee"}
    paying = ~coinbase & as_mask(pc.greater(fee, 0))
    moves.move(paying, table.place() | row | {"position": LAST_POSITION})
    add_coinbase(moves, table, total.fill_null(0).to_numpy())
    moves.leave("zero_fee", ~coinbase)
    moves.leave("zero_value", coinbase)
    return moves.result({})


def _fee(screen: Screen, total: pa.Array, mask: Mask) -> pa.Array:
    """Inputs less outputs, which must be the fee that is stated."""
    fee = pc.subtract(_amount(screen, "input_total"), total)
    less = mask & as_mask(pc.less(fee, 0))
    screen.strike(less, "outputs_exceed_inputs", _("outputs are more than inputs"))
    other = mask & as_mask(pc.not_equal(fee, _amount(screen, "fee", needed=False)))
    screen.strike(other, "inconsistent_fee", _("the fee is not inputs less outputs"))
    return fee


def _place(screen: Screen, prefix: str) -> dict[str, Value]:
    return {
        "chain": BITCOIN,
        "asset": BITCOIN_COIN.id,
        "block": screen.integer(prefix + "block_id", needed=True),
        "time": screen.time(prefix + "time"),
    }


def _txid(screen: Screen, name: str) -> pa.Array:
    txids = screen.stated_hash(name, BITCOIN)
    screen.strike(as_mask(pc.equal(txids, "")), "bad_hash", _("{name} is empty").format(name=name))
    return txids


def _number(screen: Screen, name: str) -> pa.Array:
    return screen.integer(name, needed=True, largest=_LARGEST_NUMBER)


def _outpoint(txid: pa.Array, number: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(txid, number.cast(pa.string()), ":")


def _amount(screen: Screen, name: str, *, needed: bool = True) -> pa.Array:
    """Satoshi as int64; rows with more than there can be are struck."""
    units = screen.base_units(name)
    if needed:
        screen.strike(as_mask(units.is_null()), "missing_value", _("{name} is empty").format(name=name))
    over = pc.greater(units, pa.scalar(MAX_MONEY, AMOUNT))
    why = _("{name}: more than 21 million coins").format(name=name)
    screen.strike(as_mask(over), "amount_out_of_range", why)
    return pc.if_else(over, None, units).cast(pa.int64())


def _address(screen: Screen) -> pa.Array:
    """Address of the script where the dump has scripts, else the recipient."""
    scripts, recipients = screen.text("script_hex"), screen.text("recipient")
    read = screen.convert(scripts, lambda text: _try(hex_address, text), pa.string(), label="script_hex")
    bare = pc.if_else(pc.or_(scripts.is_valid(), pc.equal(screen.text("type"), "pubkey")), None, recipients)
    said = screen.convert(bare, lambda text: _try(stated_address, text), pa.string(), label="recipient")
    return pc.coalesce(read, said)


def _try(read: Callable[[object], str | None], text: str) -> str | Fault | None:
    try:
        return read(text)
    except FaultyError as error:
        return error.fault
