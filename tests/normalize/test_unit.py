import pytest

from bongsu.errors import InputError
from bongsu.model.asset import BITCOIN_COIN, ETHER, ETHEREUM, is_asset_id
from bongsu.normalize.unit import coin_symbols, native_asset, unit_asset

CONTRACT = "0x" + "C0" * 20


@pytest.mark.parametrize(
    ("unit", "asset_id", "decimals"),
    [
        ("USD", "eip155:1/iso4217:USD", 2),
        ("usd", "eip155:1/iso4217:USD", 2),
        ("KRW", "eip155:1/iso4217:KRW", 0),
        ("USD:6", "eip155:1/iso4217:USD", 6),
        ("ETH", ETHER.id, 18),
        ("BTC", BITCOIN_COIN.id, 8),
        ("USDT:6", "eip155:1/unit:USDT", 6),
        (f"{CONTRACT}:6", f"eip155:1/erc20:{CONTRACT.lower()}", 6),
    ],
)
def test_units(unit, asset_id, decimals):
    asset = unit_asset(unit, ETHEREUM)
    assert (asset.id, asset.decimals) == (asset_id, decimals)
    assert is_asset_id(asset.id)
    assert asset.valuation is ("iso4217" in asset_id)


@pytest.mark.parametrize("unit", ["", "BANANA", "USDT:37", "USDT:-1", "a b:2"])
def test_no_unit(unit):
    with pytest.raises(InputError) as caught:
        unit_asset(unit, ETHEREUM)
    assert "USDT:6" in caught.value.hint


def test_native_coins():
    assert native_asset("eip155:1") == ETHER
    assert native_asset("eip155:56").symbol == "BNB"
    assert native_asset("eip155:10").id == "eip155:10/slip44:60"
    assert native_asset(BITCOIN_COIN.id.partition("/")[0]) == BITCOIN_COIN
    assert coin_symbols("eip155:137") == {"POL", "MATIC"}
