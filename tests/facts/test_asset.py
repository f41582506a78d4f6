"""Assets and issuers of a fact file."""

import pytest

from bongsu.errors import FactsError
from bongsu.facts.asset import assets_of, issued_assets, issuers_of

CONTRACT = "dac17f958d2ee523a2206206994597c13d831ec7"


def test_line_is_reference_decimals_and_symbol(document):
    body = f"assets:\n  - prefix: 'eip155:1/erc20:0x'\n    table: |\n      {CONTRACT} 6 USDT (real)\n"
    (asset,) = assets_of(document("assets", "a", body))
    assert asset.id == f"eip155:1/erc20:0x{CONTRACT}"
    assert (asset.decimals, asset.symbol, asset.valuation) == (6, "USDT (real)", False)


@pytest.mark.parametrize("line", ["abc", "abc x USDT", "abc 6", "abc 37 USDT", "a/b 6 USDT", "abc -1 USDT"])
def test_line_that_is_no_asset_is_refused(document, line):
    body = f"assets:\n  - prefix: 'eip155:1/erc20:'\n    table: |\n      {line}\n"
    with pytest.raises(FactsError, match=r"a\.yaml: assets\[0\]"):
        assets_of(document("assets", "a", body))


def test_issuer_has_one_entry_a_token(document):
    body = f"""\
issuer: {{legal_entity: Tether, country: SV, authority: an order}}
tokens:
  - {{symbol: A, decimals: 6, assets: ["eip155:1/erc20:0x{CONTRACT}"], can_freeze: true,
      can_burn_reissue: true}}
  - {{symbol: B, decimals: 8, assets: ["eip155:1/erc20:0x00"], can_freeze: false, can_burn_reissue: false,
      source: its own}}
"""
    first, second = issuers_of(document("issuers", "tether", body))
    assert (first.id, first.country, first.authority, first.can_freeze) == ("tether", "SV", "an order", True)
    assert (first.source, second.source) == ("Somebody, a document: example.org", "its own")
    (asset,) = issued_assets(first)
    assert (asset.id, asset.decimals, asset.symbol) == (f"eip155:1/erc20:0x{CONTRACT}", 6, "A")


def test_unknown_company_needs_a_reason(document):
    body = "issuer: {legal_entity: null, country: null}\ntokens: []\n"
    with pytest.raises(FactsError, match="entity_note"):
        issuers_of(document("issuers", "x", body))
