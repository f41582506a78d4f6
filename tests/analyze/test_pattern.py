import numpy as np
import pytest
from bench.real_data import CASES
from bench.real_data import flow_book as real_book
from tests.analyze.test_coinjoin import LATE, payees, payers
from tests.analyze.test_fan import SCATTER
from tests.data.pattern_case import DAY, HOUR, flow_book, hash_of, pool, spending_book
from tests.data.trace_case import label

from bongsu.analyze.end import Labels
from bongsu.analyze.pattern import PATTERNS, patterns_of
from bongsu.model.finding import Finding

NOBODY = Labels([])
WAY = [
    ("s", "a", 1000, 0),
    ("a", "b", 990, 60),
    ("b", "c", 980, 120),
    ("c", "d", 970, 180),
    ("d", "e", 960, 100 * DAY),
]


def whats(found):
    return sorted({one.what for one in found})


def mask(book, *names):
    return np.isin(np.arange(book.pools.num_rows), [pool(book, one) for one in names])


def test_what_is_on_and_what_must_be_asked_for():
    book = flow_book(*SCATTER, *WAY)
    assert whats(patterns_of(book, NOBODY)) == ["pass_through"]
    assert whats(patterns_of(book, NOBODY, only=["scatter_gather", "dormancy"])) == [
        "dormancy",
        "scatter_gather",
    ]
    assert patterns_of(book, NOBODY, only=[]) == []


def test_depth_needs_sources():
    book = flow_book(*WAY)
    assert "layering_depth" in whats(patterns_of(book, NOBODY, sources=mask(book, "s")))
    stopped = Labels([label("b", "exchange")])
    assert "layering_depth" not in whats(patterns_of(book, stopped, sources=mask(book, "s")))


def test_focus():
    book = flow_book(*WAY)
    found = patterns_of(book, NOBODY, focus=mask(book, "b"))
    assert [one.subject for one in found] == ["eip155:1:b"]


def test_transactions():
    book = spending_book(("mix", payers(5, 1_000_100), payees(*[1_000_000] * 5)), time=LATE)
    (found,) = patterns_of(book, NOBODY)
    assert (found.what, found.subject.rpartition(":")[2]) == ("coinjoin", hash_of("mix"))
    assert patterns_of(book, NOBODY, only=["peel_chain"]) == []


def test_deposits_and_mixers_come_from_labels():
    pool_label = label("mixer", "mixer", name="Tornado Cash pool: 1 ETH", entity="tornado-cash")
    labels = Labels([label("dep", "deposit"), label("hot", "exchange", name="Hot"), pool_label])
    book = flow_book(
        ("a", "dep", 5, 0), ("b", "dep", 5, 60), ("a", "mixer", 10**18, 120),
        ("c", "own", 100, 200), ("own", "hot", 99, 200 + HOUR),
    )  # fmt: skip
    found = patterns_of(book, labels)
    assert whats(found) == ["deposit_reuse", "mixer_pool", "pass_through"]
    asked = patterns_of(book, labels, only=["deposit_account"])
    assert [one.subject for one in asked] == ["eip155:1:own"]
    assert "Hot at hot" in asked[0].why[0]


@pytest.mark.parametrize("case", CASES)
def test_real_thefts(onchain, case):
    found = patterns_of(real_book(case), NOBODY, only=PATTERNS)
    assert all(isinstance(one, Finding) and one.why and one.evidence for one in found)
    assert {one.what for one in found} <= set(PATTERNS)
    on_alone = patterns_of(real_book(case), NOBODY)
    assert [one for one in found if one in on_alone] == on_alone
    assert "pass_through" in whats(found)
    assert len({(one.what, one.subject, one.why) for one in found}) == len(found)
