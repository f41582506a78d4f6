"""Rows of whole blocks in order, each once, or left to the database engine."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.plain_rows import plain

from bongsu.store.plain_part import NotPlain
from bongsu.store.plain_window import order_window

KEY = st.tuples(*[st.integers(0, 1)] * 4, st.sampled_from([None, "0000", "0000.0001", "0001"]))
"""Chain, block, index, position, path."""


def ordered(*given, fees_split=False):
    """What rows in order cite, and how many others only repeat them."""
    made, _keys, repeated, _begun = order_window(plain(*given), fees_split=fees_split)
    return made.cite.tolist(), repeated


def why_not(*given, fees_split=True):
    with pytest.raises(NotPlain) as caught:
        order_window(plain(*given), fees_split=fees_split)
    return str(caught.value)


@settings(max_examples=80)
@given(st.lists(KEY, max_size=10, unique=True), st.booleans())
def test_rows_are_sorted_by_time_chain_block_transaction_position_and_path(keys, ascend):
    """A block's time is what its number says; each place in a block is of one transaction."""
    keys = sorted(keys, key=lambda key: (*key[:4], key[4] or "")) if ascend else keys
    given = [
        {
            "chain": c, "block": b, "time": b, "tx_index": i, "position": p, "path": path,
            "tx_hash": 1 + c + 2 * b + 4 * i,
        }
        for c, b, i, p, path in keys
    ]  # fmt: skip
    order = sorted(range(len(keys)), key=lambda n: (keys[n][1], keys[n][0], *keys[n][2:4], keys[n][4] or ""))
    made, found, repeated, _begun = order_window(plain(*given), fees_split=False)
    assert (made.cite.tolist(), repeated) == (order, 0)
    assert found.place.tolist() == [keys[n][2] for n in order]
    places = [keys[n][:3] for n in order]
    assert made.same.tolist() == [n > 0 and places[n] == places[n - 1] for n in range(len(order))]


def test_a_movement_keeps_what_its_row_says():
    row = {"source": 3, "target": 5, "amount": 2**64 + 7, "kind": "fee", "tx_hash": 0xABCDEF12 << 224 | 1}
    made, _keys, _repeated, _begun = order_window(plain({"position": 1}, row), fees_split=False)
    assert [made.source[0], made.target[0], made.amount[0].tolist()] == [3, 5, [7, 1]]
    assert [made.kind.tolist(), made.tag.tolist()] == [[4, 0], [0xABCDEF12, 0]]
    assert [made.stated.tolist(), made.assumed.tolist()] == [[True] * 2, [False] * 2]
    assert [made.tie.tolist(), made.tx_index.tolist()] == [[0, 0], [-1, -1]]


def test_rows_that_say_the_same_count_once_and_the_first_is_cited():
    """They come from files in the order of their times, not of their numbers."""
    other = {"position": 1, "cite": 2}
    assert ordered({"cite": 5}, other, {"cite": 3}, {"cite": 4}) == ([3, 2], 2)
    assert ordered({"cite": 5, "amount": 2**64}, {"cite": 3, "amount": 2**64}) == ([3], 1)


@pytest.mark.parametrize(
    "other", [{"source": 2}, {"target": 2}, {"amount": 2}, {"amount": 2**64 + 1}, {"kind": "internal"}]
)
def test_rows_of_one_transaction_that_differ_at_one_place_are_left(other):
    assert why_not({}, other) == "one place, several movements"
    assert ordered({}, other | {"position": 1}) == ([0, 1], 0)


def test_transactions_at_one_place_stand_by_their_hashes_if_these_can_be_told_apart_early():
    first, second = {"tx_hash": 1 << 208}, {"tx_hash": 2 << 208}
    assert ordered(second, first) == ([1, 0], 0)
    assert ordered(second, first, second) == ([1, 0], 1)
    assert why_not({"tx_hash": 1}, {"tx_hash": 2}) == "one place, several movements"


def test_transactions_that_are_mixed_are_left():
    first, second = {"tx_hash": 1}, {"tx_hash": 2}
    assert ordered(first, second | {"position": 1}) == ([0, 1], 0)
    assert why_not(first, second | {"position": 1}, first | {"position": 2}) == "transactions are mixed"


def test_an_index_is_learned_from_another_row_of_the_transaction():
    bare = {"tx_index": -1, "position": 1}
    made, keys, _repeated, _begun = order_window(
        plain(bare | {"tx_hash": 2}, {"tx_hash": 1, "tx_index": 3}, {"tx_hash": 2, "tx_index": 4}),
        fees_split=False,
    )
    assert (made.cite.tolist(), made.tx_index.tolist()) == ([1, 2, 0], [-1, -1, 4])
    assert keys.place.tolist() == [3, 4, 4]
    assert why_not(bare | {"tx_hash": 2}, {"tx_hash": 1, "tx_index": 3}) == "no place in its block"
    assert why_not(bare | {"block": 2, "time": 2}, {"tx_index": 3}) == "no place in its block"


def test_an_event_without_index_stands_after_the_one_before_it_in_the_log_of_its_block():
    token = {"kind": "token", "tx_index": -1}
    made, keys, _repeated, _begun = order_window(
        plain(
            token | {"position": 0, "tx_hash": 1},
            token | {"position": 7, "tx_hash": 2, "tx_index": 3},
            token | {"position": 8, "tx_hash": 3},
            token | {"position": 9, "tx_hash": 4, "tx_index": 4},
            token | {"position": 1, "tx_hash": 5, "block": 2, "time": 2},
            {"tx_index": 4, "tx_hash": 4, "position": 2},
        ),
        fees_split=False,
    )
    assert made.cite.tolist() == [0, 1, 2, 5, 3, 4]
    assert keys.place.tolist() == [-1, 3, 3, 4, 4, -1]
    assert made.tx_index.tolist() == [-1] * 6


def test_fees_that_two_files_tell_are_left_where_one_may_split_them():
    whole, burned = {"kind": "fee", "position": 9}, {"kind": "base_fee", "position": 8, "file": 1}
    assert why_not(whole, burned) == "two files tell a fee"
    assert ordered(whole, burned) == ([1, 0], 0)
    assert ordered(whole, burned | {"file": 0}, fees_split=True) == ([1, 0], 0)
    assert ordered(whole, burned | {"tx_hash": 2, "tx_index": 1}, fees_split=True) == ([0, 1], 0)
    assert ordered({"position": 7, "file": 1}, whole, fees_split=True) == ([0, 1], 0)
