import hypothesis.strategies as st
from hypothesis import given
from tests.data.pattern_case import flow_book, flows, named, pool

from bongsu.analyze.payment import NO_TIME, payments_of, side_of


def test_payments_between_accounts_only():
    book = flow_book(
        ("a", "b", 5),
        ("null", "b", 5),
        ("a", "null", 5),
        ("a", "a", 5),
        ("a", "fee:1", 5, 5, {"kind": "fee"}),
        ("b", "c", 2, 6, {"kind": "internal"}),
        ("b", "c", 3, 7, {"time": None, "block": None}),
    )
    payments = payments_of(book)
    pairs = list(zip(named(book, payments.source), named(book, payments.target), strict=True))
    assert pairs == [("a", "b"), ("b", "c"), ("b", "c")]
    assert book.movements["amount"].take(payments.row).to_pylist() == [5, 2, 3]
    assert payments.size.tolist() == [5, 2, 3]
    assert payments.time[-1] == NO_TIME
    assert len(payments) == 3


@given(st.lists(st.integers(1, 10**37), min_size=1, max_size=8))
def test_sizes_keep_order_and_never_overflow(amounts):
    _book, payments = flows(*[("a", f"b{n}", amount) for n, amount in enumerate(amounts)])
    assert 0 <= int(payments.size.sum()) < 2**55
    if sum(amounts) < 2**50:
        assert payments.size.tolist() == amounts
    for one, size in zip(amounts, payments.size.tolist(), strict=True):
        for other, second in zip(amounts, payments.size.tolist(), strict=True):
            assert size <= second or one >= other


def test_side_of_each_pool():
    book, payments = flows(("a", "b", 5), ("a", "c", 9), ("a", "b", 9), ("d", "b", 1))
    gave, got = side_of(payments, payments.source), side_of(payments, payments.target)
    a, b, c = (pool(book, name) for name in "abc")
    assert (gave.count[a], gave.total[a], gave.main[a], gave.second[a]) == (3, 23, 1, 9)
    assert (got.count[b], got.total[b], got.main[b], got.second[b]) == (3, 15, 2, 5)
    assert (got.main[a], got.main[c], got.second[c]) == (-1, 1, 0)


def test_index_of_payments():
    book, payments = flows(("a", "b", 5), ("c", "b", 9), ("a", "c", 1))
    by, to = payments.paid_by(), payments.paid_to()
    a, b = pool(book, "a"), pool(book, "b")
    assert by.row[by.first[a] : by.first[a + 1]].tolist() == [0, 2]
    assert to.row[to.first[b] : to.first[b + 1]].tolist() == [0, 1]
