"""Addresses: published vectors of EIP-55, BIP 173, BIP 350, base58check and TRON."""

import pytest

from bongsu.errors import AddressError
from bongsu.model.address import account_id, canonical_address, is_address, shown_address
from bongsu.model.asset import BITCOIN, ETHEREUM, TRON

EIP55 = [
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]


@pytest.mark.parametrize("address", EIP55)
def test_eip55_round_trip(address):
    canonical = canonical_address(ETHEREUM, address)
    assert canonical == address.lower()
    assert shown_address(ETHEREUM, canonical) == address
    assert canonical_address(ETHEREUM, "\\x" + address[2:].lower()) == canonical


def test_wrong_checksum_is_refused():
    flipped = EIP55[0][:-1] + "D"
    with pytest.raises(AddressError, match="checksum"):
        canonical_address(ETHEREUM, flipped)


@pytest.mark.parametrize(
    "address",
    [
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",  # BIP 173
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",  # BIP 350
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    ],
)
def test_bitcoin_addresses_are_kept(address):
    assert canonical_address(BITCOIN, address) == address
    if address.startswith("bc1"):
        assert canonical_address(BITCOIN, address.upper()) == address
    assert not is_address(BITCOIN, address[:-1] + ("x" if address[-1] != "x" else "y"))


def test_tron_forms_are_one_address():
    tether = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
    assert canonical_address(TRON, tether) == tether
    assert canonical_address(TRON, "41a614f803b6fd780986a42c78ec9c7f77e6ded13c") == tether
    assert account_id(TRON, tether) == f"{TRON}:{tether}"
