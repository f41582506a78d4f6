import hypothesis.strategies as st
import pytest
from hypothesis import given

from bongsu.errors import AddressError
from bongsu.model.bech32 import SYMBOLS, decode_segwit, encode_segwit

# BIP 350, test vectors for v0-v16 native segregated witness addresses: address, scriptPubKey.
VALID = [
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6"),
    (
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    ),
    (
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
    ),
    ("BC1SW50QGDZ25J", "6002751e"),
    ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"),
    (
        "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
        "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    ),
    (
        "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
        "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    ),
    (
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    ),
]
# BIP 350, invalid segwit addresses (all but the wrong network, which is the caller's matter).
INVALID = [
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "bad_checksum"),
    ("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf", "bad_checksum"),
    ("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", "bad_checksum"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "bad_checksum"),
    ("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47", "bad_checksum"),
    ("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "bad_address"),
    ("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "bad_address"),
    ("bc1pw5dgrnzv", "bad_address"),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", "bad_address"),
    ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "bad_address"),
    ("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "bad_address"),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "bad_address"),
    ("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "bad_address"),
    ("bc1gmk9yu", "bad_address"),
    # BIP 173: wrong checksum, wrong length, mixed case, no program
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "bad_checksum"),
    ("bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90", "bad_checksum"),
    ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7", "bad_address"),
    ("pzry9x0s0muk", "bad_address"),
    ("1pzry9x0s0muk", "bad_address"),
]


@pytest.mark.parametrize(("address", "script"), VALID)
def test_published_vectors_decode_and_encode(address, script):
    raw = bytes.fromhex(script)
    version = raw[0] and raw[0] - 0x50
    hrp = address[:2].lower()
    assert decode_segwit(address) == (hrp, version, raw[2:])
    assert encode_segwit(hrp, version, raw[2:]) == address.lower()


@pytest.mark.parametrize(("address", "rule"), INVALID)
def test_published_invalid_vectors_are_refused_with_their_rule(address, rule):
    with pytest.raises(AddressError) as caught:
        decode_segwit(address)
    assert caught.value.rule == rule
    assert address in str(caught.value)
    assert caught.value.hint


programs = st.one_of(
    st.tuples(st.just(0), st.binary(min_size=20, max_size=20) | st.binary(min_size=32, max_size=32)),
    st.tuples(st.integers(1, 16), st.binary(min_size=2, max_size=40)),
)


@given(programs)
def test_every_program_comes_back(program):
    version, raw = program
    assert decode_segwit(encode_segwit("bc", version, raw)) == ("bc", version, raw)


@given(programs, st.data())
def test_one_changed_symbol_is_always_noticed(program, data):
    text = encode_segwit("bc", *program)
    at = data.draw(st.integers(3, len(text) - 1))
    other = data.draw(st.sampled_from(SYMBOLS.replace(text[at], "")))
    with pytest.raises(AddressError):
        decode_segwit(text[:at] + other + text[at + 1 :])
