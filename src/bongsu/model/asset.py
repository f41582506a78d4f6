"""Assets and chains by their CAIP names."""

import re
from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column

ETHEREUM = "eip155:1"
BITCOIN = "bip122:000000000019d6689c085ae165831e93"
TRON = "tron:0x2b6653dc"

_ASSET = re.compile(r"[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """Something that is counted in integer base units on one chain."""

    id: str = column("CAIP-19 asset id", source="CAIP-19")
    symbol: str = column("symbol as its issuer writes it; never used to recognize an asset")
    decimals: int = column("base units = 10**decimals", range="0..36")
    valuation: bool = column("true: published values in a currency, not amounts of a coin")


ASSET = pa.schema(
    [
        arrow_field(Asset, "id", pa.string()),
        arrow_field(Asset, "symbol", pa.string()),
        arrow_field(Asset, "decimals", pa.int8()),
        arrow_field(Asset, "valuation", pa.bool_()),
    ]
)
"""Many assets."""

ETHER = Asset(id=f"{ETHEREUM}/slip44:60", symbol="ETH", decimals=18, valuation=False)
BITCOIN_COIN = Asset(id=f"{BITCOIN}/slip44:0", symbol="BTC", decimals=8, valuation=False)


def is_asset_id(text: str) -> bool:
    """Whether the text has the form of a CAIP-19 id."""
    return _ASSET.fullmatch(text) is not None


def erc20_id(chain: str, contract: str) -> str:
    """CAIP-19 id of an ERC-20 token; the contract in lower-case hex."""
    return f"{chain}/erc20:{contract}"


def valuation(chain: str, currency: str, decimals: int = 2) -> Asset:
    """Asset that stands for published values in a currency (ISO 4217), on one chain's ledger."""
    return Asset(id=f"{chain}/iso4217:{currency}", symbol=currency, decimals=decimals, valuation=True)


def chain_of(asset_id: str) -> str:
    """CAIP-2 chain id of a CAIP-19 asset id."""
    return asset_id.partition("/")[0]
