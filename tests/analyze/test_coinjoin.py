import datetime as dt

import numpy as np
import pytest
from bench.heuristic_block import dealt_values, hits, read_verdicts
from bench.real_data import block_joints
from tests.data.pattern_case import hash_of, joints, spending_book

from bongsu.analyze.coinjoin import (
    PROTOCOLS,
    coinjoin_findings,
    find_coinjoins,
    wasabi2_denominations,
)
from bongsu.analyze.joint import joints_of_movements

LATE = dt.datetime(2023, 6, 1, tzinfo=dt.UTC)
COIN = 10**8


def payers(count, amount=None, tx="far"):
    return [(f"{tx}:{n}", f"in{n}", amount) for n in range(count)]


def payees(*amounts):
    return [(f"out{n}", amount) for n, amount in enumerate(amounts)]


def found(inputs, outputs, *, time=LATE, fewest=3):
    made = find_coinjoins(joints(("x", inputs, outputs), time=time), fewest=fewest)
    return PROTOCOLS[made.protocol[0]]


@pytest.mark.parametrize("size", [5, 6, 8])
@pytest.mark.parametrize("amount", [100_000, COIN // 100, COIN // 20, COIN // 2])
def test_whirlpool(size, amount):
    assert found(payers(size), payees(*[amount] * size)) == "whirlpool"


@pytest.mark.parametrize(
    ("inputs", "outputs", "time"),
    [
        (payers(5), payees(*[COIN // 100 + 1] * 5), LATE),  # no pool has this amount
        (payers(4), payees(*[COIN // 100] * 4), LATE),
        (payers(9), payees(*[COIN // 100] * 9), LATE),
        (payers(6), payees(*[COIN // 100] * 5), LATE),
        (payers(5), payees(*[COIN // 100] * 5, 7), LATE),
        ([*payers(4), ("far:9", "in0", None)], payees(*[COIN // 100] * 5), LATE),  # one payer twice
        (payers(5), [("same", COIN // 100)] * 5, LATE),
        (payers(5), payees(*[COIN // 100] * 5), dt.datetime(2019, 1, 1, tzinfo=dt.UTC)),
        (payers(6), payees(*[COIN // 100] * 6), dt.datetime(2022, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_what_is_not_whirlpool(inputs, outputs, time):
    assert found(inputs, outputs, time=time) == ""


def test_wasabi_1():
    mixed, change = [10_020_000] * 12, [3_000 + n for n in range(9)]
    assert found(payers(14), payees(*mixed, *change)) == "wasabi1"
    assert found(payers(11), payees(*mixed, *change)) == ""  # fewer inputs than participants
    assert found(payers(14), payees(*mixed[:9], *change)) == "joinmarket"  # nine equal, nine changes
    assert found(payers(40), payees(*mixed, *range(3_000, 3_020))) == ""  # most outputs have no equal
    assert found(payers(14), payees(*[13_000_000] * 12, *change)) == ""


def test_wasabi_2():
    standard = wasabi2_denominations()[20:60].tolist()
    assert found(payers(60), payees(*standard, 5_001, 777_777)) == "wasabi2"
    assert found(payers(49), payees(*standard, 5_001)) == ""
    assert found(payers(60), payees(*standard, 4_999)) == ""
    assert found(payers(60), payees(*[n + 1 for n in standard], 5_001)) == ""
    one_payer = [(f"far:{n}", f"in{n % 50 if n < 50 else 0}", None) for n in range(60)]
    assert found(one_payer, payees(*standard)) == ""
    assert found(payers(60), payees(*standard), time=dt.datetime(2021, 1, 1, tzinfo=dt.UTC)) == ""


def test_joinmarket():
    assert found(payers(4), payees(500_001, 500_001, 500_001, 9_999, 8_888)) == "joinmarket"
    assert found(payers(4), payees(500_001, 500_001, 500_001, 9_999, 8_888, 7_777)) == "joinmarket"
    assert found(payers(4), payees(500_001, 500_001, 500_001, 9_999)) == ""  # two makers without change
    assert found(payers(4), payees(500_001, 500_001, 500_001, 1_111, 2_222, 3_333, 4_444)) == ""
    assert found(payers(2), payees(500_001, 500_001, 500_001, 9_999, 8_888)) == ""
    assert found(payers(3), payees(546, 546, 546, 9_999, 8_888)) == ""


def test_two_equal_outputs_count_only_where_asked():
    two = (payers(2), payees(500_001, 500_001, 9_999))
    assert found(*two) == ""
    assert found(*two, fewest=2) == "joinmarket"


def test_a_plain_payment_is_none():
    assert found(payers(1), payees(5, 6), fewest=2) == ""


def test_denominations_are_those_published():
    known = wasabi2_denominations().tolist()
    assert known[:6] == [5_000, 6_561, 8_192, 10_000, 13_122, 16_384]
    assert {2**20, 3**12, 2 * 3**12, 10**8, 2 * 10**8, 5 * 10**8} <= set(known)
    assert max(known) <= 134_375_000_000


def test_findings_say_why_and_where():
    whole = ("mix", payers(5, 1_000_500), payees(*[COIN // 100] * 5))
    part = ("part", payers(5, None, "other"), [(f"p{n}", COIN // 100) for n in range(5)])
    wide = ("wide", payers(3, None, "third"), payees(7, 8, 9))
    book = spending_book(whole, part, wide, time=LATE)
    made = joints_of_movements(book.movements, book.pools)
    seen = find_coinjoins(made)
    assert seen.unjudged == 1
    one, other = coinjoin_findings(book, made, seen)
    assert one.subject.endswith(f":{hash_of('mix')}")
    assert (one.score, other.score) == (90, 70)
    assert "5 outputs have exactly 0.01 BTC each; 5 inputs, 5 outputs" in one.why[0]
    assert "outputs alone" in other.why[2]
    assert len(one.evidence) == 10
    focus = np.zeros(book.pools.num_rows, dtype=bool)
    focus[book.pools["address"].to_pylist().index("p3")] = True
    (only,) = coinjoin_findings(book, made, seen, focus=focus)
    assert only == other


@pytest.fixture(scope="module")
def blocks(onchain):
    return block_joints()


def test_every_hit_in_the_raw_blocks_was_looked_at(blocks):
    verdicts = read_verdicts()
    names = blocks.tx_hash.to_pylist()
    found = find_coinjoins(blocks)
    by_protocol = {
        name: [verdicts[names[t]]["verdict"] for t in np.flatnonzero(found.protocol == code)]
        for code, name in enumerate(PROTOCOLS)
        if name
    }
    assert by_protocol == {"whirlpool": ["true"] * 7, "wasabi1": ["true"], "wasabi2": [], "joinmarket": []}
    pairs = [verdicts[names[t]]["verdict"] for t in hits(blocks, 2)]
    assert sorted(pairs) == ["doubtful", "doubtful", "false"]
    assert set(verdicts) <= set(names)
    assert all(one["why"] and one["date"] for one in verdicts.values())


def test_chance_makes_none_in_the_raw_blocks(blocks):
    assert [len(hits(dealt_values(blocks, seed), 3)) for seed in range(10)] == [0] * 10
