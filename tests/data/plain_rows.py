"""Rows of part files as arrays."""

from dataclasses import fields

import numpy as np

from bongsu.model.transfer import KINDS
from bongsu.store.plain_part import PlainRows

DEFAULTS = {
    "source": 0, "target": 1, "amount": 1, "kind": "native", "chain": 0, "block": 1, "time": 1, "tx_index": 0,
    "position": 0, "path": 0, "tx_hash": 1, "cite": 0, "file": 0,
}  # fmt: skip


def plain(*given):
    """Rows of the given values over the defaults; a hash is a number; rows are numbered as they come."""
    filled = [{**DEFAULTS, "cite": n, **one} for n, one in enumerate(given)]
    columns = {one.name: [row.get(one.name) for row in filled] for one in fields(PlainRows)}
    hashes = b"".join(row["tx_hash"].to_bytes(32, "big") for row in filled)
    columns |= {
        "kind": [KINDS.index(kind) for kind in columns["kind"]],
        "words": np.frombuffer(hashes, dtype=">u8").reshape(-1, 4).astype(np.uint64),
        "amount": np.array([[one % 2**64, one >> 64] for one in columns["amount"]], dtype=np.uint64).reshape(
            -1, 2
        ),
    }
    arrays = {
        name: values if isinstance(values, np.ndarray) else np.array(values, dtype=np.int64)
        for name, values in columns.items()
        if name != "path"
    }
    paths = columns["path"]
    if not any(paths):
        return PlainRows(**arrays, path=np.zeros(len(filled), dtype=np.int64))
    return PlainRows(**arrays, path=np.array(paths, dtype=object))
