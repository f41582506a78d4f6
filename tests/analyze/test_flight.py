"""Pools for what is under way over a bridge."""

import numpy as np
from tests.data.trace_case import ledger

from bongsu.analyze.flight import PREFIX, add_flights
from bongsu.analyze.swap import Crossing, How, Swap, Swaps


def crossing(deposit, withdrawal, **other):
    plain = {
        "target": 0, "received": 5, "how": How(kind="bridge", method="id"), "deposit_chain": "a",
        "deposit_tx": "t", "withdrawal_chain": "b", "withdrawal_tx": "u", "fee": None,
    }  # fmt: skip
    return Crossing(**plain | {"deposit": deposit, "withdrawal": withdrawal} | other)


def flown(book, swaps, rows=None):
    rows = np.arange(book.size) if rows is None else np.array(rows)
    ends = tuple(end[rows].astype(np.int64) for end in book.ends())
    place = {int(row): at for at, row in enumerate(rows)}
    return add_flights(book, swaps, place, ends), ends


BOOK = (("a", "gate", 10), ("x", "y", 3), ("far", "b", 9))


def test_what_left_stands_in_a_pool_of_its_own_until_it_arrives():
    book = ledger(*BOOK)
    flights, (source, target) = flown(book, Swaps(crossings=(crossing(0, 2),)))
    pool = book.pool_count
    assert (target[0], source[2]) == (pool, pool)
    assert (source[0], target[2]) == (book.ends()[0][0], book.ends()[1][2])
    assert flights.amounts == {2: 10}
    table = flights.stated(book.movements())
    assert [int(amount) for amount in table["amount"].to_pylist()] == [10, 3, 10]
    (row,) = flights.pools(book, np.array([pool])).to_pylist()
    assert (row["holder"], row["address"]) == (f"{PREFIX}t:1", "gate")
    assert list(flights.by_place(np.array([0, pool]))) == [1]


def test_without_the_arrival_it_stays_there():
    flights, (_source, target) = flown(ledger(*BOOK), Swaps(crossings=(crossing(0, 2),)), rows=[0, 1])
    assert (flights.arriving, flights.amounts) == ({}, {})
    assert target[0] == flights.first


def test_a_deposit_that_is_not_in_the_case_changes_nothing():
    book = ledger(*BOOK)
    flights, (source, _target) = flown(book, Swaps(crossings=(crossing(0, 2),)), rows=[1, 2])
    assert flights.crossings == []
    assert source.tolist() == book.ends()[0][[1, 2]].tolist()


def test_an_exchange_that_pays_the_bridge_itself_goes_into_flight():
    book = ledger(("a", "router", 10), ("pair", "gate", 7), ("far", "b", 7))
    swap = Swap(row=0, target=int(book.ends()[1][1]), received=7, arrivals=(1,))
    flights, (source, target) = flown(book, Swaps(found=(swap,), crossings=(crossing(1, 2),)))
    assert target[0] == source[1] == target[1] == source[2] == flights.first
    assert flights.amounts == {2: 7}


def test_two_deposits_of_a_transaction_are_told_apart():
    book = ledger(("a", "gate", 1), ("a", "gate", 2))
    both = Swaps(crossings=(crossing(0, -1), crossing(1, -1)))
    flights, (_source, target) = flown(book, both)
    names = flights.pools(book, np.unique(target))["holder"].to_pylist()
    assert names == [f"{PREFIX}t:1", f"{PREFIX}t:2"]
