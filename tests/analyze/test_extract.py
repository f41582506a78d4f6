import numpy as np
import pyarrow as pa
import pytest
from tests.data.ledger_rows import ASSET, BITCOIN, at, sources, utxo
from tests.data.trace_case import extracted, holders, label, lead, ledger, theft

from bongsu.analyze.extract import amounts_of, tie_groups
from bongsu.analyze.lead import Limits
from bongsu.analyze.stop import STOPS
from bongsu.errors import LedgerError
from bongsu.kernel.amount import to_integers
from bongsu.kernel.case import FIRST_STOLEN, OTHER, UNKNOWN
from bongsu.model.schema import AMOUNT
from bongsu.store.ledger import memory_ledger

CHAIN_OF_FOUR = (("v", "s", 10), ("s", "a", 10), ("a", "b", 10), ("b", "c", 10))
LOOSE = {"block": 9, "time": at(9), "tx_index": None, "position": None}


def payments(found):
    names, moves = holders(found), found.case.moves
    return [(names[s], names[t]) for s, t in zip(moves.source.tolist(), moves.target.tolist(), strict=True)]


def named(found, flags):
    return {name for name, flag in zip(holders(found), np.asarray(flags).tolist(), strict=True) if flag}


def hops(found):
    return dict(zip(holders(found), found.hops.tolist(), strict=True))


def stops(found):
    return {
        name: STOPS[code] for name, code in zip(holders(found), found.stops.tolist(), strict=True) if code
    }


def test_only_movements_at_touched_pools_are_kept():
    book = ledger(("x", "y", 1), *CHAIN_OF_FOUR, ("x", "a", 3), ("y", "z", 1))
    found = extracted(book, lead("s"))
    assert payments(found) == [("v", "s"), ("s", "a"), ("a", "b"), ("b", "c"), ("x", "a")]
    assert named(found, found.touched) == {"s", "a", "b", "c"}
    assert named(found, found.sources) == {"s"}
    assert named(found, found.case.ends) == {"v", "x"}
    assert found.total == 7
    assert found.table.num_rows == 5
    assert hops(found) == {"s": 0, "a": 1, "b": 2, "c": 3, "v": -1, "x": -1}


def test_what_was_paid_before_stolen_value_came_is_not_touched():
    found = extracted(ledger(("a", "early", 1), ("v", "s", 5), ("s", "a", 5), ("a", "late", 1)), lead("s"))
    assert named(found, found.touched) == {"s", "a", "late"}
    assert ("a", "early") in payments(found)


def test_marks_say_what_is_stolen_and_what_is_lacking():
    found = extracted(ledger(("v", "s", 5), ("s", "a", 7), ("x", "a", 1), ("a", "b", 9)), lead("s"))
    assert found.case.moves.credit.tolist() == [FIRST_STOLEN, -1, -1, -1]
    assert found.case.moves.overdraft.tolist() == [OTHER, FIRST_STOLEN, OTHER, UNKNOWN]
    assert found.case.tags == FIRST_STOLEN + 1


def test_nothing_behind_a_service_is_touched():
    found = extracted(ledger(*CHAIN_OF_FOUR), lead("s"), labels=[label("a", "exchange")])
    assert named(found, found.touched) == {"s", "a"}
    assert stops(found) == {"a": "service"}
    assert named(found, found.case.ends) == {"a", "v"}


def test_hops_end_the_way():
    found = extracted(ledger(*CHAIN_OF_FOUR), lead("s"), Limits(hops=2))
    assert stops(found) == {"b": "hops"}
    assert named(found, found.touched) == {"s", "a", "b"}


def test_a_shorter_way_that_comes_later_counts():
    book = ledger(("v", "s", 9), ("s", "a", 2), ("a", "b", 2), ("b", "c", 2), ("s", "b", 2), ("b", "d", 2))
    found = extracted(book, lead("s"))
    assert hops(found) | {"v": 0} == {"v": 0, "s": 0, "a": 1, "b": 1, "c": 3, "d": 2}


def test_small_movements_are_not_followed():
    book = ledger(("v", "s", 10), ("s", "a", 4), ("s", "b", 5), ("a", "c", 4))
    for minimum in ({ASSET: 5}, {"*": 5}, {"*": 99, ASSET: 5}):
        found = extracted(book, lead("s"), Limits(minimum=minimum))
        assert named(found, found.touched) == {"s", "b"}
        assert found.case.moves.stopped.tolist() == [0, 1, 0, 1]
    assert not extracted(book, lead("s"), Limits(minimum={"other": 5})).case.moves.stopped.any()


def test_a_movement_of_the_smallest_amount_is_followed():
    found = extracted(ledger(("v", "s", 5), ("s", "a", 5)), lead("s"), Limits(minimum={"*": 5}))
    assert named(found, found.touched) == {"s", "a"}


def test_the_window_ends_with_its_last_moment_and_says_who_paid_later():
    found = extracted(ledger(*CHAIN_OF_FOUR), lead("s"), Limits(until=at(3)))
    assert payments(found) == [("v", "s"), ("s", "a"), ("a", "b")]
    assert named(found, found.later) == {"b"}
    assert named(found, found.touched) == {"s", "a", "b"}
    assert not extracted(ledger(*CHAIN_OF_FOUR), lead("s")).later.any()


def test_amounts_beyond_64_bits_are_wide_and_exact():
    found = extracted(ledger(("v", "s", 2**80), ("s", "a", 3)), lead("s"))
    assert to_integers(found.case.moves.amount) == [2**80, 3]
    narrow = extracted(ledger(("v", "s", 2**61), ("s", "a", 2**61)), lead("s"))
    assert narrow.case.moves.amount.shape == (2,)
    edge = extracted(ledger(("v", "s", 2**62), ("s", "a", 2**62)), lead("s"))
    assert edge.case.moves.amount.shape == (2, 2)


def test_sums_beyond_exact_arithmetic_are_refused_and_named():
    most = 10**38 - 1
    fits = extracted(ledger(("v", "s", most), ("s", "a", 2**127 - 1 - most)), lead("s"))
    assert sum(to_integers(fits.case.moves.amount)) == 2**127 - 1
    with pytest.raises(LedgerError, match=f"Cannot trace {ASSET}: .* more than 2\\^127"):
        extracted(ledger(("v", "s", most), ("s", "a", 2**127 - most)), lead("s"))


def test_groups_of_unknown_order_are_found_among_what_is_kept():
    book = ledger(
        ("v", "s", 9),
        ("s", "a", 4, LOOSE),
        ("x", "y", 1, LOOSE),
        ("a", "b", 4, LOOSE),
        ("b", "c", 4, {"block": 10, "time": at(10)}),
    )
    found = extracted(book, lead("s"))
    assert len(payments(found)) == 4
    assert found.ties.tolist() == [[1, 3]]
    assert "c" in named(found, found.touched)
    assert tie_groups(np.array([0, 7, 7, 8, 8, 0, 9])).tolist() == [[1, 3], [3, 5], [6, 7]]
    assert tie_groups(np.array([], dtype=np.int64)).shape == (0, 2)
    assert tie_groups(np.array([0, 0])).shape == (0, 2)


def test_payments_of_one_pool_in_one_transaction_are_a_batch():
    same = {"tx_hash": "one", "block": 2, "time": at(2)}
    book = ledger(
        ("v", "s", 9),
        ("s", "a", 1, same),
        ("s", "b", 1, same | {"position": 1}),
        ("a", "b", 1, same | {"position": 2}),
        ("s", "a", 1, {"tx_hash": ""}),
        ("s", "a", 1, {"tx_hash": ""}),
    )
    batch = extracted(book, lead("s")).case.moves.batch.tolist()
    assert batch[1] == batch[2]
    assert len(set(batch)) == 5


def test_fees_and_transactions_are_known_by_their_kind_and_name():
    tx = "ab" * 32
    book = memory_ledger(
        utxo(
            {"source": "in:0", "target": tx, "amount": 9, "kind": "spend", "address": "thief"},
            {"source": tx, "target": tx + ":0", "amount": 8, "kind": "pay", "position": 1},
            {"source": tx, "target": "fee:1", "amount": 1, "kind": "fee", "position": 2},
            tx_hash=tx,
        ),
        sources(),
    )
    found = extracted(book, lead(theft("thief", chain=BITCOIN)))
    assert found.fees.tolist() == [0, 0, 1]
    assert named(found, found.case.joint) == {tx}
    assert stops(found) == {"fee:1": "fee"}


def test_amounts_of_a_slice_are_its_own():
    column = pa.chunked_array([pa.array([1, 2**100, 3], AMOUNT), pa.array([4], AMOUNT)])
    assert to_integers(amounts_of(column)) == [1, 2**100, 3, 4]
    assert to_integers(amounts_of(column.slice(1, 2))) == [2**100, 3]
    assert to_integers(amounts_of(pa.array([1, 2, 3], AMOUNT).slice(2))) == [3]
    assert amounts_of(pa.chunked_array([], AMOUNT)).shape == (0, 2)
