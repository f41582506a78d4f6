"""Transfers as a part file keeps them: the schema is TRANSFER, but for the column that weighs most.

EVM transaction hashes are 32 bytes, which nothing compresses and everything reads without parsing. Holders
are written as numbers into a list of the texts that occur, so that a seal looks each up once.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.kernel.sequence import read_hashes
from bongsu.store.column_buffer import one_chunk, texts_of
from bongsu.store.hex_text import HASH_BYTES

CODED = ["chain", "asset", "kind", "source", "target"]
"""Columns that are read as numbers and a list of texts."""
_LISTED = [*CODED, "block", "time", "tx_index", "position", "path", "address"]
_COMPRESSED = [*_LISTED, "amount", "locator"]
WRITING: dict[str, Any] = {
    "use_dictionary": _LISTED,
    "dictionary_pagesize_limit": 1 << 26,
    "compression": dict.fromkeys(_COMPRESSED, "zstd") | {"tx_hash": "none"},
    "compression_level": dict.fromkeys(_COMPRESSED, 1),
    "write_statistics": ["time"],
}
"""How a part file is written; a list of texts must never be given up for being long."""


def pack_transfers(transfers: pa.Table) -> pa.Table:
    """The same rows, packed."""
    hashes = one_chunk(transfers["tx_hash"])
    words = read_hashes(texts_of(hashes))
    if words is None or not len(words):
        return transfers
    data = pa.py_buffer(words.astype(">u8"))
    packed = pa.Array.from_buffers(pa.binary(HASH_BYTES), len(words), [None, data])
    return transfers.set_column(transfers.schema.get_field_index("tx_hash"), "tx_hash", packed)


def hash_words(column: pa.Array) -> np.ndarray[Any, Any] | None:
    """The 32 bytes of each hash, the first highest: uint64, shape (n, 4); None where they are texts."""
    if not pa.types.is_fixed_size_binary(column.type):
        return read_hashes(texts_of(column))
    words = np.frombuffer(column.buffers()[1], dtype=">u8").reshape(-1, 4)
    return words[column.offset : column.offset + len(column)].astype(np.uint64)
