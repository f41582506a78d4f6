"""Words for chains and kinds of owners."""

import pytest

from bongsu.model.asset import BITCOIN, ETHEREUM, TRON
from bongsu.read.label_word import category_word, chain_by_form, chain_word


@pytest.mark.parametrize(
    ("word", "address", "chain"),
    [
        ("BTC", "", BITCOIN),
        ("XBT", "", BITCOIN),
        (" Ethereum ", "", ETHEREUM),
        ("eip155:56", "", "eip155:56"),
        ("USDT", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", TRON),
        ("USDT", "0x175d44451403Edf28469dF03A9280c1197ADb92c", "eip155:*"),
        ("USDT", "1AnfaWABwpP4A2ruNShvBkg8ZCzNUnQ9QU", BITCOIN),
        ("XMR", "", None),
    ],
)
def test_chain_is_told_by_its_word(word, address, chain):
    assert chain_word(word, address) == chain


def test_form_tells_the_chain_where_no_word_does():
    assert chain_by_form("0x" + "1" * 40) == "eip155:*"
    assert chain_by_form("T" + "1" * 33) == TRON
    assert chain_by_form("T" + "1" * 30) == BITCOIN


def test_first_word_that_names_a_category_decides():
    assert category_word("user", "mixing_service") == "mixer"
    assert category_word("sanction", "exchange") == "sanctioned"
    assert category_word("Bridge") == "bridge"
    assert [category_word(x) for x in ("victim_payer", "token_contract")] == ["payer", "contract"]
    assert category_word("nice", "people") is None
    assert category_word() is None
