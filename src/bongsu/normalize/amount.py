"""Amounts as sources write them, in base units: exact or refused, never rounded."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.schema import AMOUNT, MAX_AMOUNT
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

_WHOLE = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_CURRENCY_MARKS = "$€£¥₩"
_LONGEST = 400


def parse_base_units(text: str) -> int | Fault:
    """Integer base units that the text states as plain digits."""
    text = text.strip()
    if _WHOLE.fullmatch(text):
        return _in_range(int(text) if len(text) <= _LONGEST else MAX_AMOUNT + 1)
    if text[:1] == "-" and _DECIMAL.fullmatch(text[1:]) and any(mark.isdigit() for mark in text):
        return Fault("negative_amount", _("an amount cannot be negative"))
    if text and _DECIMAL.fullmatch(text) and any(mark.isdigit() for mark in text):
        return Fault("inexact_amount", _("base units are whole; a fraction or an exponent has lost digits"))
    return Fault("bad_amount", _("the amount is not a number"))


def parse_units(text: str, decimals: int, symbol: str = "") -> int | Fault:
    """Base units of a decimal number of whole units; a currency mark, grouping and symbol may stand by.

    Args:
        text: As `1234.5`, `1,234.50`, `$1,234.50`, `0.1 ETH` or `1e-05`.
        decimals: Base units per unit are 10**decimals.
        symbol: Unit that may follow the number.
    """
    number = _bare_number(text, symbol)
    if number[:1] == "-":
        inner = parse_units(number[1:], decimals, symbol)
        if isinstance(inner, Fault) and inner.rule == "bad_amount":
            return inner
        return Fault("negative_amount", _("an amount cannot be negative")) if inner else 0
    found = _DECIMAL.fullmatch(number)
    if found is None or not (found[1] or found[2]) or len(number) > _LONGEST:
        return Fault("bad_amount", _("the amount is not a number"))
    whole, fraction, exponent = found[1] or "", found[2] or "", int(found[3] or 0)
    digits, shift = int(whole + fraction), decimals + exponent - len(fraction)
    if shift >= 0 or not digits:
        return _in_range(digits * 10 ** max(shift, 0))
    kept, lost = divmod(digits, 10**-shift)
    if lost:
        why = _("the amount has more digits than the {decimals} decimals of its unit")
        return Fault("inexact_amount", why.format(decimals=decimals))
    return _in_range(kept)


def _bare_number(text: str, symbol: str) -> str:
    number = text.strip()
    if symbol and number.upper().endswith(symbol.upper()):
        number = number[: -len(symbol)].rstrip()
    sign = number[:1] if number[:1] == "-" else ""
    number = number.removeprefix("-").lstrip(_CURRENCY_MARKS)
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    return sign + number


def _in_range(amount: int) -> int | Fault:
    if amount > MAX_AMOUNT:
        return Fault("amount_out_of_range", _("the amount is larger than 10**38 - 1 base units"))
    return amount


def plain_amounts(texts: pa.Array) -> pa.Array | None:
    """Amounts of a column that holds only digits in range or nothing; None for any other column."""
    plain = pc.and_(pc.ascii_is_decimal(texts), pc.less_equal(pc.binary_length(texts), 38))
    if not pc.all(plain, min_count=0).as_py():
        return None
    return texts.cast(AMOUNT)
