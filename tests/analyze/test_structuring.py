import hypothesis.strategies as st
import numpy as np
from hypothesis import given
from tests.data.pattern_case import flows, pool

from bongsu.analyze.structuring import NEAR_PERCENT, equal_parts, structured_payments

PARTS = [("s", f"p{n % 4}", 10_000 + n) for n in range(6)]


def test_equal_parts():
    book, payments = flows(*PARTS, ("s", "x", 77), ("t", "x", 1), ("t", "y", 5_000))
    (part,) = equal_parts(payments)
    assert part.tolist() == [0, 1, 2, 3, 4, 5]
    (found,) = structured_payments(book, payments)
    assert found.subject.endswith(":s")
    assert "6 payments to 4 accounts of 0.00000000000001 ETH to 0.000000000000010005 ETH each" in found.why[0]
    assert structured_payments(book, payments, np.zeros(book.pools.num_rows, dtype=bool)) == []
    focus = np.arange(book.pools.num_rows) == pool(book, "s")
    assert len(structured_payments(book, payments, focus)) == 1


def test_what_is_not_structured():
    assert equal_parts(flows(*PARTS[:4])[1]) == []
    assert equal_parts(flows(*[("s", "p", 10_000) for _n in range(9)])[1]) == []
    spread = [("s", f"p{n}", 10_000 * 2**n) for n in range(9)]
    assert equal_parts(flows(*spread)[1]) == []
    assert equal_parts(flows(*PARTS, *[("s", f"q{n}", 3**n) for n in range(9)])[1]) == []


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 300)), min_size=1, max_size=25))
def test_the_longest_run_is_found(given_payments):
    _book, payments = flows(*[(f"s{who}", f"p{n}", size) for n, (who, size) in enumerate(given_payments)])
    found = {int(payments.source[part[0]]): len(part) for part in equal_parts(payments)}
    for source in np.unique(payments.source).tolist():
        sizes = sorted(payments.size[payments.source == source].tolist())
        runs = [sum(low <= size <= low + low * NEAR_PERCENT // 100 for size in sizes) for low in sizes]
        best = max(runs)
        assert found.get(source, 0) == (best if best >= 5 and 2 * best >= len(sizes) else 0)
