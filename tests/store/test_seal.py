"""The seal as a whole."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import at, rows, sources, told, utxo

from bongsu.store.engine import open_engine
from bongsu.store.ledger import memory_ledger
from bongsu.store.seal import SealCounts, seal_rows, sealed_movements
from bongsu.store.seal_gap import load_gaps
from bongsu.store.seal_pool import pool_batches
from bongsu.store.seal_row import load_table


def counts(transfers):
    with open_engine() as engine:
        load_table(engine, transfers)
        load_gaps(engine, [])
        engine.execute("CREATE TABLE traced (chain VARCHAR, block BIGINT)")
        found, _gaps = seal_rows(engine)
        assert sum(len(one) for one in sealed_movements(engine)) == found.movements
        assert sum(len(one) for one in pool_batches(engine, 9)) > 0 or not found.movements
    return found


def test_counts_say_what_became_of_the_rows():
    spend = {"kind": "spend", "source": "x:0", "target": "t1", "amount": None}
    pay = {"kind": "pay", "source": "t1", "target": "t1:0", "amount": 5}
    given = utxo(pay, pay | {"file": 1}, spend, spend | {"source": "y:0", "position": 1})
    assert counts(given) == SealCounts(rows=4, repeated=1, dropped=1, assumed=1, movements=2)


def test_nothing_is_sealed_to_nothing():
    assert counts(rows({}).slice(1)) == SealCounts(rows=0, repeated=0, dropped=0, assumed=0, movements=0)


ROW = st.fixed_dictionaries(
    {
        "source": st.sampled_from("ab"),
        "target": st.sampled_from("bc"),
        "amount": st.sampled_from([1, 2, 10**38 - 1]),
        "kind": st.sampled_from(["native", "token", "internal", "flow", "fee"]),
        "tx_hash": st.sampled_from(["", "t1", "t2"]),
        "position": st.sampled_from([None, 0, 1]),
        "tx_index": st.sampled_from([None, 0, 1]),
        "block": st.sampled_from([None, 1, 2]),
        "time": st.sampled_from([None, at(1), at(2)]),
        "file": st.integers(0, 2),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_arrive_changes_nothing(given, random):
    placed = [one | {"locator": n} for n, one in enumerate(given, start=1)]
    shuffled = random.sample(placed, len(placed))
    first, second = (memory_ledger(rows(*one), sources(3)) for one in (placed, shuffled))
    assert told(first).equals(told(second))
    assert first.pools().equals(second.pools())
    ties = first.movements().column("tie").to_pylist()
    assert all(ties.count(one) > 1 for one in ties if one)
