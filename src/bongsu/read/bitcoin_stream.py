"""Messages of a file of raw Bitcoin blocks: magic, length, block, again and again; or one bare block.

As Bitcoin Core keeps them (`blk*.dat`), also compressed, also scrambled with the node's key
(`xor.dat` beside the file, since Bitcoin Core 28). At most one block is in memory.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bongsu.model.text import _
from bongsu.read.sniff import Source

MAINNET = bytes.fromhex("f9beb4d9")
"""Four bytes before each block of Bitcoin's main network."""
OTHER_NETWORKS = {
    bytes.fromhex("0b110907"): "testnet3",
    bytes.fromhex("1c163f28"): "testnet4",
    bytes.fromhex("0a03cf40"): "signet",
    bytes.fromhex("fabfb5da"): "regtest",
}
"""Magic bytes of other networks."""
MAX_BLOCK_BYTES = 4_000_000
"""No block can be larger (BIP 141: a weight of four million)."""
MIN_BLOCK_BYTES = 81 + 60
"""A header, a count, and the smallest transaction."""
_CHUNK = 1024 * 1024
_KEY_BYTES = 8
_DAMAGE = (OSError, EOFError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A block's bytes and where they begin in the decompressed file, or what is wrong there."""

    offset: int
    block: bytes = b""
    rule: str = ""
    why: str = ""


class ByteSource(Source):
    """A file, decompressed, of bytes and not of lines: nothing is held back where its data is damaged."""

    def _fill(self) -> None:
        try:
            chunk = self._inner.read1(_CHUNK)
        except _DAMAGE as error:
            self.failure = str(error) or type(error).__name__
            chunk = b""
        self._ready, self._ended = memoryview(chunk), not chunk


def scramble_key(path: Path, head: bytes) -> bytes:
    """Key that the file is scrambled with, from `xor.dat` beside it; empty where it is not."""
    beside = path.with_name("xor.dat")
    if head[:4] == MAINNET or not beside.is_file():
        return b""
    with beside.open("rb") as file:
        key = file.read(_KEY_BYTES + 1)
    return key if len(key) == _KEY_BYTES and unscramble(head[:4], key, 0) == MAINNET else b""


def unscramble(data: bytes, key: bytes, offset: int) -> bytes:
    """The data, which begins at the offset in its file, without the key."""
    if not key or not data:
        return data
    turned = key[offset % len(key) :] + key[: offset % len(key)]
    mask = np.resize(np.frombuffer(turned, dtype=np.uint8), len(data))
    return (np.frombuffer(data, dtype=np.uint8) ^ mask).tobytes()


class _Bytes:
    """Bytes of a file in order, with a way to give some back."""

    def __init__(self, source: ByteSource, key: bytes) -> None:
        self._file = io.BufferedReader(source, _CHUNK)
        self._key = key
        self._read = 0
        self._back = b""

    @property
    def offset(self) -> int:
        return self._read - len(self._back)

    def take(self, size: int) -> bytes:
        """As many bytes, fewer at the end."""
        part, self._back = self._back[:size], self._back[size:]
        fresh = self._file.read(size - len(part))
        plain = unscramble(fresh, self._key, self._read)
        self._read += len(fresh)
        return part + plain

    def give_back(self, data: bytes) -> None:
        self._back = data + self._back


def read_messages(path: Path, key: bytes) -> Iterator[Message]:
    """Blocks of a file of messages in file order; zeros between them are padding."""
    with ByteSource(path) as source:
        stream = _Bytes(source, key)
        while message := _next_message(stream):
            if message.block or message.rule:
                yield message
        if source.failure:
            why = _("the compressed data is damaged: {why}").format(why=source.failure)
            yield Message(offset=stream.offset, rule="truncated_file", why=why)


def read_bare_block(path: Path) -> Iterator[Message]:
    """The one block that the whole file is; bytes after it stay with it, up to the largest block."""
    with ByteSource(path) as source:
        block = io.BufferedReader(source, _CHUNK).read(MAX_BLOCK_BYTES + 1)
        yield Message(offset=0, block=block)
        if source.failure:
            why = _("the compressed data is damaged: {why}").format(why=source.failure)
            yield Message(offset=len(block), rule="truncated_file", why=why)


def _next_message(stream: _Bytes) -> Message | None:
    """The next message; one without block and rule for padding; None at the end."""
    offset = stream.offset
    head = stream.take(8)
    if not head:
        return None
    if head[:4] != MAINNET:
        stream.give_back(head)
        return _skip(stream)
    size = int.from_bytes(head[4:], "little")
    if len(head) == 8 and not MIN_BLOCK_BYTES <= size <= MAX_BLOCK_BYTES:
        stream.give_back(head[4:])
        return Message(offset=offset, rule="bad_length", why=_("no block has {size} bytes").format(size=size))
    block = stream.take(size) if len(head) == 8 else b""
    if len(head) < 8 or len(block) < size:
        why = _("the file ends within a block: {have} of {size} bytes").format(have=len(block), size=size)
        return Message(offset=offset, rule="truncated_file", why=why)
    return Message(offset=offset, block=block)


def _skip(stream: _Bytes) -> Message:
    """What stands before the next magic: padding of zeros, or bytes that belong to no block."""
    start, window, padding = stream.offset, b"", True
    while chunk := stream.take(_CHUNK):
        window += chunk
        at = window.find(MAINNET)
        if at >= 0:
            stream.give_back(window[at:])
            padding = padding and not window[:at].strip(b"\0")
            window = b""
            break
        padding = padding and not window[:-3].strip(b"\0")
        window = window[-3:]
    if padding and not window.strip(b"\0"):
        return Message(offset=start)
    why = _("{count} bytes before the next block, or the end, begin with no block's magic")
    return Message(offset=start, rule="bad_magic", why=why.format(count=stream.offset - start))
