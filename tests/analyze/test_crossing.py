"""Payments over bridges, and what continues them."""

import pytest
from tests.data.crossing_scene import proven_ledger, tx

from bongsu.analyze import crossing
from bongsu.analyze.crossing import CrossingFinder
from bongsu.store.ledger import open_ledger


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return open_ledger(proven_ledger(tmp_path_factory.mktemp("crossing")))


def found(book, *hashes):
    return CrossingFinder(book, scored=False).find(set(hashes))


def test_both_sides_are_named_with_the_rows_that_state_them(book):
    (one,) = found(book, tx(4))
    assert (one.deposit_chain, one.deposit_tx) == ("eip155:1", tx(4))
    assert (one.withdrawal_chain, one.withdrawal_tx) == ("eip155:2020", tx(11))
    assert (one.how.kind, one.how.method, one.how.by) == ("bridge", "id", "ronin-bridge")
    assert sorted(book.sources[file].name for file, _row in one.how.stated) == [
        "ethereum-logs.csv",
        "ronin-logs.csv",
    ]
    assert one.target == book.ends()[1][one.withdrawal]


def test_only_transactions_that_are_asked_for(book):
    assert found(book, tx(1), tx(11)) == ()


def test_nothing_is_linked_where_no_deposit_is_among_them(book, monkeypatch):
    monkeypatch.setattr(crossing, "link_by_id", None)
    assert found(book, tx(3)) == ()


def test_an_event_that_anybody_may_have_logged_is_left_out(book, monkeypatch):
    monkeypatch.setattr(crossing, "LEAST", 100)
    assert found(book, tx(4)) == ()


def test_without_a_link_it_is_in_flight(book, monkeypatch):
    empty = crossing.link_by_id(book.crossings().slice(0, 0), crossing.load_bridges())
    monkeypatch.setattr(crossing, "link_by_id", lambda events, bridges: empty)
    (one,) = found(book, tx(4))
    assert (one.withdrawal, one.received, one.how.method) == (-1, 0, "open")
    assert one.withdrawal_chain == "eip155:2020"
    assert one.how.why


def test_what_arrived_before_it_left_is_no_continuation(book):
    finder = CrossingFinder(book, scored=False)
    (one,) = finder.find({tx(4)})
    turned = crossing.Continuation(
        deposit=one.withdrawal,
        withdrawal=one.deposit,
        bridge="",
        method="id",
        probability=1,
        fee=None,
        link=0,
    )
    assert finder._usable([turned]) == []
