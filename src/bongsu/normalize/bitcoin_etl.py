"""Transactions as bitcoin-etl and BigQuery's public table of Bitcoin write them."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import BITCOIN
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.normalize.amount import parse_base_units
from bongsu.normalize.bitcoin_json import (
    Item,
    Row,
    checked_amount,
    hex_address,
    outpoint,
    parse_items,
    small_number,
    stated_address,
)
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import Movements, own_rows
from bongsu.normalize.screen import Mask, Screen, as_mask
from bongsu.normalize.utxo import (
    INPUT,
    OUTPUT,
    Transactions,
    coinbase_flags,
    coinbase_last,
    move_transactions,
)

_KEY_TYPES = {"pubkey", "multisig", "nonstandard", "nulldata"}


def normalize(batch: Batch, context: Context) -> Normalized:
    """Movements of each transaction.

    The columns `fee` and `input_value` are not read: without the outputs that are spent, bitcoin-etl
    counts inputs as nothing.
    """
    rows, aside = own_rows(batch.rows, "transaction")
    screen = Screen(rows)
    moves = Movements(screen)
    coinbase = coinbase_flags(screen)
    index = screen.integer("index", largest=2**31 - 2)
    tx_hash = screen.stated_hash("hash", BITCOIN)
    screen.strike(as_mask(pc.equal(tx_hash, "")), "bad_hash", _("hash is empty"))
    table = Transactions(
        tx_hash=tx_hash,
        block=screen.integer("block_number", needed=True),
        block_hash=screen.stated_hash("block_hash", BITCOIN),
        time=screen.time("block_timestamp"),
        tx_index=coinbase_last(index, coinbase),
        coinbase=coinbase,
        inputs=screen.convert(screen.text("inputs"), parse_inputs, pa.list_(INPUT), label="inputs"),
        outputs=screen.convert(screen.text("outputs"), parse_outputs, pa.list_(OUTPUT), label="outputs"),
    )
    _check_counts(screen, "output_count", table.outputs, ~screen.struck)
    _check_counts(screen, "input_count", table.inputs, ~screen.struck & ~coinbase)
    move_transactions(moves, table)
    return moves.result(aside)


def parse_inputs(text: str) -> list[Row] | Fault:
    """Inputs of a transaction."""
    return parse_items(text, _input)


def parse_outputs(text: str) -> list[Row] | Fault:
    """Outputs of a transaction."""
    return parse_items(text, _output)


def _input(place: int, item: Item) -> Row:
    value = item.get("value")
    return {
        "index": small_number(item.get("index", place)),
        "outpoint": outpoint(item["spent_transaction_hash"], item["spent_output_index"]),
        "amount": None if value is None else _satoshi(value),
        "address": _listed_address(item),
    }


def _output(place: int, item: Item) -> Row:
    script = item.get("script_hex")
    return {
        "index": small_number(item.get("index", place)),
        "amount": _satoshi(item["value"]),
        "address": _listed_address(item) if script is None else hex_address(script),
    }


def _satoshi(value: object) -> int:
    """Satoshi; a NUMERIC column may be written with a fraction of zeros."""
    whole, point, fraction = str(value).partition(".")
    return checked_amount(parse_base_units(whole if point and not fraction.strip("0") else str(value)))


def _listed_address(item: Item) -> str | None:
    addresses = item.get("addresses")
    one = isinstance(addresses, list) and len(addresses) == 1
    return stated_address(addresses[0]) if addresses and one and item.get("type") not in _KEY_TYPES else None


def _check_counts(screen: Screen, name: str, lists: pa.Array, mask: Mask) -> None:
    """Nothing; rows whose list is not as long as they say are struck."""
    counts = screen.integer(name)
    other = as_mask(pc.not_equal(counts, pc.fill_null(pc.list_value_length(lists), 0).cast(pa.int64())))
    why = _("the list is not as long as {name} says").format(name=name)
    screen.strike(other & mask, "inconsistent_count", why)
