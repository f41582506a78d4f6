import numpy as np
from tests.data.pattern_case import flows, named, pool

from bongsu.analyze.deposit_reuse import reused_deposits, shared_deposits


def masks(book, deposits, services=()):
    pools = np.arange(book.pools.num_rows)
    return tuple(np.isin(pools, [pool(book, one) for one in names]) for names in (deposits, services))


def test_payers_of_one_deposit_address():
    book, payments = flows(("a", "d", 5), ("b", "d", 6), ("a", "d", 7), ("c", "e", 8), ("b", "x", 9))
    deposit, service = masks(book, ["d", "e"])
    ((one, paid),) = shared_deposits(payments, deposit, service)
    assert (named(book, [one]), paid.tolist()) == (["d"], [0, 1])
    (found,) = reused_deposits(book, payments, deposit, service)
    assert found.subject.endswith(":d")
    assert found.why[1] == "payers: a, b"
    focus = np.arange(book.pools.num_rows) == pool(book, "c")
    assert reused_deposits(book, payments, deposit, service, focus=focus) == []


def test_a_service_is_no_customer():
    book, payments = flows(("a", "d", 5), ("hot", "d", 6))
    assert shared_deposits(payments, *masks(book, ["d"], ["hot"])) == []
    assert len(shared_deposits(payments, *masks(book, ["d"]))) == 1
