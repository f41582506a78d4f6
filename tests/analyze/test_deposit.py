import numpy as np
import pytest
from tests.data.pattern_case import DAY, flows, named, pool

from bongsu.analyze.deposit import deposit_findings, find_deposits

GIVEN = [("c", "d", 100, 0), ("e", "d", 10, 60), ("d", "hot", 108, DAY), ("hot", "x", 1, DAY)]


def services(book, *names):
    found = np.zeros(book.pools.num_rows, dtype=np.int64)
    for number, name in enumerate(names, start=1):
        found[pool(book, name)] = number
    return found


def test_an_account_that_passes_all_on_to_one_service():
    book, payments = flows(*GIVEN)
    found = find_deposits(payments, services(book, "hot"))
    assert (named(book, found.pool), found.service.tolist(), found.forward.tolist()) == (["d"], [1], [2])
    (one,) = deposit_findings(book, payments, found, ["", "Hot Exchange"])
    assert one.subject.endswith(":d")
    assert "passes what it gets on to Hot Exchange at hot" in one.why[0]
    assert len(one.evidence) == 3
    nothing = np.zeros(book.pools.num_rows, dtype=bool)
    assert deposit_findings(book, payments, found, ["", "Hot Exchange"], focus=nothing) == []


@pytest.mark.parametrize(
    "change",
    [
        {2: ("d", "hot", 90, DAY)},  # keeps too much
        {2: ("d", "hot", 108, 30 * DAY)},  # keeps it too long
        {3: ("d", "x", 30, DAY)},  # pays others too
        {0: ("d", "hot", 108, 0), 2: ("c", "d", 100, DAY)},  # paid before it came
    ],
)
def test_what_is_no_deposit_account(change):
    book, payments = flows(*[change.get(n, one) for n, one in enumerate(GIVEN)])
    assert len(find_deposits(payments, services(book, "hot")).pool) == 0


def test_two_services_are_not_one():
    book, payments = flows(*GIVEN, ("c", "d", 100, 2 * DAY), ("d", "cold", 100, 2 * DAY))
    assert len(find_deposits(payments, services(book, "hot", "cold")).pool) == 0
    same = services(book, "hot")
    same[pool(book, "cold")] = 1
    assert named(book, find_deposits(payments, same).pool) == ["d"]
