"""How an event of a contract says what was given and what was received: decoders as declarations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import erc20_id
from bongsu.model.converter import Converter
from bongsu.normalize.event_abi import Declaration, Logs, Mask
from bongsu.normalize.unit import native_asset

Columns = Mapping[str, Any]
"""Columns of a leg, of `bongsu.model.conversion.CONVERSION`: an Arrow array, or one value for all rows."""

EMITTER = "emitter"
"""In place of a field: the contract that logged the event."""
COIN = "coin"
"""In place of a field: the chain's native coin."""
ISSUED, BACKING = "issued", "backing"
"""In place of a field: the asset that the known contract gives, and the one that it takes."""

NATIVE_MARKS = ("0x" + "ee" * 20, "0x" + "00" * 20)
"""Addresses that stand for the native coin in events of exchanges."""

TOKENS = {"given_token": "given_asset", "received_token": "received_asset"}
"""Columns of token contracts that a special reader may give, and what they become."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side of a leg is: fields of the event, empty where it does not say."""

    asset: str = ""
    amount: str = ""
    item: int = 0
    """Item of the amount, where that is a fixed array."""


NOTHING = Side()
"""A side that only the transfers of the transaction show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One asset given for another; fields of the event."""

    given: Side
    received: Side
    account: str = ""
    receiver: str = ""
    venue: str = EMITTER
    """Who took and paid; empty: the event sums up a route through venues."""
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """Rows of one leg over the logs of an event."""

    columns: Columns
    present: Mask
    """Logs in which the leg moves anything."""
    fits: Mask
    """Logs whose amounts a ledger can hold."""


Special = Callable[[Logs], list[Decoded]]
"""Legs of an event whose fields say by their signs what was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """What an event means."""

    declaration: Declaration
    protocol: str
    kind: str
    legs: tuple[Leg, ...] = ()
    special: Special | None = None
    role: str = ""
    """Role that the contract must be known to have; empty: any contract may log it, transfers must agree."""
    known_as: str = ""
    """Protocol that the contract must be known as; empty: any."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose logs are decoded."""

    chain: str
    emitter: pa.Array
    """Contract of each log."""
    known: Converter | None
    """The one contract that all of them are of, where the event is believed for who logs it."""


def decode(decoder: Decoder, logs: Logs, origin: Origin) -> list[Decoded]:
    """Legs of the logs."""
    if decoder.special is not None:
        return [_completed(one, origin) for one in decoder.special(logs)]
    return [_leg(leg, logs, origin) for leg in decoder.legs]


def _completed(one: Decoded, origin: Origin) -> Decoded:
    """A leg of a special reader with its venue, and with assets in place of token contracts."""
    columns = {"venue": origin.emitter}
    for name, value in one.columns.items():
        token = name in TOKENS
        columns[TOKENS.get(name, name)] = _assets(value, origin.chain) if token else value
    return Decoded(columns, one.present, one.fits)


def _leg(leg: Leg, logs: Logs, origin: Origin) -> Decoded:
    given, some, small = _amount(leg.given, logs)
    received, more, low = _amount(leg.received, logs)
    columns = {
        "account": _who(leg.account, logs, origin),
        "given_asset": _asset(leg.given.asset, logs, origin),
        "given": given,
        "received_asset": _asset(leg.received.asset, logs, origin),
        "received": received,
        "slot": leg.slot,
        "receiver": _who(leg.receiver, logs, origin),
        "venue": _who(leg.venue, logs, origin) if leg.venue else "",
    }
    return Decoded(columns, some & more, small & low)


def _amount(side: Side, logs: Logs) -> tuple[pa.Array | None, Mask, Mask]:
    """Column, which are not zero, which fit; an amount that the event does not state may be anything."""
    every = np.ones(len(logs), dtype=np.bool_)
    if not side.amount:
        return None, every, every
    numbers = logs.numbers(side.amount, side.item)
    return numbers.amounts(), ~numbers.zero, numbers.fits


def _who(field: str, logs: Logs, origin: Origin) -> pa.Array | None:
    if field == EMITTER:
        return origin.emitter
    return logs.address(field) if field else None


def _asset(field: str, logs: Logs, origin: Origin) -> pa.Array | str | None:
    coin = native_asset(origin.chain).id
    if field == COIN:
        return coin
    if field == EMITTER:
        return _tokens(origin.emitter, origin.chain)
    if field in (ISSUED, BACKING):
        # A vault that is not listed is taken to be the token that it gives, as ERC-4626 has it.
        stated = origin.known and (origin.known.asset if field == ISSUED else origin.known.backing)
        return stated or (_tokens(origin.emitter, origin.chain) if field == ISSUED else None)
    if not field:
        return None
    return _assets(logs.address(field), origin.chain)


def _assets(contract: pa.Array, chain: str) -> pa.Array:
    """Assets of contracts as exchanges name them."""
    native = pc.is_in(contract, value_set=pa.array(NATIVE_MARKS))
    return pc.if_else(native, native_asset(chain).id, _tokens(contract, chain))


def _tokens(contract: pa.Array, chain: str) -> pa.Array:
    return pc.binary_join_element_wise(pa.scalar(erc20_id(chain, "")), contract, "")
