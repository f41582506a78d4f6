import pytest

from bongsu.normalize.identifier_wallet import CHAINS, EVERY_EVM, canonical_wallet

EVM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
KEY = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"


@pytest.mark.parametrize(
    ("text", "chain", "namespace", "value"),
    [
        (EVM, "eth", EVERY_EVM, EVM.lower()),
        (EVM, "eip155:137", EVERY_EVM, EVM.lower()),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "btc", CHAINS["btc"], "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "trx", CHAINS["tron"], "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
        (KEY, "sol", CHAINS["sol"], KEY),
    ],
)
def test_a_wallet_in_canonical_form(text, chain, namespace, value):
    assert canonical_wallet(text, chain) == ("wallet", value, namespace, "strong", "")


@pytest.mark.parametrize(
    ("text", "chain", "rule"),
    [
        (EVM.replace("aA", "Aa"), "eth", "bad_checksum"),
        (EVM[:-1], "eth", "bad_address"),
        (KEY[:-4], "sol", "bad_address"),
        (KEY, "cosmos:cosmoshub-4", "unknown_chain"),
        ("0x" + "0" * 40, "eth", "burn_address"),
    ],
)
def test_what_is_no_wallet_is_refused(text, chain, rule):
    assert canonical_wallet(text, chain).rule == rule
