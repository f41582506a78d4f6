from hashlib import sha256

import hypothesis.strategies as st
import pytest
from hypothesis import given
from tests.data.block_file import block, coinbase, easy_work

from bongsu.normalize.bitcoin_script import script_address
from bongsu.read.bitcoin_block import _messages
from bongsu.read.bitcoin_parse import Block, parse_block
from bongsu.read.bitcoin_unlock import proven_script
from bongsu.read.sniff import read_head

__all__ = ["easy_work"]
KEY = bytes.fromhex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
"""The public key whose addresses BIP 173 and many others give as examples."""
KEY_ADDRESS = "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"
KEY_SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
KEY_NESTED = "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN"
SIGNATURE = b"\x30\x44" + bytes(68) + b"\x01"


def push(*items):
    return b"".join(bytes([len(item)]) + item for item in items)


def address_of(unlock, *witness):
    script = proven_script(unlock, list(witness))
    return script and script_address(script)


def test_a_key_gives_its_three_addresses():
    assert address_of(push(SIGNATURE, KEY)) == KEY_ADDRESS
    assert address_of(b"", SIGNATURE, KEY) == KEY_SEGWIT
    nested = proven_script(b"", [SIGNATURE, KEY])
    assert address_of(push(nested), SIGNATURE, KEY) == KEY_NESTED


def test_scripts_by_their_hash():
    redeem = b"\x51" + push(KEY, KEY) + b"\x52\xae"
    wide = b"\x00" + push(SIGNATURE) + b"\x4c" + bytes([len(redeem)]) + redeem
    longer = b"\x00" + push(SIGNATURE) + b"\x4d" + len(redeem).to_bytes(2, "little") + redeem
    assert address_of(wide) == address_of(longer)
    assert address_of(wide)[0] == "3"
    assert proven_script(b"", [b"", SIGNATURE, redeem]) == b"\x00\x20" + sha256(redeem).digest()
    assert address_of(push(proven_script(b"", [b"", SIGNATURE, redeem])), b"", SIGNATURE, redeem)[0] == "3"


@pytest.mark.parametrize(
    ("unlock", "witness"),
    [
        (b"", []),
        (push(SIGNATURE), []),  # bare key
        (b"\x00" + push(SIGNATURE, SIGNATURE), []),  # bare multisig
        (b"", [bytes(64)]),  # Taproot by key
        (b"", [bytes(64), b"\x51", b"\xc0" + bytes(32)]),  # Taproot by script
        (b"", [bytes(64), b"\x50annex"]),
        (b"\xac", []),  # not a push
        (b"\x4b" + bytes(10), []),  # runs past its end
        (b"\x00", []),  # an empty push
    ],
)
def test_what_is_not_shown_is_not_said(unlock, witness):
    assert proven_script(unlock, witness) is None


@given(st.binary(max_size=200), st.lists(st.binary(max_size=80), max_size=4))
def test_any_bytes_give_a_standard_script_or_none(unlock, witness):
    script = proven_script(unlock, witness)
    assert script is None or script_address(script)


def test_a_block_keeps_one_for_each_input(easy_work):
    found = parse_block(block([coinbase(800_000, [(1, b"\x51")])])[0])
    assert isinstance(found, Block)
    assert found.proven == []


def test_every_real_input_whose_output_is_known_is_proven_right(onchain):
    right = inputs = shown = 0
    for path in (onchain / "bitcoin_raw_blocks").glob("*block*"):
        for message in _messages(path, read_head(path)) if "parsed" not in path.name else ():
            found = parse_block(message.block)
            inputs, shown = inputs + len(found.proven), shown + sum(map(bool, found.proven))
            for place, script in zip(found.found, found.proven, strict=True):
                if place >= 0 and script is not None:
                    assert script == found.scripts[place]
                    right += 1
    assert (right, shown, inputs) == (1_333, 18_577, 18_610)
