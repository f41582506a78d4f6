"""Movements as plain dicts, and layouts made of them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st
from tests.data.ledger_rows import ASSET, CHAIN
from tests.data.pool_case import pool_of, pool_table

from bongsu.model.movement import CITATION
from bongsu.model.transfer import KINDS
from bongsu.store.citation import PART, Citations
from bongsu.store.holder_write import write_holders
from bongsu.store.layout import tag_of
from bongsu.store.layout_write import NOT_STATED, LayoutWriter, Rows

CHAINS = ["eip155:1", "eip155:10"]
HOLDERS = [*"abcde"]
HASHES = ["", "t1", "t2", "0x" + "a" * 64, "0x" + "a" * 8 + "b" * 56, "0x" + "b" * 64]
"""Two begin alike, one is none."""
MOVE = st.fixed_dictionaries(
    {
        "source": st.integers(0, 4),
        "target": st.integers(0, 4),
        "amount": st.sampled_from([0, 1, 2**64 - 1, 2**64, 2**64 + 5, 10**38 - 1]),
        "kind": st.sampled_from(KINDS),
        "assumed": st.booleans(),
        "chain": st.sampled_from([0, 0, 1]),
        "block": st.sampled_from([0, 0, 1, None]),
        "time": st.sampled_from([0, 0, 10**6, None]),
        "tx_hash": st.sampled_from(HASHES),
        "tie": st.sampled_from(["none", "go on", "begin"]),
        "tx_index": st.sampled_from([None, 0, 3]),
        "learned": st.sampled_from([None, 7, 8]),
    }
)
MOVES = st.lists(MOVE, max_size=24)


def cited_rows(moves):
    """Rows that movements cite: the last movement the first row."""
    given = [
        {
            "tx_hash": one["tx_hash"],
            "tx_index": None if one["learned"] else one["tx_index"],
            "position": n,
            "file": 0,
            "locator": n,
        }
        for n, one in enumerate(moves)
    ]
    return Citations(parts=PART.empty_table(), table=pa.Table.from_pylist(given[::-1], schema=CITATION))


def ties_of(moves):
    """Number of each movement's tie, 0: none."""
    found, last, before = [], 0, "none"
    for one in moves:
        last += one["tie"] == "begin" or (one["tie"] == "go on" and before == "none")
        before = one["tie"]
        found.append(last if before != "none" else 0)
    return found


def place_of(move):
    """What movements of one transaction share."""
    return move["chain"], move["block"], move["tx_hash"]


def first_of(moves):
    """First movement of the transaction of each."""
    first = {}
    return [first.setdefault(place_of(one), n) if one["tx_hash"] else n for n, one in enumerate(moves)]


def rows_of(moves):
    """The movements as arrays."""
    wide = [[one["amount"] % 2**64, one["amount"] >> 64] for one in moves]
    same = [False, *(bool(b["tx_hash"]) and place_of(a) == place_of(b) for a, b in pairwise(moves))]
    numbers = {
        "source": [one["source"] for one in moves],
        "target": [one["target"] for one in moves],
        "kind": [KINDS.index(one["kind"]) for one in moves],
        "tag": [tag_of(one["tx_hash"]) for one in moves],
        "cite": [*range(len(moves))][::-1],
        "chain": [one["chain"] for one in moves],
        "block": [NOT_STATED if one["block"] is None else one["block"] for one in moves],
        "time": [NOT_STATED if one["time"] is None else one["time"] for one in moves],
        "tie": ties_of(moves),
        "tx_index": [one["learned"] or -1 for one in moves],
    }
    flags = {
        "assumed": [one["assumed"] for one in moves],
        "same": same[: len(moves)],
        "stated": [one["tx_hash"] != "" for one in moves],
    }
    return Rows(
        amount=np.array(wide, dtype=np.uint64).reshape(-1, 2),
        **{name: np.array(values, dtype=np.int64) for name, values in numbers.items()},
        **{name: np.array(values, dtype=bool) for name, values in flags.items()},
    )


def layout_of(moves, place, *, cuts=(), **how):
    """Layout of the movements, which come in pieces."""
    cited, whole = cited_rows(moves), rows_of(moves)
    bounds = sorted({0, len(moves), *(min(cut, len(moves)) for cut in cuts)})
    holders = write_holders(place, [pool_table([pool_of((CHAIN, ASSET), one, None) for one in HOLDERS])])
    with LayoutWriter(place, CHAINS) as writer:
        for first, last in pairwise(bounds):
            writer.add(Rows(*(column[first:last] for column in whole)))
        hashes = {"hashes": lambda rows: cited.take(rows)["tx_hash"].combine_chunks()}
        return writer.close(holders, **(how or hashes))


def moment(micros):
    """The time that a movement states."""
    return None if micros is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
