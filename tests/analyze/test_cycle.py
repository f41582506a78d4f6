import hypothesis.strategies as st
import numpy as np
from bench.real_data import flow_book
from hypothesis import given
from tests.data.pattern_case import flows, pool

from bongsu.analyze.cycle import cycle_ways, cycles, gross_and_net
from bongsu.analyze.payment import payments_of

CIRCLE = [("a", "b", 100), ("b", "c", 90), ("c", "a", 80)]


def test_gross_and_net_stand_apart():
    book, payments = flows(*CIRCLE)
    assert cycle_ways(payments)[0].tolist() == [[0, 1, 2, -1]]
    (found,) = cycles(book, payments)
    assert "3 payments among 3 accounts" in found.why[0]
    assert "0.00000000000000027 ETH was turned over" in found.why[1]
    assert "net 0.00000000000000002 ETH changed hands" in found.why[1]


def test_cycles_that_share_an_account_are_one_finding():
    book, payments = flows(*CIRCLE, ("c", "d", 60), ("d", "c", 60), ("x", "y", 5), ("y", "x", 5))
    assert [len(one.evidence) for one in cycles(book, payments)] == [5, 2]
    focus = np.arange(book.pools.num_rows) == pool(book, "x")
    assert [len(one.evidence) for one in cycles(book, payments, focus)] == [2]


def test_no_cycle():
    for given_payments in (
        CIRCLE[:2],
        [*CIRCLE[:2], ("c", "a", 40)],  # less than half comes back
        list(reversed(CIRCLE)),  # it came back before it left
        [*CIRCLE, *[(f"x{n}", "b", 1) for n in range(60)]],  # through a busy account
    ):
        assert cycles(*flows(*given_payments)) == []


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 50)), max_size=20))
def test_net_is_never_more_than_gross(payments):
    gross, net = gross_and_net(*(list(side) for side in zip(*payments, strict=True))) if payments else (0, 0)
    assert 0 <= net <= gross
    back = [(payee, payer, amount) for payer, payee, amount in payments]
    both = payments + back
    if both:
        assert gross_and_net(*(list(side) for side in zip(*both, strict=True))) == (2 * gross, 0)


def test_real_flows_come_back(onchain):
    book = flow_book("xscam_2022")
    ways, given_up = cycle_ways(payments_of(book))
    assert (len(ways), given_up) == (38, 0)
