import numpy as np
from bench.real_data import block_joints, flow_book
from tests.data.pattern_case import flows, hash_of, joints, pool, spending_book

from bongsu.analyze.cospend import suspects
from bongsu.analyze.joint import joints_of_movements
from bongsu.analyze.payment import payments_of
from bongsu.analyze.peel_chain import peel_chains, peel_spend_chains, peel_spends, peel_steps, spenders
from bongsu.kernel.chain import longest_chains

PEELS = [
    ("s", "p1", 1000),
    ("p1", "shop1", 40),
    ("p1", "p2", 950),
    ("p2", "p3", 900),
    ("p2", "shop2", 50),
    ("p3", "end", 900),
]


def test_a_chain_between_accounts():
    book, payments = flows(*PEELS)
    assert peel_steps(payments).tolist() == [2, -1, 3, -1, -1, -1]
    (found,) = peel_chains(book, payments)
    assert (found.what, found.subject) == ("peel_chain", "eip155:1:p1")
    assert "3 payments in a row, from s to p3" in found.why[0]
    assert len(found.evidence) == 3


def test_what_is_no_peel():
    for change in (
        {1: ("p1", "shop1", 600)},  # the rest is no small part
        {2: ("p1", "p2", 400)},  # most does not go on
        {2: ("p1", "s", 950)},  # it goes back
        {1: ("x", "p1", 400)},  # the account got much from elsewhere
        {1: ("x", "y", 1)},  # nothing is paid aside
    ):
        _book, payments = flows(*[change.get(n, one) for n, one in enumerate(PEELS)])
        assert peel_steps(payments)[0] == -1, change


def test_focus_is_on_the_accounts_passed():
    book, payments = flows(*PEELS)
    focus = np.zeros(book.pools.num_rows, dtype=bool)
    focus[pool(book, "shop1")] = True
    assert peel_chains(book, payments, focus) == []
    focus[pool(book, "p2")] = True
    assert len(peel_chains(book, payments, focus)) == 1


SPENDS = [
    ("one", [("far:0", "A", 1000)], [("shop", 10), ("B", 900)]),
    ("two", [("one:1", "B", 900)], [("C", 850), ("shop", 20)]),
    ("three", [("two:0", "C", 850)], [("D", 800), ("shop", 30)]),
    ("four", [("two:1", "shop", 20), ("three:1", "shop", 30)], [("shop", 49)]),
]


def test_a_chain_of_transactions():
    made = joints(*SPENDS)
    assert spenders(made).tolist() == [-1, 1, 2, 3, -1, 3, -1]
    assert peel_spends(made).tolist() == [1, 2, -1, -1]
    assert peel_spends(made, larger=False).tolist() == [-1, -1, -1, -1]
    book = spending_book(*SPENDS)
    sealed = joints_of_movements(book.movements, book.pools)
    (found,) = peel_spend_chains(book, sealed, np.zeros(len(sealed), dtype=bool))
    assert found.subject.endswith(hash_of("one"))
    assert "3 transactions in a row" in found.why[0]
    assert peel_spend_chains(book, sealed, np.array([False, True, False, False])) == []
    nothing = np.zeros(book.pools.num_rows, dtype=bool)
    assert peel_spend_chains(book, sealed, ~suspects(sealed) & False, focus=nothing) == []


def test_real_blocks_follow_the_larger_output(onchain):
    made = block_joints()
    larger, smaller = peel_spends(made), peel_spends(made, larger=False)
    assert ((larger >= 0).sum(), (smaller >= 0).sum()) == (604, 30)
    assert len(longest_chains(larger, 4)) == 46
    assert longest_chains(smaller, 4) == []


def test_a_real_theft_was_peeled(onchain):
    book = flow_book("lifi_2024")
    found = peel_chains(book, payments_of(book))
    assert len(found) == 4
    assert all(one.evidence and one.score == 50 for one in found)
