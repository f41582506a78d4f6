import numpy as np
import pyarrow as pa

from bongsu.model.gap import GAP
from bongsu.model.transfer import TRANSFER
from bongsu.normalize.movement import Movements, own_rows
from bongsu.normalize.screen import Screen

PLACE = {"chain": "eip155:1", "asset": "a", "tx_hash": "", "source": "s", "target": "t", "kind": "flow"}


def movements() -> Movements:
    locators = pa.array([1, 2, 3], pa.int64())
    return Movements(Screen(pa.table({"locator": locators})))


def test_struck_rows_never_move_and_counts_add_up():
    made = movements()
    made.screen.strike(np.array([True, False, False]), "rule", "why")
    made.move(np.array([True, True, False]), PLACE | {"amount": pa.array([1, 2, 3], pa.decimal128(38, 0))})
    made.leave("first", np.ones(3, dtype=np.bool_))
    made.leave("second", np.ones(3, dtype=np.bool_))
    result = made.result({"before": 4})
    assert result.transfers.schema.equals(TRANSFER)
    assert result.gaps.schema.equals(GAP)
    assert result.transfers["amount"].to_pylist() == [2]
    assert result.transfers["locator"].to_pylist() == [2]
    assert (result.rows_in, result.rows_kept, result.set_aside) == (7, 1, {"before": 4, "first": 1})


def test_a_gap_keeps_its_row():
    made = movements()
    made.miss(
        np.array([True, False, False]),
        {"chain": "c", "tx_hash": "h", "holder": "x", "reason": "needs_traces"},
    )
    assert made.result({}).rows_kept == 1


def test_rows_of_other_tables_are_counted():
    rows = pa.table({"type": ["block", "trace", None], "locator": [1, 2, 3]})
    mine, aside = own_rows(rows, "trace")
    assert mine["locator"].to_pylist() == [2, 3]
    assert aside == {"other_table": 1}
    assert own_rows(rows.drop(["type"]), "trace")[1] == {}
