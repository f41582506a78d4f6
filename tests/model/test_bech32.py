"""Witness programs survive encoding; wrong variants do not decode."""

import pytest

from bongsu.errors import AddressError
from bongsu.model.bech32 import decode_segwit, encode_segwit


@pytest.mark.parametrize(("version", "size"), [(0, 20), (0, 32), (1, 32), (16, 2)])
def test_round_trip(version, size):
    program = bytes(range(size))
    assert decode_segwit(encode_segwit("bc", version, program)) == ("bc", version, program)


@pytest.mark.parametrize(
    "text",
    [
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # BIP 350: v1 in bech32
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",  # v16 in bech32
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",  # v0 in bech32m
    ],
)
def test_wrong_variant_is_refused(text):
    with pytest.raises(AddressError):
        decode_segwit(text)
