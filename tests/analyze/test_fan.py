import numpy as np
from tests.data.pattern_case import DAY, flows, named, pool

from bongsu.analyze.fan import FEWEST_PARTNERS, fans, scatter_gathers, widest_fans

MIDDLES = [f"m{n}" for n in range(3)]
SCATTER = [("s", m, 10) for m in MIDDLES] + [(m, "t", 9) for m in MIDDLES]


def whats(book, payments, focus=None):
    return [(one.what, one.subject.rpartition(":")[2]) for one in fans(book, payments, focus)]


def test_fan_out_and_in_within_a_day():
    out = [("s", f"p{n}", 1, n * DAY // 12) for n in range(FEWEST_PARTNERS)]
    book, payments = flows(*out)
    assert widest_fans(payments, out=True).partners[pool(book, "s")] == FEWEST_PARTNERS
    assert whats(book, payments) == [("fan_out", "s")]
    back = [(target, source, 1, seconds) for source, target, _amount, seconds in out]
    assert whats(*flows(*back)) == [("fan_in", "s")]


def test_slow_payments_and_one_partner_make_no_fan():
    assert whats(*flows(*[("s", f"p{n}", 1, n * DAY) for n in range(30)])) == []
    assert whats(*flows(*[("s", "p", 1, n) for n in range(30)])) == []
    untimed = [("s", f"p{n}", 1, n, {"time": None, "block": None}) for n in range(30)]
    assert whats(*flows(*untimed)) == []


def test_scatter_gather():
    book, payments = flows(*SCATTER)
    found = scatter_gathers(payments)
    assert set(named(book, found.source)) == {"s"}
    assert set(named(book, found.target)) == {"t"}
    (one,) = fans(book, payments)
    assert one.what == "scatter_gather"
    assert "to 3 accounts, each of which later paid t" in one.why[0]
    assert len(one.evidence) == 6


def test_two_middles_or_an_earlier_return_are_none():
    assert whats(*flows(*[one for one in SCATTER if "m2" not in one])) == []
    assert whats(*flows(*(SCATTER[3:] + SCATTER[:3]))) == []
    there_and_back = [("s", m, 10) for m in MIDDLES] + [(m, "s", 9) for m in MIDDLES]
    assert whats(*flows(*there_and_back)) == []


def test_a_busy_middle_is_a_service():
    traffic = [(f"x{n}", m, 1) for m in MIDDLES for n in range(60)]
    found = scatter_gathers(flows(*SCATTER, *traffic)[1])
    assert len(found.source) == 0


def test_focus():
    book, payments = flows(*SCATTER)
    focus = np.zeros(book.pools.num_rows, dtype=bool)
    assert whats(book, payments, focus) == []
    focus[pool(book, "t")] = True
    assert whats(book, payments, focus) == [("scatter_gather", "s")]
