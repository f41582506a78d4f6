"""Contracts that turn one asset into another, from their fact files."""

import pytest

from bongsu.errors import FactsError
from bongsu.facts.converter import converters_of, load_converters
from bongsu.facts.load import load_assets, load_labels

WETH = "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"
BODY = """\
converters:
  - {protocol: p, role: exchange, chain: "eip155:1", address: "0xaa"}
"""


def test_an_exchange_needs_no_assets_and_inherits_its_source(document):
    (one,) = converters_of(document("converters", "a", BODY))
    assert (one.protocol, one.role, one.asset, one.backing) == ("p", "exchange", None, None)
    assert one.source == "Somebody, a document: example.org"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("exchange", "wrapper"),
        ("role: exchange", "role: shop"),
        ('address: "0xaa"', 'address: "0xaa", asset: ETH'),
        ("protocol: p, ", ""),
    ],
)
def test_what_is_wrong_names_the_file(document, old, new):
    with pytest.raises(FactsError, match=r"converters/a\.yaml"):
        converters_of(document("converters", "a", BODY.replace(old, new)))


def test_the_wrapper_of_ether_ships():
    found = load_converters()["eip155:1", WETH]
    assert (found.role, found.backing) == ("wrapper", "eip155:1/slip44:60")


def test_what_known_contracts_give_and_take_are_genuine_assets_of_their_chain():
    genuine = load_assets()
    for (chain, _address), one in load_converters().items():
        for asset in (one.asset, one.backing):
            assert asset is None or asset.startswith(chain + "/")
            assert asset is None or chain != "eip155:1" or asset in genuine


def test_every_wrapper_is_labeled_as_a_converter():
    """Or what is unwrapped and not followed would be said to rest with somebody."""
    labeled = {(label.chain, label.address) for label in load_labels() if label.category == "dex"}
    wrappers = {key for key, one in load_converters().items() if one.role == "wrapper"}
    assert len(wrappers) == 7
    assert wrappers <= labeled
