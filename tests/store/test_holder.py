"""Holders equal a plain list of pools."""

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.pool_case import ACCOUNTS, ASSETS, NAMES, PAID, POOLS, is_account, pool_of, pool_table

from bongsu.store.column_file import Memory
from bongsu.store.holder import account_keys
from bongsu.store.holder_write import write_holders

WANTED = st.lists(st.sampled_from([*ACCOUNTS, *NAMES, *PAID, "0x" + "7" * 40]), max_size=5)


def held(pools):
    return write_holders(Memory(), [pool_table(pools)])


@settings(max_examples=60)
@given(POOLS, st.data())
def test_pools_are_taken_in_any_order(pools, data):
    holders = held(pools)
    assert holders.count == len(pools)
    rows = data.draw(st.lists(st.sampled_from(range(len(pools))), max_size=9)) if pools else []
    assert holders.take(np.array(rows, dtype=np.uint32)).to_pylist() == [pools[row] for row in rows]


@settings(max_examples=60)
@given(POOLS, WANTED)
def test_addresses_are_found_as_a_linear_search_finds_them(pools, wanted):
    expected = [n for n, one in enumerate(pools) if one["holder"] in wanted or one["address"] in wanted]
    assert held(pools).find(wanted).tolist() == expected


@settings(max_examples=60)
@given(POOLS, WANTED)
def test_look_alikes_share_six_digits_and_four(pools, wanted):
    accounts = {one["holder"] for one in pools if is_account(one["holder"])}
    expected = set()
    for mine in filter(is_account, wanted):
        ends = mine[:8], mine[-4:]
        near = {one for one in accounts if (one[:8], one[-4:]) == ends and one != mine}
        expected |= near | {mine} if near else set()
    assert held(pools).alike(wanted) == expected


@settings(max_examples=60)
@given(POOLS)
def test_names_are_found_by_their_text(pools):
    found = held(pools).where_name(lambda names: pc.starts_with(names, "0x"))
    named = [(n, one["holder"]) for n, one in enumerate(pools) if not is_account(one["holder"])]
    assert found.tolist() == [n for n, holder in named if holder.startswith("0x")]


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_that_people_compare_counts(digit):
    account = "0x" + "1" * 40
    at = [2, 3, 4, 5, 6, 7, 38, 39, 40, 41][digit]
    other = account[:at] + "2" + account[at + 1 :]
    twin = account[:8] + "2" * 30 + account[-4:]
    holders = held([pool_of(ASSETS[0], one, None) for one in sorted([account, other, twin])])
    assert holders.alike([account]) == {account, twin}


def test_keys_are_the_bytes_of_accounts():
    assert [row.tobytes().hex() for row in account_keys(ACCOUNTS)] == [one[2:] for one in ACCOUNTS]
    assert account_keys([]).shape == (0, 20)
