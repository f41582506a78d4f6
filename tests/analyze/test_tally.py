import numpy as np
import pyarrow as pa
from tests.data.ledger_rows import ASSET
from tests.data.trace_case import USD, extracted, holders, label, lead, ledger, sums, tallied

from bongsu.analyze.extract import amounts_of
from bongsu.analyze.tally import (
    amount_texts,
    assets_of,
    decimals_of,
    moments_of,
    rows_of,
    some,
    sums_by,
    tally_policy,
    texts_by_policy,
    total_by_asset,
)
from bongsu.kernel.amount import to_integers, to_wide
from bongsu.kernel.case import FIRST_STOLEN, Fragments, Holdings
from bongsu.model.schema import AMOUNT

BIG = 2**64


def named(found, amounts):
    return {holders(found)[pool]: value for pool, value in sums(amounts).items()}


def victims_of(tally):
    """(tag, pool) to the stolen value of one victim."""
    parts = tally.victims
    return {key: value for key, value in sums_by(parts.amount, parts.tag, parts.pool).items() if value}


def test_sums_are_exact_beyond_64_bits():
    amounts = to_wide([BIG - 1, BIG - 1, BIG + 3, 7, 10**38 - 1, 2 * 10**37])
    key = np.array([1, 1, 1, 0, 2, 2])
    assert sums_by(amounts, key) == {(0,): 7, (1,): 3 * BIG + 1, (2,): 12 * 10**37 - 1}
    assert list(sums_by(amounts, np.array([0, 0, 0, 0, 1, 1]), key)) == [(0, 0), (0, 1), (1, 2)]
    narrow = np.array([2**63, 2**63 + 5], dtype=np.uint64)
    assert sums_by(narrow, np.array([4, 4], dtype=np.int16)) == {(4,): BIG + 5}
    assert sums_by(narrow[:0], np.array([], dtype=np.int64)) == {}


def test_kernel_amounts_become_decimals_and_come_back():
    assert decimals_of(to_wide([0, 1, 2**100])).equals(pa.array([0, 1, 2**100], AMOUNT))
    assert decimals_of(np.array([5, 2**63], dtype=np.uint64)).equals(pa.array([5, 2**63], AMOUNT))
    assert to_integers(amounts_of(decimals_of(to_wide([2**90])[:1]))) == [2**90]


def test_amounts_are_written_digit_by_digit_up_to_their_width():
    values = [0, 7, 2**64, 10**38 - 1, 10**38, 2**127 - 1]
    assert amount_texts(to_wide(values)) == [str(value) for value in values]
    assert some(to_wide([0, 1, 2**64])).tolist() == [False, True, True]


def test_what_arrived_was_credited_assumed_held_and_is_unknown():
    book = ledger(("v", "s", 10 * BIG), ("s", "a", 12 * BIG), ("a", "b", 5 * BIG), ("a", "b", 9 * BIG))
    found = extracted(book, lead("s"))
    tally = tallied(found)
    assert sums(tally.credited) == {0: 10 * BIG}
    assert sums(tally.assumed) == {1: 2 * BIG}
    assert sums(tally.carried) == {0: 10 * BIG, 1: 12 * BIG, 2: 5 * BIG, 3: 7 * BIG}
    assert sums(tally.unknown) == {3: 2 * BIG}
    assert named(found, tally.held) == {"b": 12 * BIG}
    assert {(tag, holders(found)[pool]): value for (tag, pool), value in victims_of(tally).items()} == {
        (FIRST_STOLEN, "b"): 12 * BIG
    }


def test_each_victim_has_its_own_sum_held_and_at_ends():
    book = ledger(("v", "s", 3), ("w", "r", 4), ("s", "x", 3), ("r", "x", 4), ("x", "ex", 5))
    found = extracted(book, lead("s", "r"), labels=[label("ex", "exchange")])
    victims = victims_of(tallied(found))
    pool = holders(found).index
    assert victims == {
        (FIRST_STOLEN, pool("ex")): 3,
        (FIRST_STOLEN + 1, pool("ex")): 2,
        (FIRST_STOLEN + 1, pool("x")): 2,
    }


def test_what_two_victims_claim_counts_once():
    book = ledger(("v", "s", 3), ("w", "r", 4), ("s", "ex", 3), ("r", "ex", 4))
    found = extracted(book, lead("s", "r"), labels=[label("ex", "exchange")])
    tally = tallied(found, "poison")
    assert {m: value for m, value in sums(tally.carried).items() if m > 1} == {2: 3, 3: 4}
    assert {
        tag: value for (tag, pool), value in victims_of(tally).items() if holders(found)[pool] == "ex"
    } == {
        FIRST_STOLEN: 3,
        FIRST_STOLEN + 1: 4,
    }


def test_unknown_and_assumed_parts_are_no_arrivals():
    found = extracted(ledger(("v", "s", 3), ("s", "a", 3)), lead("s"))
    number = np.uint64
    parts = Fragments(
        np.array([0, 1, 1, 1]), np.array([2, 1, 2, 1]), np.array([1, 0, 2, 2]), np.array([3, 5, 7, 9], number)
    )
    held = Holdings(np.array([0, 1]), np.array([1, 2]), np.array([4, 6], number))
    tally = tally_policy(found, parts, held)
    assert sums(tally.carried) == sums(tally.credited) == {0: 3}
    assert sums(tally.assumed) == {1: 7}
    assert sums(tally.unknown) == {1: 9}
    assert sums(tally.held) == {1: 6}


def test_totals_are_per_asset():
    book = ledger(("v", "s", 3), ("v", "s", 4, {"asset": USD.id}), ("v", "s", 5))
    found = extracted(book, lead("s"))
    target, assets = found.case.moves.target, assets_of(found)
    assert total_by_asset(assets, to_wide([3, 4, BIG]), pools=target) == {USD.id: 4, ASSET: BIG + 3}
    assert total_by_asset(assets, to_wide([0, 0, 5]), pools=target) == {ASSET: 5}
    assert total_by_asset(assets, to_wide([0, 0, 0]), pools=target) == {}
    assert assets.names == sorted([USD.id, ASSET])
    assert [assets.names[place] for place in assets.place] == found.pools["asset"].to_pylist()


def test_times_are_utc_or_not_stated():
    found = extracted(ledger(("v", "s", 3), ("s", "a", 1, {"time": None, "block": None})), lead("s"))
    assert moments_of(found).astype(str).tolist() == ["2024-01-01T00:00:01.000000", "NaT"]


def test_what_two_thefts_claim_is_kept_by_the_first_and_said():
    book = ledger(("v", "s", 10), ("x", "q", 5), ("s", "q", 7), ("q", "r", 12), ("r", "z", 3))
    found = extracted(book, lead("s", "r"))
    assert tallied(found).overlaps == {(2, 3, ASSET): 7}
    assert tallied(found, "pifo").overlaps == {(2, 3, ASSET): 7}
    assert tallied(extracted(book, lead("s"))).overlaps == {}


def test_policies_that_agree_share_their_texts():
    first, other = to_wide([BIG, 2, 3]), to_wide([BIG, 2, 4])
    rows = texts_by_policy({"fifo": first, "lifo": other, "tiho": first})
    assert [list(row.values()) for row in rows] == [[str(BIG)] * 3, ["2"] * 3, ["3", "4", "3"]]
    assert list(rows[0]) == ["fifo", "lifo", "tiho"]
    assert rows[0]["fifo"] is rows[0]["tiho"]
    assert texts_by_policy({"fifo": first[:0]}) == []


def test_columns_become_rows():
    assert rows_of(["a", "b"], [[1, 2], [3, 4]]) == [{"a": 1, "b": 3}, {"a": 2, "b": 4}]
    assert rows_of(["a"], [[]]) == []
