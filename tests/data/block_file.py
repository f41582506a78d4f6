"""Small blocks for tests, with easy proof of work; made with the standard library alone."""

import struct
from hashlib import sha256

import pytest

MAGIC = bytes.fromhex("f9beb4d9")
BLOCK_1 = bytes.fromhex(
    "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e"
    "1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e3629901010000000100000000000000000000"
    "00000000000000000000000000000000000000000000ffffffff0704ffff001d0104ffffffff0100f2052a0100000043"
    "410496b538e853519c726a2c91e61ec11600ae1390813a627c66fb8be7947be63c52da7589379515d4e0a604f8141781"
    "e62294721166bf621e73a82cbf2342c858eeac00000000"
)
"""Block 1 of the main network: one coinbase that pays a bare public key."""
HASH_1 = "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"
TXID_1 = "0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098"
EASY_BITS = 0x207FFFFF
EASY_TARGET = 0x7FFFFF << 8 * 29
P2PKH = bytes.fromhex("76a914") + b"\x11" * 20 + bytes.fromhex("88ac")
LATER = 1_700_000_000


@pytest.fixture
def easy_work(monkeypatch):
    """Blocks of this module pass for blocks of the main network."""
    monkeypatch.setattr("bongsu.read.bitcoin_parse.MAX_TARGET", EASY_TARGET)


def twice(data):
    return sha256(sha256(data).digest()).digest()


def compact(number):
    return bytes([number]) if number < 0xFD else b"\xfd" + struct.pack("<H", number)


def transaction(outpoints, outputs, *, witness=False, script=b""):
    """Serialized transaction and its txid; an outpoint is (txid, number), an output (value, script)."""
    ins = [txid + struct.pack("<I", n) + compact(len(script)) + script + b"\xff" * 4 for txid, n in outpoints]
    outs = [struct.pack("<q", value) + compact(len(to)) + to for value, to in outputs]
    body = compact(len(ins)) + b"".join(ins) + compact(len(outs)) + b"".join(outs)
    stacks = b"\x02\x01\xaa\xfd\x00\x01" + bytes(256)
    whole = b"\x02\0\0\0" + (b"\0\1" + body + stacks * len(ins) if witness else body) + bytes(4)
    return whole, twice(b"\x02\0\0\0" + body + bytes(4))


def coinbase(height, outputs, *, witness=True):
    """Serialized coinbase that states its height, and its txid."""
    return transaction(
        [(bytes(32), 2**32 - 1)], outputs, witness=witness, script=b"\x03" + height.to_bytes(3, "little")
    )


def root_of(txids):
    level = list(txids)
    while len(level) > 1:
        level += level[-1:] * (len(level) % 2)
        level = [twice(level[i] + level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def block(transactions, *, previous=bytes(32), version=0x20000000, time=LATER, root=None):
    """Serialized block and its hash."""
    root = root or root_of(txid for _whole, txid in transactions)
    for nonce in range(1000):
        header = struct.pack("<I32s32sIII", version, previous, root, time, EASY_BITS, nonce)
        if int.from_bytes(twice(header), "little") <= EASY_TARGET:
            break
    return header + compact(len(transactions)) + b"".join(whole for whole, _t in transactions), twice(header)


def message(data):
    """The block as a message of a block file."""
    return MAGIC + struct.pack("<I", len(data)) + data
