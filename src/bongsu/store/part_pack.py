"""Transfers as a part file keeps them: the schema is TRANSFER, but for the columns that weigh most.

EVM transaction hashes and accounts are bytes, which nothing compresses and everything reads without parsing.
Where most holders are accounts the others stand in a column of their own, so that a part is written and
sealed without a list of texts; where they are not (outputs of Bitcoin) they stay texts in a list.
"""

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.kernel.hex_text import read_accounts
from bongsu.kernel.sequence import read_hashes
from bongsu.store.column_buffer import one_chunk, texts_of
from bongsu.store.hex_text import bytes_column, bytes_of

Array = npt.NDArray[Any]
OTHER = {"source": "source_name", "target": "target_name"}
"""Column of holders to the column of those that are no accounts."""
CODED = ["chain", "asset", "kind", *OTHER, *OTHER.values()]
"""Columns that are read as numbers and a list of texts, where they are texts."""
_LISTED = [*CODED, "block", "time", "tx_index", "position", "path", "address"]
_COMPRESSED = ["amount", "locator"]


def pack_transfers(transfers: pa.Table) -> pa.Table:
    """The same rows, packed."""
    packed = _pack_hashes(transfers)
    for side in OTHER:
        packed = _pack_holders(packed, side)
    return packed


def _pack_hashes(transfers: pa.Table) -> pa.Table:
    words = read_hashes(texts_of(one_chunk(transfers["tx_hash"])))
    if words is None or not len(words):
        return transfers
    data = words.astype(">u8").view(np.uint8)
    return transfers.set_column(transfers.schema.get_field_index("tx_hash"), "tx_hash", bytes_column(data))


def _pack_holders(transfers: pa.Table, side: str) -> pa.Table:
    holders = one_chunk(transfers[side])
    keys, accounts = read_accounts(texts_of(holders))
    if 2 * np.count_nonzero(accounts) <= len(accounts):
        return transfers
    packed = transfers.set_column(transfers.schema.get_field_index(side), side, bytes_column(keys, accounts))
    return packed.append_column(OTHER[side], _others(holders, accounts))


def _others(holders: pa.Array, accounts: Array) -> pa.Array:
    """The holders where they are no accounts, else null."""
    if accounts.all():
        return pa.nulls(len(holders), pa.string())
    places = np.where(accounts, -1, np.cumsum(~accounts) - 1)
    return holders.filter(pa.array(~accounts)).take(pa.array(places, mask=places < 0))


def writing(packed: pa.Table) -> dict[str, Any]:
    """How a part file is written; a list of texts must never be given up for being long."""
    listed = [
        name for name in _LISTED if name in packed.column_names and name not in packed_of(packed.schema)
    ]
    return {
        "use_dictionary": listed,
        "dictionary_pagesize_limit": 1 << 26,
        "compression": dict.fromkeys(packed.column_names, "none")
        | dict.fromkeys([*listed, *_COMPRESSED], "zstd"),
        "compression_level": dict.fromkeys([*listed, *_COMPRESSED], 1),
        "write_statistics": ["time"],
    }


def packed_of(schema: pa.Schema) -> frozenset[str]:
    """Columns of a part file that are bytes."""
    names = ("tx_hash", *OTHER)
    return frozenset(
        name
        for name in names
        if name in schema.names and pa.types.is_fixed_size_binary(schema.field(name).type)
    )


def text_columns(packed: Collection[str]) -> dict[str, str]:
    """SQL, of DuckDB and of Spark, for the texts of columns that are bytes."""
    texts = {name: f"'0x' || lower(hex({name}))" for name in sorted(packed)}
    return {
        name: f"coalesce({text}, {OTHER[name]})" if name in OTHER else text for name, text in texts.items()
    }


def hash_words(column: pa.Array) -> Array | None:
    """The 32 bytes of each hash, the first highest: uint64, shape (n, 4); None where they are texts."""
    if not pa.types.is_fixed_size_binary(column.type):
        return read_hashes(texts_of(column))
    return bytes_of(column).view(">u8").astype(np.uint64)


def by_form(paths: Iterable[str]) -> dict[frozenset[str], list[str]]:
    """Files by which of their columns are bytes; those at URLs are not looked at."""
    found: dict[frozenset[str], list[str]] = {}
    for path in paths:
        found.setdefault(_form(path), []).append(path)
    return {form: found[form] for form in sorted(found, key=sorted)}


def _form(path: str) -> frozenset[str]:
    try:
        return frozenset() if "://" in path else packed_of(pq.read_schema(path))
    except (OSError, pa.ArrowException):
        return frozenset()  # the engine will say what is wrong with the file
