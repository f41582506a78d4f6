"""Pools of several assets, whose holders are accounts, what nearly is one, and other names."""

import re

import pyarrow as pa
from hypothesis import strategies as st

from bongsu.model.pool import POOL

ASSETS = [("eip155:1", "eip155:1/a"), ("eip155:1", "eip155:1/b"), ("eip155:10", "eip155:10/a")]
ACCOUNTS = ["0x" + head + middle * 30 + tail for head in ("000000", "7fffff", "ff0000")
            for middle in "07f" for tail in ("0000", "ffff")]  # fmt: skip
"""Some differ only in the middle, which nobody reads."""
NAMES = ["", "0", "0w", "0x", "0x1", "0x" + "f" * 39, "0x" + "A" * 40, "0x" + "0" * 41,
         "0x" + "f" * 40 + "\n", "0y", "f" * 64, "f" * 64 + ":0", "fee:7", "null", "ünlü"]  # fmt: skip
PAID = ["bc1a", "null", ACCOUNTS[0]]
"""Addresses that outputs pay; two are holders too."""
POOLS = st.dictionaries(
    st.tuples(st.sampled_from(ASSETS), st.sampled_from(ACCOUNTS + NAMES)),
    st.sampled_from([None, *PAID]),
    max_size=40,
).map(lambda found: sorted((pool_of(*one, paid) for one, paid in found.items()), key=place_of))
"""Pools in their order: dicts of schema POOL."""


def is_account(holder):
    return re.fullmatch(r"0x[0-9a-f]{40}", holder) is not None


def pool_of(asset, holder, paid):
    """The pool; accounts are no outputs."""
    address = None if is_account(holder) else paid
    return {"chain": asset[0], "asset": asset[1], "holder": holder, "address": address}


def place_of(pool):
    """What pools are sorted by: an asset's accounts stand together, between what is less and what is more."""
    holder = pool["holder"]
    group = 1 if is_account(holder) else 0 if holder < "0x" else 2
    return pool["chain"], pool["asset"], group, holder


def pool_table(pools):
    return pa.Table.from_pylist(pools, schema=POOL)
