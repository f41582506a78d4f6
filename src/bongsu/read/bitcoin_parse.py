"""One raw Bitcoin block taken apart, proven by its proof of work and its merkle root.

Layout: Bitcoin developer reference, block chain and transactions; segwit serialization: BIP 144.
"""

import struct
from dataclasses import dataclass, field
from hashlib import sha256

from bongsu.model.text import _
from bongsu.read.bitcoin_unlock import proven_script

HEADER_BYTES = 80
MAX_TARGET = 0xFFFF << 8 * (0x1D - 3)
"""The easiest proof of work that the main network takes."""
GENESIS = bytes.fromhex("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f")[::-1]
"""Hash of block 0."""
BIP34_HEIGHT = 227_931
"""From this height on every block must state its height in its coinbase."""
_BIP34_TIME = 1_363_000_000
_NO_OUTPOINT = bytes(32) + b"\xff" * 4
_VALUE = struct.Struct("<q")
_HEADER = struct.Struct("<i32s32sIII")

Fault = tuple[str, str]
"""Rule and explanation."""


@dataclass(slots=True)
class Block:
    """Transactions of a block as flat columns, the coinbase first and without inputs.

    An output's place is its number in the block.
    """

    hash: bytes
    time: int
    size: int = 0
    """Bytes that the block itself takes."""
    txids: list[bytes] = field(default_factory=list)
    input_counts: list[int] = field(default_factory=list)
    output_counts: list[int] = field(default_factory=list)
    outpoints: list[bytes] = field(default_factory=list)
    """Outputs spent: 32 bytes of hash, 4 of number."""
    found: list[int] = field(default_factory=list)
    """For each input the place of the output it spends, -1 where that is not in this block."""
    proven: list[bytes | None] = field(default_factory=list)
    """For each input the script of the output it spends, where the input's own data proves it."""
    values: list[int] = field(default_factory=list)
    scripts: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Header:
    """What a block's first 80 bytes and its coinbase say of its place in the chain."""

    hash: bytes
    previous: bytes
    height: int | None
    """As the coinbase states it (BIP 34); None where it need not."""


def double_sha256(data: bytes) -> bytes:
    """SHA-256 of the SHA-256."""
    return sha256(sha256(data).digest()).digest()


def has_work(header: bytes) -> bool:
    """Whether the hash of 80 bytes is as small as they say, and as the main network asks for."""
    if len(header) < HEADER_BYTES:
        return False
    bits = int.from_bytes(header[72:76], "little")
    exponent, mantissa = bits >> 24, bits & 0x7FFFFF
    target = mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)
    hashed = int.from_bytes(double_sha256(header[:HEADER_BYTES]), "little")
    return exponent <= 32 and hashed <= target <= MAX_TARGET


def read_header(block: bytes) -> Header | None:
    """The block's place in the chain; None where its proof of work is wrong."""
    if not has_work(block[:HEADER_BYTES]):
        return None
    version, previous, _root, time, _bits, _nonce = _HEADER.unpack_from(block)
    stated = version >= 2 and time >= _BIP34_TIME
    return Header(
        hash=double_sha256(block[:HEADER_BYTES]),
        previous=previous,
        height=_stated_height(block) if stated else None,
    )


def merkle_root(txids: list[bytes]) -> bytes | None:
    """Root of the tree; None where a repeated tail gives the root of another list (CVE-2012-2459)."""
    level = txids
    while len(level) > 1:
        if any(a == b for a, b in zip(level[::2], level[1::2], strict=False)):
            return None
        if len(level) % 2:
            level = [*level, level[-1]]
        level = [double_sha256(a + b) for a, b in zip(level[::2], level[1::2], strict=True)]
    return level[0] if level else None


def parse_block(data: bytes) -> Block | Fault:
    """The block, or what is wrong with it."""
    if not has_work(data[:HEADER_BYTES]):
        return "bad_proof_of_work", _("the header's hash is not as small as it says it is")
    _version, _previous, root, time, _bits, _nonce = _HEADER.unpack_from(data)
    block = Block(double_sha256(data[:HEADER_BYTES]), time)
    made: dict[bytes, int] = {}
    try:
        count, at = _compact(data, HEADER_BYTES)
        for _number in range(count):
            at = _read_transaction(data, at, block, made)
    except (IndexError, struct.error):
        why = _("transaction {number} of the block runs past its end")
        return "bad_block", why.format(number=len(block.txids) + 1)
    block.size = at
    if merkle_root(block.txids) != root:
        return "bad_merkle_root", _("the transactions are not those that the header commits to")
    if not _one_coinbase(block):
        return "bad_block", _("not exactly the first transaction is a coinbase")
    del block.outpoints[0], block.found[0], block.proven[0]
    block.input_counts[0] = 0
    return block


def _stated_height(block: bytes) -> int | None:
    """Height that the coinbase script begins with, where it can be one that BIP 34 asks for."""
    try:
        _count, at = _compact(block, HEADER_BYTES)
        at += 6 if block[at + 4] == 0 else 4
        _inputs, at = _compact(block, at)
        _size, at = _compact(block, at + 36)
        pushed = block[at]
    except IndexError:
        return None
    height = int.from_bytes(block[at + 1 : at + 1 + pushed], "little") if pushed in {3, 4} else 0
    return height if BIP34_HEIGHT <= height < 1 << 31 else None


def _compact(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where what follows it begins."""
    first = data[at]
    if first < 0xFD:
        return first, at + 1
    end = at + 1 + (2 << first - 0xFD)
    return int.from_bytes(data[at + 1 : end], "little"), end


def _read_transaction(data: bytes, start: int, block: Block, made: dict[bytes, int]) -> int:
    """Where the next transaction begins; `made` maps outpoints of the block to places."""
    segwit = data[start + 4] == 0 and data[start + 5] != 0
    body = start + (6 if segwit else 4)
    unlocks, at = _read_inputs(data, body, block, made)
    first = len(block.values)
    ended = at = _read_outputs(data, at, block)
    for unlock in unlocks:
        witness, at = _read_witness(data, at) if segwit else ([], at)
        block.proven.append(proven_script(unlock, witness))
    at += 4
    if at > len(data):
        raise IndexError(at)
    whole = data[start : start + 4] + data[body:ended] + data[at - 4 : at] if segwit else data[start:at]
    txid = double_sha256(whole)
    block.txids.append(txid)
    block.output_counts.append(len(block.values) - first)
    for number in range(len(block.values) - first):
        made[txid + number.to_bytes(4, "little")] = first + number
    return at


def _read_inputs(data: bytes, at: int, block: Block, made: dict[bytes, int]) -> tuple[list[bytes], int]:
    """The scripts that unlock the outputs spent, and where what follows the inputs begins."""
    unlocks = []
    count, at = _compact(data, at)
    for _number in range(count):
        outpoint = data[at : at + 36]
        block.outpoints.append(outpoint)
        block.found.append(made.get(outpoint, -1))
        size, at = _compact(data, at + 36)
        unlocks.append(data[at : at + size])
        at += size + 4
    block.input_counts.append(count)
    return unlocks, at


def _read_outputs(data: bytes, at: int, block: Block) -> int:
    count, at = _compact(data, at)
    for _number in range(count):
        (value,) = _VALUE.unpack_from(data, at)
        size, at = _compact(data, at + 8)
        block.values.append(value)
        block.scripts.append(data[at : at + size])
        at += size
    return at


def _read_witness(data: bytes, at: int) -> tuple[list[bytes], int]:
    items = []
    count, at = _compact(data, at)
    for _number in range(count):
        size, at = _compact(data, at)
        items.append(data[at : at + size])
        at += size
    return items, at


def _one_coinbase(block: Block) -> bool:
    return block.input_counts[:1] == [1] and [
        place for place, outpoint in enumerate(block.outpoints) if outpoint == _NO_OUTPOINT
    ] == [0]
