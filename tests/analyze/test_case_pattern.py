"""Patterns and clusters of a case."""

import numpy as np
import pytest
from tests.data.trace_case import extracted, known, label, lead, ledger

from bongsu.analyze import case_pattern
from bongsu.analyze.case_pattern import CaseBook
from bongsu.model.marking import PUBLIC

EXCHANGE = label("ex", "exchange", entity="ex")
DEPOSIT = label("dep", "deposit", entity="ex")


def book_of(*rows, labels=()):
    book = ledger(*rows)
    return CaseBook(book, extracted(book, lead("s"), labels=labels), {}, PUBLIC)


ROUND = (("v", "s", 100), ("s", "a", 90), ("a", "b", 80), ("b", "s", 70), ("p", "q", 5), ("q", "p", 5))


def test_a_pattern_is_looked_for_where_stolen_value_goes_and_nowhere_else():
    found = book_of(*ROUND).patterns(known().labels, frozenset({"cycle"}))
    assert {one.what for one in found} == {"cycle"}
    assert all(one.evidence and one.why for one in found)
    assert not [one for one in found if one.subject.endswith((":p", ":q"))]


def test_what_is_not_allowed_is_not_looked_for():
    assert book_of(*ROUND).patterns(known().labels, frozenset()) == []


PAYERS = (("v", "s", 100), ("s", "a", 60), ("a", "dep", 60), ("w", "dep", 5))


def test_payers_of_one_deposit_address_may_have_one_owner_also_one_that_is_not_touched():
    made = book_of(*PAYERS, labels=[EXCHANGE, DEPOSIT])
    clusters = made.clusters(known(EXCHANGE, DEPOSIT).labels, frozenset({"deposit_reuse"}))
    assert sorted(clusters.members["address"].to_pylist()) == ["a", "w"]


@pytest.mark.parametrize("most", [1, 2])
def test_a_busy_service_is_not_looked_at_whole(monkeypatch, most):
    monkeypatch.setattr(case_pattern, "DEPOSITS", most)
    made = book_of(*PAYERS, labels=[EXCHANGE, DEPOSIT])
    payers = [made.book.holder(int(pool)) for pool in np.unique(made.book.movements["source"].to_numpy())]
    assert ("w" in payers) is (most == 2)
