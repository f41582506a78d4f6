"""Memos of THORChain: what who pays in wants, and which payment in it is that a payment out answers.

`FUNCTION:PARAM1:PARAM2...`, letters of either case, empty parameters allowed. Source: THORChain developer
documentation, Transaction Memos, Asset Notation, Memo Length Reduction.
"""

import re
from dataclasses import dataclass, field

from bongsu.model.asset import BITCOIN, BITCOIN_COIN, ETHEREUM, erc20_id
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.unit import native_asset

FUNCTIONS = {
    "swap": ("SWAP", "S", "="),
    "limit": ("LIMITO", "LO", "=<"),
    "add": ("ADD", "A", "+"),
    "withdraw": ("WITHDRAW", "WD", "-"),
    "donate": ("DONATE", "D", "%"),
    "loan_open": ("LOAN+", "$+"),
    "loan_repay": ("LOAN-", "$-"),
    "trade_add": ("TRADE+",),
    "trade_withdraw": ("TRADE-",),
    "secure_add": ("SECURE+",),
    "secure_withdraw": ("SECURE-",),
    "rune_pool_add": ("POOL+",),
    "rune_pool_withdraw": ("POOL-",),
    "bond": ("BOND",),
    "unbond": ("UNBOND",),
    "leave": ("LEAVE",),
    "reserve": ("RESERVE",),
    "name": ("NAME", "N", "~"),
    "switch": ("SWITCH",),
    "noop": ("NOOP",),
    "out": ("OUT",),
    "refund": ("REFUND",),
    "migrate": ("MIGRATE",),
    "ragnarok": ("RAGNAROK",),
    "yggdrasil": ("YGGDRASIL+", "YGGDRASIL-"),
    "consolidate": ("CONSOLIDATE",),
}
"""What a function is called here, and how memos write it."""
ANSWERS = frozenset({"out", "refund"})
"""Functions of payments out; their parameter is the hash of the payment in."""
INTERNAL = frozenset({"migrate", "ragnarok", "yggdrasil", "consolidate"})
"""Functions of payments between vaults, which answer nobody."""
_PAYING = frozenset({"swap", "limit", "loan_open", "loan_repay"})
"""Functions that name an asset and an address to pay it to."""
_ALONE = frozenset({"reserve", "noop", "consolidate", "donate"})
"""Functions that need no parameter."""
SHORT = {
    "R": "THOR.RUNE",
    "A": "AVAX.AVAX",
    "B": "BTC.BTC",
    "C": "BCH.BCH",
    "E": "ETH.ETH",
    "F": "BASE.ETH",
    "G": "GAIA.ATOM",
    "N": "BNB.BNB",
    "S": "BSC.BNB",
    "D": "DOGE.DOGE",
    "L": "LTC.LTC",
}
"""Abbreviations of native coins."""
CHAINS = {
    "BTC": BITCOIN,
    "ETH": ETHEREUM,
    "BSC": "eip155:56",
    "AVAX": "eip155:43114",
    "BASE": "eip155:8453",
    "LTC": "bip122:12a765e31ffd4059bada1e25190f6e98",
    "DOGE": "bip122:1a91e3dace36e2be3bf030a65679fe82",
    "GAIA": "cosmos:cosmoshub-4",
    "THOR": "cosmos:thorchain-1",
    "TRON": "tron:0x2b6653dc",
}
"""CAIP-2 ids of THORChain's names of chains; Bitcoin Cash has none that is its own."""
LONGEST = 250
"""Bytes of the longest memo that the network reads."""

_NAMES = {name: kind for kind, names in FUNCTIONS.items() for name in names}
_ASSET = re.compile(r"([A-Z]{2,6})([./~-])([A-Z0-9]{1,16})(?:-([0-9A-Za-z.]+))?", re.IGNORECASE)
_HASH = re.compile(r"(?:0x)?([0-9a-fA-F]{64})")
_AMOUNT = re.compile(r"(\d{1,20})(?:e(\d{1,2}))?", re.IGNORECASE)
_CONTRACT = re.compile(r"0x[0-9a-f]{40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """What a memo says; empty texts and None where it does not."""

    function: str
    """Key of FUNCTIONS."""
    asset: str = ""
    """Asset wanted, in full notation where it was abbreviated: `ETH.USDT-0xdac1...`, `BTC.BTC`."""
    address: str = ""
    """Address to pay, or a THORName."""
    refund_address: str = ""
    """Address to pay where the swap fails."""
    limit: int | None = None
    """Least that must come out, in units of 10**-8."""
    interval: int | None = None
    """Blocks between the parts of a swap that streams."""
    quantity: int | None = None
    """Parts of a swap that streams; 0: as many as are best."""
    affiliates: tuple[tuple[str, int], ...] = field(default=())
    """Who gets a share of what comes in, and how many basis points."""
    inbound: str = ""
    """Hash of the payment in that this payment out answers, in capitals without 0x."""
    height: int | None = None
    """Block of THORChain, where vaults pay each other."""

    @property
    def chain(self) -> str | None:
        """CAIP-2 id of the chain that is paid; None where it is not known. Synthetic assets stay inside."""
        found = _ASSET.fullmatch(self.asset)
        if found is None:
            return None
        return CHAINS.get(found[1]) if found[2] == "." else CHAINS["THOR"]

    @property
    def asset_id(self) -> str | None:
        """CAIP-19 id of the asset wanted; None where an abbreviation leaves the contract open."""
        found = _ASSET.fullmatch(self.asset)
        if found is None or found[2] != ".":
            return None
        name, symbol, contract = found[1], found[3], (found[4] or "").lower()
        chain = CHAINS.get(name, "")
        if chain == BITCOIN and symbol == "BTC":
            return BITCOIN_COIN.id
        if not chain.startswith("eip155:"):
            return None
        if _CONTRACT.fullmatch(contract):
            return erc20_id(chain, contract)
        native = native_asset(chain)
        return native.id if not contract and symbol == native.symbol else None


def parse_memo(text: str) -> Memo | Fault:
    """What a memo says; a Fault where it is no memo of THORChain."""
    first, _colon, rest = text.strip().partition(":")
    function = _NAMES.get(first.upper())
    params = rest.split(":") if rest else []
    bare = not any(params) and function not in _ALONE
    if function is None or bare or len(text.encode()) > LONGEST:
        return Fault("bad_memo", _("not a memo of THORChain"))
    if function in ANSWERS:
        return _answer(function, params[0])
    if function in INTERNAL:
        return Memo(function=function, height=_whole(params[0]) if params else None)
    return _inbound(function, params)


def _answer(function: str, text: str) -> Memo | Fault:
    found = _HASH.fullmatch(text.strip())
    if found is None:
        return Fault("bad_memo", _("not the hash of a payment to THORChain"))
    return Memo(function=function, inbound=found[1].upper())


def _inbound(function: str, params: list[str]) -> Memo | Fault:
    params = [param.strip() for param in params] + [""] * 5
    if function not in _PAYING:
        pooled = function in {"add", "withdraw", "donate"}
        asset, rest = (params[0], params[1:]) if pooled else ("", params)
        if pooled and asset and not _full(asset):
            return Fault("bad_memo", _("not an asset of THORChain"))
        shared = _affiliates(rest[1], rest[2]) if function == "add" else ()
        address = "" if function == "withdraw" else rest[0]
        return Memo(function=function, asset=_full(asset), address=address, affiliates=shared)
    asset, target, limits, affiliate, fee = params[:5]
    if not _full(asset):
        return Fault("bad_memo", _("not an asset of THORChain"))
    address, _slash, refund = target.partition("/")
    limit, interval, quantity = [*limits.split("/"), "", ""][:3]
    return Memo(
        function=function,
        asset=_full(asset),
        address=address,
        refund_address=refund,
        limit=_whole(limit),
        interval=_whole(interval),
        quantity=_whole(quantity),
        affiliates=_affiliates(affiliate, fee),
    )


def _full(asset: str) -> str:
    """Asset in full notation, chain and symbol in capitals; empty where it is none."""
    found = _ASSET.fullmatch(SHORT.get(asset.upper(), asset))
    if found is None:
        return ""
    rest = f"-{found[4].lower()}" if found[4] else ""
    # A hyphen between chain and symbol is how some wallets write a secured asset.
    return f"{found[1].upper()}{found[2]}{found[3].upper()}{rest}"


def _affiliates(names: str, fees: str) -> tuple[tuple[str, int], ...]:
    """Names and basis points; one fee for several names counts for each."""
    if not names:
        return ()
    given = [_whole(fee) or 0 for fee in fees.split("/")]
    listed = names.split("/")
    shares = given if len(given) == len(listed) else given[:1] * len(listed)
    return tuple(zip(listed, shares, strict=True))


def _whole(text: str) -> int | None:
    """Whole number, perhaps as digits and zeros (`161e6`); None where it is none."""
    found = _AMOUNT.fullmatch(text.strip())
    return int(found[1]) * 10 ** int(found[2] or 0) if found else None
