"""Transactions of blocks as a Bitcoin node answers `getblock`."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import BITCOIN
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.normalize.amount import parse_units
from bongsu.normalize.bitcoin_json import (
    Item,
    Row,
    checked_amount,
    hex_address,
    outpoint,
    parse_items,
    small_number,
)
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import Movements
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.utxo import INPUT, MAX_MONEY, OUTPUT, Transactions, coinbase_last, move_transactions

_DECIMALS = 8


def normalize(batch: Batch, context: Context) -> Normalized:
    """Movements of each transaction; verbosity 3 has the amounts of inputs, 2 may have the fee."""
    screen = Screen(batch.rows)
    moves = Movements(screen)
    index = screen.integer("tx_index", needed=True, largest=2**31 - 2)
    coinbase = as_mask(pc.equal(index, 0))
    tx_hash = screen.stated_hash("txid", BITCOIN)
    screen.strike(as_mask(pc.equal(tx_hash, "")), "bad_hash", _("txid is empty"))
    table = Transactions(
        tx_hash=tx_hash,
        block=screen.integer("height"),
        block_hash=screen.stated_hash("block_hash", BITCOIN),
        time=screen.time("time"),
        tx_index=coinbase_last(index, coinbase, screen.integer("tx_count")),
        coinbase=coinbase,
        inputs=screen.convert(screen.text("vin"), parse_inputs, pa.list_(INPUT), label="vin"),
        outputs=screen.convert(screen.text("vout"), parse_outputs, pa.list_(OUTPUT), label="vout"),
        fee=screen.convert(screen.text("fee"), _fee, pa.int64(), label="fee"),
    )
    move_transactions(moves, table)
    return moves.result({})


def parse_inputs(text: str) -> list[Row] | Fault:
    """Inputs of a transaction; a coinbase has none."""
    return parse_items(text, _input)


def parse_outputs(text: str) -> list[Row] | Fault:
    """Outputs of a transaction."""
    return parse_items(text, _output)


def _input(place: int, item: Item) -> Row | None:
    if "coinbase" in item:
        return None
    made = item.get("prevout")
    return {
        "index": place,
        "outpoint": outpoint(item["txid"], item["vout"]),
        "amount": _satoshi(made["value"]) if made else None,
        "address": hex_address(made["scriptPubKey"]["hex"]) if made else None,
    }


def _output(place: int, item: Item) -> Row:
    return {
        "index": small_number(item.get("n", place)),
        "amount": _satoshi(item["value"]),
        "address": hex_address(item["scriptPubKey"]["hex"]),
    }


def _satoshi(value: object) -> int:
    return checked_amount(parse_units(str(value), _DECIMALS))


def _fee(text: str) -> int | Fault:
    amount = parse_units(text, _DECIMALS)
    if isinstance(amount, int) and amount > MAX_MONEY:
        return Fault("amount_out_of_range", _("more than 21 million coins"))
    return amount
