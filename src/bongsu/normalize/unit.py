"""Units that amounts are counted in: native coins, currencies, and units that a person names."""

import re

from bongsu.errors import InputError
from bongsu.model.asset import BITCOIN, BITCOIN_COIN, Asset, erc20_id, valuation
from bongsu.model.text import _

_COINS = {
    "eip155:1": ("ETH", 60),
    "eip155:56": ("BNB", 714),
    "eip155:100": ("XDAI", 700),
    "eip155:137": ("POL", 966),
    "eip155:250": ("FTM", 1007),
    "eip155:43114": ("AVAX", 9005),
}
"""Native coin of an EVM chain: symbol and SLIP-44 coin type; other EVM chains use ether (60)."""

_FORMER_SYMBOLS = {"eip155:137": {"MATIC"}}

_CURRENCIES = {
    **dict.fromkeys(("USD", "EUR", "GBP", "CNY", "HKD", "SGD", "AUD", "CAD", "CHF", "THB", "INR"), 2),
    **dict.fromkeys(("KRW", "JPY", "VND"), 0),
}
"""Decimals of currencies by ISO 4217 code."""

_NAMED = re.compile(r"([-.%a-zA-Z0-9]{1,64}):(\d{1,2})")
_CONTRACT = re.compile(r"0x[0-9a-fA-F]{40}")


def native_asset(chain: str) -> Asset:
    """Native coin of an EVM chain or of Bitcoin."""
    if chain == BITCOIN:
        return BITCOIN_COIN
    symbol, coin_type = _COINS.get(chain, ("ETH", 60))
    return Asset(id=f"{chain}/slip44:{coin_type}", symbol=symbol, decimals=18, valuation=False)


def coin_symbols(chain: str) -> set[str]:
    """Symbols in capitals that a chain's native coin has or had."""
    return {native_asset(chain).symbol} | _FORMER_SYMBOLS.get(chain, set())


def unit_asset(unit: str, chain: str) -> Asset:
    """Asset that a unit of flows names, on the chain of the flows; BTC is always on Bitcoin's chain.

    Args:
        unit: ISO 4217 code, BTC, ETH, or NAME:DECIMALS where NAME is a name or an ERC-20 contract.
        chain: CAIP-2 chain id.

    Raises:
        InputError: When the unit has none of these forms.
    """
    upper = unit.upper()
    if upper in _CURRENCIES:
        return valuation(chain, upper, _CURRENCIES[upper])
    if upper == "BTC":
        return BITCOIN_COIN
    if upper == "ETH":
        return native_asset(chain)
    found = _NAMED.fullmatch(unit)
    if found is None or int(found[2]) > 36:
        raise InputError(
            _("Cannot use unit {unit}: it is not known.").format(unit=unit or "''"),
            hint=_("Use a currency such as USD, BTC, ETH, or NAME:DECIMALS such as USDT:6."),
        )
    name, decimals = found[1], int(found[2])
    if name.upper() in _CURRENCIES:
        return valuation(chain, name.upper(), decimals)
    if _CONTRACT.fullmatch(name):
        return Asset(id=erc20_id(chain, name.lower()), symbol="", decimals=decimals, valuation=False)
    return Asset(id=f"{chain}/unit:{name}", symbol=name, decimals=decimals, valuation=False)
