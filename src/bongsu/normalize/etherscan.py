"""Etherscan's CSV exports: transactions, internal transactions, token transfers, a page's download."""

import re
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import InputError
from bongsu.model.asset import erc20_id
from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import FEE_PREFIX, LAST_POSITION
from bongsu.normalize.amount import parse_units
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import Movements, Value
from bongsu.normalize.screen import Mask, Screen, as_mask
from bongsu.normalize.unit import coin_symbols, native_asset

_SYMBOL = re.compile(r"\((\w+)\)")
_AMOUNT = re.compile(r"\s*(\S*[0-9.])\s*([A-Za-z]*)\s*")
_SMALL = {"WEI": 0, "GWEI": 9}


def normalize_transactions(batch: Batch, context: Context) -> Normalized:
    """Value and fee of each transaction of an account's export."""
    screen = Screen(batch.rows)
    here = _place(screen, context)
    failed = _failed(screen)
    amount = _two_columns(screen, context)
    fee = _coins(screen, "fee", context)
    moves = Movements(screen)
    _move_value(moves, here, amount, failed=failed)
    pool = pc.binary_join_element_wise(FEE_PREFIX, here["block"].cast(pa.string()), "")
    moves.move(
        _positive(fee),
        here | {"position": LAST_POSITION + 1, "target": pool, "amount": fee, "kind": "fee"},
    )
    _miss(moves, here, as_mask(fee.is_null()), "needs_receipts", holder=here["source"])
    _miss_traces(moves, here, context, failed=failed)
    moves.leave("failed", failed)
    moves.leave("zero_value", ~failed)
    return moves.result({})


def normalize_page(batch: Batch, context: Context) -> Normalized:
    """Value of each transaction of a page's download; its fees are rounded, so they count as missing."""
    screen = Screen(batch.rows)
    here = _place(screen, context)
    failed = _failed(screen)
    amount = screen.convert(
        screen.text("amount"), lambda text: parse_labeled(text, context.chain), AMOUNT, label="amount"
    )
    moves = Movements(screen)
    _move_value(moves, here, amount, failed=failed)
    _miss(moves, here, ~screen.struck, "needs_receipts", holder=here["source"])
    _miss_traces(moves, here, context, failed=failed)
    return moves.result({})


def normalize_internal(batch: Batch, context: Context) -> Normalized:
    """Value that contracts moved; the export does not say in which order."""
    screen = Screen(batch.rows)
    here = _place(screen, context)
    failed = _failed(screen)
    amount = _two_columns(screen, context)
    moves = Movements(screen)
    moves.move(_positive(amount) & ~failed, here | {"amount": amount, "kind": "internal"})
    moves.leave("failed", failed)
    moves.leave("zero_value", ~failed)
    return moves.result({})


def normalize_tokens(batch: Batch, context: Context) -> Normalized:
    """Token transfers; only contracts whose decimals are known, for fake tokens copy symbols."""
    screen = Screen(batch.rows)
    contract = screen.address("contract", context.chain)
    here = _place(screen, context, creations=False)

    def look_up(address: str) -> int | Fault:
        asset = erc20_id(context.chain, address)
        known = context.decimals.get(asset, context.decimals.get(address))
        return Fault("unknown_decimals", _("not a known token")) if known is None else known

    decimals = screen.convert(contract, look_up, pa.int8(), label=_("contract"))
    amount = pa.nulls(screen.count, AMOUNT)
    for places in decimals.drop_null().unique().to_pylist():
        texts = pc.if_else(pc.equal(decimals, places), screen.text("token_value"), None)
        part = screen.convert(texts, partial(parse_units, decimals=places), AMOUNT, label="TokenValue")
        amount = pc.coalesce(amount, part)
    screen.strike(as_mask(amount.is_null()), "missing_value", _("TokenValue is empty"))
    asset = pc.binary_join_element_wise(f"{context.chain}/erc20:", contract, "")
    moves = Movements(screen)
    moves.move(_positive(amount), here | {"asset": asset, "amount": amount, "kind": "token"})
    moves.leave("zero_value", ~screen.struck)
    return moves.result({})


def parse_labeled(text: str, chain: str) -> int | Fault:
    """Base units of a number that a unit may follow: `0.1 ETH`, `12 wei`, `3,000 BNB`."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return Fault("bad_amount", _("the amount is not a number"))
    number, unit = found[1], found[2].upper()
    if unit in _SMALL:
        return parse_units(number, _SMALL[unit])
    if unit and unit not in coin_symbols(chain):
        return Fault("other_unit", _("the unit is not the coin of {chain}").format(chain=chain))
    return parse_units(number, native_asset(chain).decimals)


def _place(screen: Screen, context: Context, *, creations: bool = True) -> dict[str, Value]:
    """Columns that every movement of a row has."""
    target = screen.address("to", context.chain, needed=False)
    if creations:
        target = pc.coalesce(target, screen.address("contract", context.chain, needed=False))
    screen.strike(as_mask(target.is_null()), "no_target", _("the row names no receiver"))
    clock = "unix" if screen.text("unix").null_count < screen.count else "utc"
    tx_hash = screen.stated_hash("hash", context.chain)
    screen.strike(as_mask(pc.equal(tx_hash, "")), "bad_hash", _("the hash is empty"))
    return {
        "chain": context.chain,
        "asset": native_asset(context.chain).id,
        "block": screen.integer("block", needed=True),
        "time": screen.time(clock),
        "tx_hash": tx_hash,
        "source": screen.address("from", context.chain),
        "target": target,
    }


def _failed(screen: Screen) -> Mask:
    """Rows whose transaction failed; an error inside that the transaction survived is none."""
    status = screen.text("status")
    survived = as_mask(pc.match_substring_regex(status, r"(?i)^\s*error in internal"))
    said = as_mask(pc.match_substring_regex(status, r"(?i)^\s*(?:error|fail)"))
    coded = as_mask(screen.text("error").is_valid())
    return (said | coded) & ~survived


def _coins(screen: Screen, name: str, context: Context) -> pa.Array:
    """Column of amounts in the chain's coin.

    Raises:
        InputError: When the header says that it is another coin.
    """
    found = _SYMBOL.search(screen.header(name))
    if found and found[1].upper() not in coin_symbols(context.chain):
        raise InputError(
            _("Cannot use this export for chain {chain}: its values are in {symbol}.").format(
                chain=context.chain, symbol=found[1]
            ),
            hint=_("Name the chain with --chain, such as eip155:56 for BNB Smart Chain."),
        )
    decimals = native_asset(context.chain).decimals
    return screen.convert(
        screen.text(name), lambda text: parse_units(text, decimals), AMOUNT, label=screen.header(name)
    )


def _two_columns(screen: Screen, context: Context) -> pa.Array:
    """Value of each row from its columns for what came in and what went out."""
    came, went = _coins(screen, "value_in", context), _coins(screen, "value_out", context)
    unlike = as_mask(pc.not_equal(came, went)) & _positive(came) & _positive(went)
    screen.strike(unlike, "two_values", _("Value_IN and Value_OUT differ and neither is zero"))
    amount = pc.max_element_wise(came, went)
    screen.strike(as_mask(amount.is_null()), "missing_value", _("Value_IN and Value_OUT are empty"))
    return amount


def _positive(amounts: pa.Array) -> Mask:
    return as_mask(pc.greater(amounts, pa.scalar(0, AMOUNT)))


def _move_value(moves: Movements, here: dict[str, Value], amount: pa.Array, *, failed: Mask) -> None:
    moves.move(_positive(amount) & ~failed, here | {"position": 0, "amount": amount, "kind": "native"})


def _miss(moves: Movements, here: dict[str, Value], mask: Mask, reason: str, *, holder: Value) -> None:
    place = {name: here[name] for name in ("chain", "block", "tx_hash")}
    moves.miss(mask, place | {"holder": holder, "reason": reason})


def _miss_traces(moves: Movements, here: dict[str, Value], context: Context, *, failed: Mask) -> None:
    """Marks calls of contracts, which may move coins inside."""
    if context.traces_present:
        return
    plain = as_mask(pc.equal(moves.screen.text("method"), "Transfer"))
    _miss(moves, here, ~plain & ~failed, "needs_traces", holder=here["target"])
