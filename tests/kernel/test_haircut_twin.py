"""The slow twin of haircut and pari passu: by hand, and what the compiled kernels equal."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.exchange_case import exchanging
from tests.data.haircut_case import S, build, exchanged, ledgers, rows, seeded

from bongsu.kernel.amount import to_narrow, to_wide
from bongsu.kernel.case import ASSUMED, CARRIED, CONVERTED, CREDITED, UNKNOWN, Holdings, make_case
from bongsu.kernel.haircut import haircut
from bongsu.kernel.haircut_twin import apportion, haircut_twin
from bongsu.kernel.pari_passu import pari_passu

SEEDS = 20_000 if os.environ.get("BONGSU_FULL") else 300
"""Number of seeded ledgers; BONGSU_FULL asks for the full count."""
EXAMPLES = 20_000 if os.environ.get("BONGSU_FULL") else 300


@pytest.mark.parametrize(
    ("value", "weights", "shares"),
    [
        (3, [4, 5, 1], [1, 2, 0]),  # 1.2, 1.5, 0.3
        (1, [1, 1, 1], [1, 0, 0]),
        (5, [2, 0, 2], [3, 0, 2]),  # 2.5 each
        (7, [1, 2], [2, 5]),  # 2 1/3, 4 2/3
        (0, [1, 2], [0, 0]),
    ],
)
def test_largest_remainder_gets_the_rest(value, weights, shares):
    assert apportion(value, weights) == shares


def test_twin_shares_in_proportion():  # T10 scaled by 11: 100 of 110 pays 10/11 of the tagged part
    case = build([(0, 1, 1100), (0, 1, 110), (1, 2, 1100)], credit=[1])
    fragments, held = haircut_twin(case)
    assert fragments == [(1, S, CREDITED, 110), (2, S, CARRIED, 100)]
    assert held == [(1, S, 10), (2, S, 100)]


def test_twin_covers_what_is_missing():  # T15
    fragments, held = haircut_twin(build([(0, 1, 5), (1, 2, 8)], credit=[0]))
    assert fragments[1:] == [(1, UNKNOWN, ASSUMED, 3), (1, UNKNOWN, CARRIED, 3), (1, S, CARRIED, 5)]
    assert held == [(2, UNKNOWN, 3), (2, S, 5)]


def test_twin_keeps_gross_claims_under_pari_passu():  # T7 times three
    case = build(
        [(0, 1, 300), (0, 1, 300), (1, 2, 150), (0, 1, 300), (1, 2, 225)], credit={0: S, 1: S + 1, 3: S + 2}
    )
    fragments, held = haircut_twin(case, pari_passu=True)
    lost = [(2, S, CARRIED, 75), (2, S + 1, CARRIED, 75)]
    assert [row for row in fragments if row[2] == CARRIED] == [
        *lost, *[(4, tag, CARRIED, 75) for tag in (S, S + 1, S + 2)]
    ]  # fmt: skip
    assert [row for row in held if row[0] == 1] == [(1, tag, 175) for tag in (S, S + 1, S + 2)]


def test_twin_exchanges_in_proportion():  # 3 A, 1 B, 2 unknown for 9: 4.5, 1.5, 3
    case = exchanged(build([(0, 1, 3), (0, 1, 1), (1, 2, 6)], credit={0: S, 1: S + 1}), {2: 9})
    fragments, held = haircut_twin(case)
    assert fragments[2:] == [
        (2, UNKNOWN, ASSUMED, 2),
        (2, S, CARRIED, 3),
        (2, S + 1, CARRIED, 1),
        (2, UNKNOWN, CARRIED, 2),
        (2, S, CONVERTED, 5),
        (2, S + 1, CONVERTED, 1),
        (2, UNKNOWN, CONVERTED, 3),
    ]
    assert held == [(2, UNKNOWN, 3), (2, S, 5), (2, S + 1, 1)]


def equal(found, slow):
    return (rows(found[0]), rows(found[1])) == slow


@settings(max_examples=EXAMPLES, deadline=None)
@given(ledgers())
def test_kernel_equals_the_slow_twin(case):
    assert equal(haircut(case), haircut_twin(case))
    assert equal(pari_passu(case), haircut_twin(case, pari_passu=True))


@settings(max_examples=EXAMPLES, deadline=None)
@given(ledgers(), st.integers(0, 2**32))
def test_exchanges_equal_the_slow_twin(case, seed):
    case = exchanging(case, seed)
    assert equal(haircut(case), haircut_twin(case))
    assert equal(pari_passu(case), haircut_twin(case, pari_passu=True))


@pytest.mark.parametrize("share", [0, 0.05])
def test_kernel_equals_the_slow_twin_on_seeded_ledgers(share):
    unequal = []
    for seed in range(SEEDS):
        case, opening = seeded(seed)
        case = exchanging(case, seed, share)
        same = equal(haircut(case, opening=opening), haircut_twin(case, opening=opening))
        if not (same and equal(pari_passu(case), haircut_twin(case, pari_passu=True))):
            unequal.append(seed)
    assert unequal == []


@pytest.mark.parametrize("wide", [True, False])
def test_amounts_at_the_edge_of_their_width(wide):
    top = 2**127 - 1 if wide else 2**63 - 1
    first = top // 3
    case = build(
        [(0, 1, first), (0, 1, top - first), (1, 2, top // 7), (1, 3, top // 5)], credit=[0], wide=wide
    )
    assert equal(haircut(case), haircut_twin(case))
    amounts = to_wide([top - 1, 1])
    opening = Holdings(
        np.array([1, 1], dtype=np.int32),
        np.array([S, 0], dtype=np.int16),
        amounts if wide else to_narrow(amounts),
    )
    half = to_wide([top // 2])
    case = make_case(np.array([1]), np.array([2]), half if wide else to_narrow(half))
    assert equal(haircut(case, opening=opening), haircut_twin(case, opening=opening))
