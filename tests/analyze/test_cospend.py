import numpy as np
import pytest
from bench.heuristic_block import _false_joins
from bench.real_data import block_joints
from tests.data.pattern_case import joints, spending_book

from bongsu.analyze.coinjoin import find_coinjoins
from bongsu.analyze.cospend import change_links, cospend_links, merged, suspects
from bongsu.analyze.joint import joints_of_movements

PLAIN = (
    "one",
    [("far:0", "1A", None), ("far:1", "1B", None), ("far:2", None, None), ("far:3", "1A", None)],
    [("3X", 9)],
)
EQUAL = (
    "two",
    [("far:4", "1C", None), ("far:5", "1D", None)],
    [("1E", 500_001), ("1F", 500_001), ("1G", 7_777)],
)
CHANGED = ("three", [("far:6", "1H", None)], [("1J", 4_001), ("3K", 5_000)])


def pairs(made, links):
    names = made.addresses.to_pylist()
    return [(names[a], names[b]) for a, b in zip(links.left, links.right, strict=True)]


def test_known_inputs_of_one_transaction():
    made = joints(PLAIN)
    links = cospend_links(made, suspects(made))
    assert pairs(made, links) == [("1A", "1B")]
    assert links.row.tolist() == [1]


def test_two_equal_outputs_are_enough_to_join_nothing():
    made = joints(EQUAL)
    assert suspects(made).tolist() == [True]
    assert pairs(made, cospend_links(made, suspects(made))) == []
    assert pairs(made, cospend_links(made, np.array([False]))) == [("1C", "1D")]


def test_a_transaction_that_is_not_whole_joins_nothing():
    book = spending_book(("x", [("far:0", "1A", None), ("far:1", "1B", None)], [("3X", 9)]))
    made = joints_of_movements(book.movements, book.pools)
    assert suspects(made).tolist() == [True]


def test_change_joins_the_payer_with_it():
    made = joints(CHANGED, EQUAL)
    assert pairs(made, change_links(made, suspects(made))) == [("1H", "1J")]


def test_links_of_both_in_the_order_of_rows():
    made = joints(CHANGED, PLAIN)
    parts = [one(made, suspects(made)) for one in (cospend_links, change_links)]
    links = merged(parts)
    assert pairs(made, links) == [("1H", "1J"), ("1A", "1B")]
    assert [links.method[code].partition("@")[0] for code in links.code] == [
        "bongsu.change",
        "bongsu.cospend",
    ]


@pytest.fixture(scope="module")
def blocks(onchain):
    return block_joints()


def test_the_guard_keeps_every_known_stranger_out_of_real_clusters(blocks):
    mixed = find_coinjoins(blocks).protocol > 0
    assert (suspects(blocks) >= mixed).all()
    guarded = cospend_links(blocks, suspects(blocks))
    without = cospend_links(blocks, np.zeros(len(blocks), dtype=bool))
    rows = set(np.concatenate([blocks.rows(int(t)) for t in np.flatnonzero(mixed)]).tolist())
    assert not rows & set(guarded.row.tolist())
    assert len(rows & set(without.row.tolist())) == 7 * 4 + 93
    assert _false_joins(blocks) == (87, 121)
