"""Inputs and outputs of transactions as they stand in JSON text: checked item by item."""

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from bongsu.errors import AddressError
from bongsu.model.address import canonical_address
from bongsu.model.asset import BITCOIN
from bongsu.model.text import _
from bongsu.normalize.bitcoin_script import script_address
from bongsu.normalize.fault import Fault
from bongsu.normalize.utxo import MAX_MONEY

Item: TypeAlias = dict[str, Any]
Row: TypeAlias = dict[str, object]

_TXID = re.compile(r"[0-9a-fA-F]{64}")
_MAX_NUMBER = 2**31 - 1


class FaultyError(ValueError):
    """An item that breaks a rule; becomes the fault of its row."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.fault = Fault(rule, why)


def parse_items(text: str, read: Callable[[int, Item], Row | None]) -> list[Row] | Fault:
    """What `read` makes of each item of a JSON list, given its place; None leaves an item out."""
    try:
        listed = json.loads(text, parse_float=str)
        if not isinstance(listed, list):
            return Fault("bad_list", _("not a list"))
        found = [read(place, item) for place, item in enumerate(listed)]
    except FaultyError as error:
        return error.fault
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Fault("bad_list", _("not a list of inputs or outputs"))
    return [row for row in found if row is not None]


def outpoint(txid: object, number: object) -> str:
    """Holder of an output.

    Raises:
        FaultyError: When it is not 64 digits and a number.
    """
    if not isinstance(txid, str) or not _TXID.fullmatch(txid):
        raise FaultyError("bad_hash", _("an input's transaction is not 64 hexadecimal digits"))
    return f"{txid.lower()}:{small_number(number)}"


def small_number(value: object) -> int:
    """Number of an input or output.

    Raises:
        FaultyError: When it is not a whole number in range.
    """
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= _MAX_NUMBER):
        raise FaultyError("bad_number", _("the number of an input or output is not a whole number"))
    return int(text)


def checked_amount(value: int | Fault) -> int:
    """The amount in satoshi.

    Raises:
        FaultyError: When it is a fault, or more than there can be.
    """
    if isinstance(value, Fault):
        raise FaultyError(value.rule, value.why)
    if value > MAX_MONEY:
        raise FaultyError("amount_out_of_range", _("an amount is more than 21 million coins"))
    return value


def stated_address(text: object) -> str | None:
    """The address in canonical form; None for what is none, as a made-up name for a script.

    Raises:
        FaultyError: When its checksum is wrong.
    """
    try:
        return canonical_address(BITCOIN, text) if isinstance(text, str) else None
    except AddressError as error:
        if error.rule == "bad_checksum":
            raise FaultyError(error.rule, _("an address has a wrong checksum")) from error
        return None


def hex_address(script: object) -> str | None:
    """Address of an output script in hexadecimal.

    Raises:
        FaultyError: When it is not hexadecimal.
    """
    try:
        return script_address(bytes.fromhex(str(script)))
    except ValueError as error:
        raise FaultyError("bad_script", _("an output's script is not hexadecimal")) from error
