"""Holders are the same however their pools come, in memory and on the disk."""

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.pool_case import ACCOUNTS, ASSETS, POOLS, is_account, pool_of, pool_table

from bongsu.store.column_file import Folder, Memory
from bongsu.store.holder_write import HolderWriter, write_holders


@settings(max_examples=60)
@given(POOLS, st.lists(st.integers(0, 40), max_size=6))
def test_cuts_between_tables_change_nothing(pools, cuts):
    bounds = sorted({0, len(pools), *(min(cut, len(pools)) for cut in cuts)})
    holders = write_holders(Memory(), [pool_table(pools[a:b]) for a, b in pairwise(bounds)])
    accounts = [one["holder"][2:] for one in pools if is_account(one["holder"])]
    assert [row.tobytes().hex() for row in holders.accounts] == accounts
    names = [one for one in pools if not is_account(one["holder"])]
    assert holders.names.to_pylist() == [{k: one[k] for k in ("holder", "address")} for one in names]
    spans = []
    for (chain, asset), group in groupby(enumerate(pools), lambda one: (one[1]["chain"], one[1]["asset"])):
        rows = list(group)
        first = rows[0][0]
        mine = [is_account(one["holder"]) for _row, one in rows]
        before = mine.index(True) if any(mine) else len(mine)
        passed = sum(is_account(one["holder"]) for one in pools[:first])
        spans.append({"chain": chain, "asset": asset, "first": first, "before": before, "account": passed})
    assert holders.spans.to_pylist() == spans


def test_the_disk_has_what_memory_has(tmp_path):
    pools = [pool_of(asset, one, None) for asset in ASSETS for one in ["0", *sorted(ACCOUNTS), "null"]]
    kept, held = (write_holders(place, [pool_table(pools)]) for place in (Folder(tmp_path), Memory()))
    assert kept.accounts.tolist() == held.accounts.tolist()
    assert (kept.names, kept.spans) == (held.names, held.spans)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["account.u8", "name.arrow", "span.arrow"]


def test_what_fails_leaves_no_file_open(tmp_path):
    with pytest.raises(KeyError), HolderWriter(Folder(tmp_path)) as writer:
        raise KeyError
    assert writer._accounts._file.closed
