"""Tables of links, and the reasons that they state."""

import numpy as np
import pyarrow as pa
from tests.data.bridge_case import HERE, THERE, TOKEN, deposit, events, split, withdrawal

from bongsu.analyze.bridge_link import comparable, filled, link_table, stated_links, where
from bongsu.model.bridge import BRIDGE_LINK


def test_reasons_stand_in_the_order_of_their_columns_and_nulls_are_none():
    left, arrived = split(events(deposit("a"), deposit("b"), withdrawal("c"), withdrawal("d")))
    why = [
        where(np.array([True, False]), "one"),
        where(np.array([False, False]), "never"),
        filled("{n} more", "n", pa.array([3, 4])),
    ]
    links = link_table(left, arrived, "score", percent=np.array([90, 91]), why=why)
    assert links["why"].to_pylist() == [["one", "3 more"], ["4 more"]]
    assert links["probability"].to_pylist() == [90, 91]
    assert links.schema.equals(BRIDGE_LINK)


def test_links_without_reasons():
    left, arrived = split(events(deposit("a"), withdrawal("c")))
    links = link_table(left, arrived, "id", percent=np.array([1]), why=[])
    assert links["why"].to_pylist() == [[]]


def test_fee_is_stated_only_where_both_amounts_compare():
    rows = [
        (deposit("a", amount=10), withdrawal("f", amount=7)),
        (deposit("b", amount=10), withdrawal("g", amount=11)),
        (deposit("c", amount=10, decimals=6), withdrawal("h", amount=7)),
        (deposit("d", amount=None), withdrawal("i", amount=7)),
        (deposit("e", decimals=None), withdrawal("j", decimals=None)),
    ]
    left, arrived = split(events(*(one for pair in rows for one in pair)))
    links = link_table(left, arrived, "id", percent=np.zeros(5, dtype=np.int64), why=[])
    assert [None if fee is None else int(fee) for fee in links["fee"].to_pylist()] == [
        3,
        None,
        None,
        None,
        None,
    ]
    assert comparable(left, arrived).tolist() == [True, True, False, False, False]


def test_missing_value_fills_nothing():
    assert filled("id {x}!", "x", pa.array(["7", None])).to_pylist() == ["id 7!", None]


def pairs(*rows):
    names = ("bridge", "deposit_chain", "deposit_tx", "withdrawal_chain", "withdrawal_tx")
    return pa.table({name: [row[n] for row in rows] for n, name in enumerate(names)})


def test_listed_pairs_know_what_events_say_of_their_sides():
    listed = pairs(("poly", HERE, "in", THERE, "out"), ("poly", HERE, "else", THERE, "other"))
    known = events(
        deposit("in", bridge="poly", amount=5),
        deposit("in", bridge="hop", amount=6),
        deposit("else", bridge="poly", position=1),
        deposit("else", bridge="poly", position=2),
        withdrawal("out", bridge="poly", chain="eip155:10"),
    )
    one, two = stated_links(listed, known, percent=70).to_pylist()
    assert (one["deposit_amount"], one["deposit_asset"], one["withdrawal_amount"]) == (5, TOKEN, None)
    assert (two["deposit_tx"], two["deposit_amount"]) == ("else", None)
    assert (two["withdrawal_chain"], two["withdrawal_tx"], two["withdrawal_time"]) == (THERE, "other", None)
    assert {one["method"], two["method"]} == {"stated"}
    assert one["probability"] == 70
