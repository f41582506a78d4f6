"""Price tables that a person gives: CSV with asset, time, currency, price, source."""

import csv
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from bongsu.analyze.price import Price, Prices
from bongsu.errors import InputError
from bongsu.model.asset import Asset, is_asset_id
from bongsu.model.text import _

COLUMNS = ("asset", "time", "currency", "price", "source")
_DECIMAL = re.compile(r"[0-9]{1,38}(\.[0-9]{1,38})?", re.ASCII)
"""No exponent: a short text must not make a number of a million digits."""


def load_prices(path: Path, assets: Mapping[str, Asset]) -> Prices:
    """Prices of one currency; every row is checked, for a wrong price would rank wrongly in silence.

    Args:
        path: CSV with a header; `asset` is a CAIP-19 id, `price` a decimal number per unit.
        assets: Assets with their decimals.

    Raises:
        InputError: When the file cannot be read, or a row is wrong; names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if tuple(table.fieldnames or ()) != COLUMNS:
                raise _refused(path, 1, _("the columns must be {names}").format(names=",".join(COLUMNS)))
            rows = [_price(path, table.line_num, row) for row in table]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            _("Cannot read prices {path}: {why}.").format(path=path, why=error),
            hint=_("Give a CSV file in UTF-8 with the columns {names}.").format(names=",".join(COLUMNS)),
        ) from error
    currencies = sorted({row.currency for row in rows})
    if len(currencies) != 1:
        raise _refused(path, 1, _("it must have prices, all in one currency"))
    decimals = {asset: found.decimals for asset, found in assets.items()}
    return Prices(currency=currencies[0], rows=tuple(rows), decimals=decimals)


def _price(path: Path, line: int, row: Mapping[str, str | None]) -> Price:
    asset, time, currency, price, source = ((row[name] or "").strip() for name in COLUMNS)
    if len(row) > len(COLUMNS) or not is_asset_id(asset) or not currency or not source:
        raise _refused(path, line, _("it must have an asset id, a time, a currency, a price and a source"))
    if _DECIMAL.fullmatch(price) is None:
        raise _refused(path, line, _("the price is no decimal number of 0 or more"))
    try:
        moment = datetime.fromisoformat(time)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refused(path, line, _("the time is not ISO 8601")) from error
    return Price(asset=asset, time=moment, currency=currency, price=Fraction(price), source=source)


def _refused(path: Path, line: int, why: str) -> InputError:
    return InputError(
        _("Cannot use prices {path}, line {line}: {why}.").format(path=path, line=line, why=why),
        hint=_("Example: eip155:1/slip44:60,2023-06-30T00:00:00Z,USD,1933.21,Publisher and document"),
    )
