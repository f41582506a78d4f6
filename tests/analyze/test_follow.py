"""What value is followed through, in the order: decoded, labeled, guessed."""

import numpy as np
import pytest
from tests.data.abi_log import write_logs
from tests.data.acceptance import import_all
from tests.data.crossing_scene import (
    BOUGHT,
    MULE,
    PAIR,
    STOLEN,
    SWAP,
    THIEF,
    guessed_ledger,
    here,
    place,
    proven_ledger,
    write_transactions,
)
from tests.data.event_log import log

from bongsu.analyze.follow import BALANCE, LABEL, SCORE, Follower
from bongsu.analyze.heuristic import DEFAULT, PROVEN
from bongsu.store.ledger import open_ledger


@pytest.fixture(scope="module")
def proven(tmp_path_factory):
    return open_ledger(proven_ledger(tmp_path_factory.mktemp("proven")))


@pytest.fixture(scope="module")
def guessed(tmp_path_factory):
    return open_ledger(guessed_ledger(tmp_path_factory.mktemp("guessed")))


def follower(book, heuristics=DEFAULT, counted=None, minimum=None):
    return Follower(
        ledger=book,
        codes=np.zeros(book.pool_count, dtype=np.int8),
        counted=np.ones(book.pool_count, dtype=bool) if counted is None else counted,
        minimum=minimum or {},
        heuristics=heuristics,
    )


def every(book):
    return np.arange(book.size)


def test_the_names_are_those_of_heuristics():
    assert {LABEL, BALANCE, SCORE} <= DEFAULT
    assert not {LABEL, BALANCE, SCORE} & PROVEN


def test_decoded_events_need_no_guess_and_none_is_added(proven):
    found = follower(proven, PROVEN).find(every(proven))
    assert [(swap.how.method, swap.how.by) for swap in found.found] == [("decoded", "uniswap-v2")]
    assert [(one.how.method, one.withdrawal > one.deposit) for one in found.crossings] == [("id", True)]
    assert follower(proven).find(every(proven)) == found


def test_events_cite_their_file_and_row(proven):
    (swap,) = follower(proven, PROVEN).find(every(proven)).found
    ((file, row),) = swap.how.stated
    assert proven.sources[file].name == "ethereum-logs.csv"
    assert row == 6


def test_each_transaction_is_looked_at_once(proven):
    one = follower(proven)
    assert one.find(every(proven)).size == 2
    assert one.find(every(proven)).size == 0


def test_guesses_only_where_they_are_allowed(guessed):
    assert [swap.how.method for swap in follower(guessed).find(every(guessed)).found] == ["inferred"]
    assert follower(guessed, PROVEN).find(every(guessed)).found == ()
    scored = follower(guessed, frozenset({SCORE})).find(every(guessed))
    assert [one.how.method for one in scored.crossings] == ["score"]
    open_ = follower(guessed, PROVEN).find(every(guessed))
    assert [(one.how.method, one.withdrawal) for one in open_.crossings] == [("open", -1)]


def test_a_token_that_nobody_knows_is_never_what_came(proven):
    found = follower(proven, counted=np.zeros(proven.pool_count, dtype=bool)).find(every(proven))
    assert found.found == ()
    assert set(found.refused.values()) == {"unknown_token"}


def test_too_little_is_not_followed(proven):
    found = follower(proven, minimum={"*": 10**30}).find(every(proven))
    assert (found.found, found.crossings) == ((), ())
    assert set(found.refused.values()) == {"below_threshold"}


def test_what_an_end_pays_is_not_looked_at(proven):
    one = follower(proven)
    one.codes[:] = 1
    assert one.find(every(proven)).size == 0
    assert THIEF in proven.pools()["holder"].to_pylist()


def test_what_events_contradict_is_not_guessed_either(tmp_path):
    values = {"sender": MULE, "amount1In": 3 * STOLEN, "amount0Out": 7 * BOUGHT, "to": MULE}
    wrong = log(SWAP, PAIR, values) | place(3, 24, 2, 102)
    files = [write_transactions(tmp_path / "transactions.csv")]
    files.append(write_logs(tmp_path / "logs.csv", [*here(swap=False), wrong]))
    book = open_ledger(import_all(tmp_path / "case", files, format=""))
    found = follower(book).find(every(book))
    assert found.found == ()
    assert "transfers_disagree" in found.refused.values()
