"""Accounts that begin alike are those that plain Python finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.account import begin_alike

ACCOUNT = st.lists(st.sampled_from([0, 1, 127, 128, 255]), min_size=4, max_size=4).map(bytes)


def rows(accounts):
    return np.frombuffer(b"".join(sorted(accounts)), dtype=np.uint8).reshape(-1, 4)


@given(st.lists(ACCOUNT, max_size=40, unique=True), st.lists(ACCOUNT, max_size=12), st.integers(1, 4))
def test_ranges_are_those_of_a_scan(accounts, keys, head):
    first, size = begin_alike(rows(accounts), rows(keys), head)
    held = sorted(accounts)
    for key, begin, count in zip(sorted(keys), first.tolist(), size.tolist(), strict=True):
        assert held[begin : begin + count] == [one for one in held if one[:head] == key[:head]]
