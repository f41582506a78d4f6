"""Raw Bitcoin blocks: transactions whose values are proven by the block's own hash.

The file is read twice: headers first, since a block's height can be known from its neighbors only.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.bitcoin_parse import GENESIS, Block, Header, has_work, parse_block, read_header
from bongsu.read.bitcoin_stream import (
    MAINNET,
    OTHER_NETWORKS,
    Message,
    read_bare_block,
    read_messages,
    scramble_key,
)
from bongsu.read.raw import Fault, cut_batches, reject_table
from bongsu.read.sniff import read_head

_INPUT = pa.struct(
    [("hash", pa.string()), ("number", pa.int64()), ("value", pa.int64()), ("script", pa.binary())]
)
_OUTPUT = pa.struct([("value", pa.int64()), ("script", pa.binary())])
RAW = pa.schema(
    [
        ("block_hash", pa.string()),
        ("block_height", pa.int64()),
        ("block_time", pa.int64()),
        ("tx_count", pa.int64()),
        ("tx_index", pa.int64()),
        ("hash", pa.string()),
        ("inputs", pa.list_(_INPUT)),
        ("outputs", pa.list_(_OUTPUT)),
    ]
)
"""One row a transaction; an input's value is known where the block itself made it, its script also where
the input's own data proves it.

A coinbase (`tx_index` 0) has no inputs. The locator is the transaction's number in the file.
"""
_PART_ROWS = 10_000


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file begins with the main network's magic, or with a header that has proof of work."""
    return head[:4] == MAINNET or has_work(head) or bool(scramble_key(path, head))


def read(path: Path, *, batch_rows: int) -> Iterator[Batch]:
    """Batches of transactions in file order; blocks that are damaged become rejects.

    Raises:
        FormatError: When the file does not begin with a block of the main network.
    """
    head = read_head(path)
    if not sniff(path, head):
        raise _refusal(path, head)
    return cut_batches(_parts(path, head), batch_rows)


def chain_heights(headers: Iterable[Header]) -> dict[bytes, int]:
    """Height of each block that states it, or is linked to one that does or to block 0."""
    stated = {GENESIS: 0}
    parents: dict[bytes, bytes] = {}
    children: dict[bytes, list[bytes]] = defaultdict(list)
    for header in headers:
        parents[header.hash] = header.previous
        children[header.previous].append(header.hash)
        if header.height is not None:
            stated[header.hash] = header.height
    heights = dict(stated)
    waiting = deque(heights)
    while waiting:
        at = waiting.popleft()
        near = [(child, heights[at] + 1) for child in children.get(at, ())]
        if at in parents and parents[at] in parents:
            near.append((parents[at], heights[at] - 1))
        for other, height in near:
            if other not in heights and height >= 0:
                heights[other] = height
                waiting.append(other)
    return heights


def _refusal(path: Path, head: bytes) -> FormatError:
    network = OTHER_NETWORKS.get(head[:4])
    if network:
        return FormatError(
            _("Cannot read {path}: it holds blocks of {network}.").format(path=path, network=network),
            hint=_("Only blocks of Bitcoin's main network can be read."),
        )
    return FormatError(
        _("Cannot read {path}: it begins with no block of Bitcoin's main network.").format(path=path),
        hint=_("Block files of a newer Bitcoin Core are scrambled: put the node's file xor.dat beside them."),
    )


def _messages(path: Path, head: bytes) -> Iterator[Message]:
    if has_work(head):
        return read_bare_block(path)
    return read_messages(path, scramble_key(path, head))


def _parts(path: Path, head: bytes) -> Iterator[Batch]:
    headers = (read_header(message.block) for message in _messages(path, head) if message.block)
    heights = chain_heights(header for header in headers if header is not None)
    part = _Part(1)
    for message in _messages(path, head):
        part.add(message, heights)
        if len(part.txids) + len(part.faults) >= _PART_ROWS:
            yield part.batch()
            part = _Part(part.first + len(part.txids))
    yield part.batch()


@dataclass(slots=True)
class _Part:
    """Transactions of some blocks as columns; `first` is the number of the first in the file."""

    first: int
    blocks: list[tuple[Block, int | None]] = field(default_factory=list)
    txids: list[bytes] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, message: Message, heights: dict[bytes, int]) -> None:
        """Nothing; takes the message's block, or notes what is wrong with it."""
        if not message.block:
            self._note(message, message.rule, message.why)
            return
        block = parse_block(message.block)
        if not isinstance(block, Block):
            self._note(message, *block)
            return
        self.blocks.append((block, heights.get(block.hash)))
        self.txids += block.txids
        extra = len(message.block) - block.size
        if extra:
            self._note(message, "trailing_bytes", _("{count} bytes follow the block").format(count=extra))

    def _note(self, message: Message, rule: str, why: str) -> None:
        text = _("block at byte {offset}: {why}").format(offset=message.offset, why=why)
        self.faults.append((self.first + len(self.txids), rule, text))

    def batch(self) -> Batch:
        """The rows and rejects so far."""
        counts = np.array([len(block.txids) for block, _height in self.blocks], dtype=np.int64)
        starts = np.repeat(np.cumsum(counts) - counts, counts)
        at = pa.array(np.repeat(np.arange(len(counts)), counts))
        columns = {
            "block_hash": pa.array([b.hash[::-1].hex() for b, _h in self.blocks], pa.string()).take(at),
            "block_height": pa.array([height for _b, height in self.blocks], pa.int64()).take(at),
            "block_time": pa.array([b.time for b, _h in self.blocks], pa.int64()).take(at),
            "tx_count": pa.array(np.repeat(counts, counts)),
            "tx_index": pa.array(np.arange(len(self.txids)) - starts),
            "hash": pa.array([txid[::-1].hex() for txid in self.txids], pa.string()),
            "inputs": _nested([b.input_counts for b, _h in self.blocks], self._inputs()),
            "outputs": _nested([b.output_counts for b, _h in self.blocks], self._outputs()),
            "locator": pa.array(np.arange(self.first, self.first + len(self.txids))),
        }
        return Batch(rows=pa.table(columns), rejects=reject_table(self.faults))

    def _inputs(self) -> pa.StructArray:
        spent = [outpoint for block, _height in self.blocks for outpoint in block.outpoints]
        bases = np.cumsum([0, *(len(block.values) for block, _height in self.blocks)])
        places = [
            place + base if place >= 0 else None
            for (block, _height), base in zip(self.blocks, bases, strict=False)
            for place in block.found
        ]
        made = self._outputs().take(pa.array(places, pa.int64()))
        proven = pa.array([script for block, _height in self.blocks for script in block.proven], pa.binary())
        return pa.StructArray.from_arrays(
            [
                pa.array([outpoint[31::-1].hex() for outpoint in spent], pa.string()),
                pa.array(np.frombuffer(b"".join(o[32:] for o in spent), dtype="<u4").astype(np.int64)),
                pc.struct_field(made, "value"),
                pc.coalesce(pc.struct_field(made, "script"), proven),
            ],
            fields=list(_INPUT),
        )

    def _outputs(self) -> pa.StructArray:
        values = [value for block, _height in self.blocks for value in block.values]
        scripts = [script for block, _height in self.blocks for script in block.scripts]
        columns = [pa.array(values, pa.int64()), pa.array(scripts, pa.binary())]
        return pa.StructArray.from_arrays(columns, fields=list(_OUTPUT))


def _nested(counts: list[list[int]], flat: pa.StructArray) -> pa.ListArray:
    """The flat rows as one list a transaction."""
    offsets = np.cumsum([0, *(count for block in counts for count in block)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), flat)
