"""A layout says of movements what a plain list of them says."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.layout_case import (
    HASHES,
    HOLDERS,
    MOVES,
    cited_rows,
    first_of,
    layout_of,
    moment,
    ties_of,
)
from tests.data.ledger_rows import rows as transfers
from tests.data.ledger_rows import sources

from bongsu.errors import LedgerError
from bongsu.model.movement import MOVEMENT
from bongsu.store import layout as layout_module
from bongsu.store import layout_write
from bongsu.store.column_file import Folder, Memory
from bongsu.store.layout import map_layout
from bongsu.store.ledger import memory_ledger

SOME = st.lists(st.integers(0, 2**32 - 1), max_size=6)
MOVE = {
    "source": 0, "target": 1, "amount": 2**64, "kind": "native", "assumed": False, "chain": 0, "block": 1,
    "time": 5, "tx_hash": "t1", "tie": "begin", "tx_index": 0, "learned": 7,
}  # fmt: skip


def chosen(numbers, moves):
    return np.array([number % len(moves) for number in numbers if moves], dtype=np.int64)


@settings(max_examples=80)
@given(MOVES, SOME)
def test_movements_are_taken_in_any_order(moves, numbers):
    ties, first = ties_of(moves), first_of(moves)
    asked = chosen(numbers, moves)
    found = layout_of(moves, Memory()).movements(asked)
    assert found.schema.equals(MOVEMENT, check_metadata=True)
    expected = [
        {name: moves[n][name] for name in ("source", "target", "amount", "block", "kind", "assumed")}
        | {"time": moment(moves[n]["time"]), "tie": ties[n]}
        | {"transaction": first[n] if moves[n]["tx_hash"] else None}
        for n in asked
    ]
    assert found.to_pylist() == expected


@settings(max_examples=80)
@given(MOVES, SOME)
def test_transactions_are_whole_wherever_their_movements_stand(moves, numbers):
    layout, first = layout_of(moves, Memory()), first_of(moves)
    asked = chosen(numbers, moves)
    assert layout.transactions(asked).tolist() == [first[n] for n in asked]
    wanted = {first[n] for n in asked}
    assert layout.together(asked).tolist() == [n for n in range(len(moves)) if first[n] in wanted]


@settings(max_examples=80)
@given(MOVES, st.sets(st.sampled_from(["", "0x", "t3", *HASHES])))
def test_transactions_are_found_by_their_whole_hash(moves, wanted):
    found = layout_of(moves, Memory()).find_transactions(wanted, cited_rows(moves))
    assert found.tolist() == [n for n, one in enumerate(moves) if one["tx_hash"] in wanted - {""}]


@settings(max_examples=40)
@given(MOVES, SOME)
def test_what_another_row_states_is_told_with_the_row_that_is_cited(moves, numbers):
    asked = chosen(numbers, moves)
    found = layout_of(moves, Memory()).cite(asked, cited_rows(moves)).to_pylist()
    assert [one["locator"] for one in found] == asked.tolist()
    assert [one["tx_index"] for one in found] == [moves[n]["learned"] or moves[n]["tx_index"] for n in asked]


@settings(max_examples=60)
@given(MOVES, st.permutations(range(len(HOLDERS))), st.integers(0, 6), st.sampled_from([0, 3, 256]))
def test_partners_are_counted_whoever_is_busy(moves, order, least, busy):
    partners = defaultdict(set)
    for one in moves:
        partners[one["source"]] |= {one["target"]} - {one["source"]}
        partners[one["target"]] |= {one["source"]} - {one["target"]}
    with pytest.MonkeyPatch.context() as patch:
        for module in (layout_module, layout_write):
            patch.setattr(module, "BUSY", busy)
        layout = layout_of(moves, Memory())
        found = layout.partners(np.array(order)).tolist(), layout.busy(least).tolist()
    assert found[0] == [len(partners[pool]) for pool in order]
    assert found[1] == [pool for pool in range(len(HOLDERS)) if len(partners[pool]) > least]
    ends = [one[side] for one in moves for side in ("source", "target")]
    hubs = [pool for pool in range(len(HOLDERS)) if ends.count(pool) > busy]
    assert layout.tables["hub"]["pool"].to_pylist() == hubs


def test_a_transaction_that_another_interrupts_is_sealed_as_one():
    """Two hashes at one place of a block, as after a fork; the positions mix them."""
    order = ["t1", "t2", "t1", "t1", "t2"]
    given = [{"tx_hash": one, "tx_index": 0, "position": n} for n, one in enumerate(order)]
    ledger = memory_ledger(transfers(*given, {"tx_hash": "t1", "block": 2, "position": 9}), sources())
    assert ledger.layout.tables["joined"].to_pylist() == [{"row": 2, "first": 0}, {"row": 4, "first": 1}]
    assert ledger.movements()["transaction"].to_pylist() == [0, 1, 0, 0, 1, 5]
    assert ledger.same_transactions(np.array([3])).tolist() == [0, 2, 3]
    assert ledger.same_transactions(np.array([4, 5])).tolist() == [1, 4, 5]


@pytest.mark.parametrize("row", [-1, 2])
def test_a_movement_that_is_not_there_is_a_mistake(row):
    with pytest.raises(IndexError, match="of 2"):
        layout_of([MOVE, MOVE], Memory()).movements(np.array([0, row]))


@settings(max_examples=30)
@given(MOVES)
def test_the_disk_has_what_memory_has(tmp_path_factory, moves):
    folder = tmp_path_factory.mktemp("layout")
    layout_of(moves, Folder(folder))
    kept, held = map_layout(folder), layout_of(moves, Memory())
    assert kept.size == held.size == len(moves)
    for name, values in held.columns.items():
        assert kept.columns[name].dtype == values.dtype
        assert kept.columns[name].tolist() == values.tolist()
    assert kept.tables == held.tables
    for one, other in ((kept.out, held.out), (kept.into, held.into)):
        assert (one.first.tolist(), one.row.tolist()) == (other.first.tolist(), other.row.tolist())
    every = np.arange(len(HOLDERS))
    assert kept.pools(every)["holder"].to_pylist() == held.pools(every)["holder"].to_pylist() == HOLDERS


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    layout_of([MOVE, {**MOVE, "amount": 1}, MOVE], Folder(folder))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


FILES = [*layout_module.COLUMNS, *layout_module.INDEX, *(f"{name}.arrow" for name in layout_module.TABLES)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("left", [None, 0, -1, -4])
def test_files_that_are_missing_or_cut_off_are_errors_that_a_person_can_mend(tmp_path, sealed, name, left):
    for other, data in sealed.items():
        (tmp_path / other).write_bytes(data)
    map_layout(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    if left is not None:
        (tmp_path / name).write_bytes(whole[:left])
    with pytest.raises(LedgerError, match="missing or damaged") as caught:
        map_layout(tmp_path)
    assert "verify" in caught.value.hint


def test_accounts_that_are_cut_off_are_an_error_too(tmp_path, sealed):
    for other, data in sealed.items():
        (tmp_path / other).write_bytes(data)
    (tmp_path / "account.u8").write_bytes(bytes(19))
    with pytest.raises(LedgerError, match=r"account\.u8"):
        map_layout(tmp_path)
