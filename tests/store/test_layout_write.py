"""Layouts are the same however their movements come."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.layout_case import CHAINS, HASHES, HOLDERS, MOVES, first_of, layout_of, moment, rows_of

from bongsu.errors import LedgerError
from bongsu.store import layout_write
from bongsu.store.column_file import Folder, Memory
from bongsu.store.layout_write import LayoutWriter

CUTS = st.lists(st.integers(0, 24), max_size=6) | st.just([*range(24)])


def content(layout):
    index = [one.tolist() for side in (layout.out, layout.into) for one in side]
    return {name: values.tolist() for name, values in layout.columns.items()}, layout.tables, index


@settings(max_examples=80)
@given(MOVES, CUTS)
def test_cuts_between_pieces_change_nothing(moves, cuts):
    assert content(layout_of(moves, Memory(), cuts=cuts)) == content(layout_of(moves, Memory()))


@settings(max_examples=60)
@given(MOVES)
def test_indexes_and_rare_values_are_those_of_the_movements(moves):
    layout = layout_of(moves, Memory())
    for side, index in (("source", layout.out), ("target", layout.into)):
        rows = [[n for n, one in enumerate(moves) if one[side] == pool] for pool in range(len(HOLDERS))]
        assert [index.row[a:b].tolist() for a, b in zip(index.first, index.first[1:], strict=False)] == rows
    large = [{"row": n, "high": one["amount"] >> 64} for n, one in enumerate(moves) if one["amount"] >> 64]
    learned = [{"row": n, "tx_index": one["learned"]} for n, one in enumerate(moves) if one["learned"]]
    assert layout.tables["large"].to_pylist() == large
    assert layout.tables["learned"].to_pylist() == learned
    runs, before = [], None
    for n, one in enumerate(moves):
        run = {"chain": CHAINS[one["chain"]], "block": one["block"], "time": moment(one["time"])}
        if run != before:
            runs.append({"first": n, **run})
        before = run
    assert layout.tables["run"].to_pylist() == runs


@settings(max_examples=60)
@given(MOVES)
def test_only_later_runs_of_a_transaction_are_joined_to_its_first(moves):
    first = first_of(moves)
    later = [{"row": n, "first": first[n]} for n in range(1, len(moves)) if first[n] not in (n, first[n - 1])]
    assert layout_of(moves, Memory()).tables["joined"].to_pylist() == later


@settings(max_examples=30)
@given(MOVES, st.permutations(range(len(HOLDERS))))
def test_pools_may_be_numbered_at_the_end(moves, new):
    layout = layout_of(moves, Memory(), cuts=[3, 9], new=np.array(new, dtype=np.uint32))
    renamed = [{**one, "source": new[one["source"]], "target": new[one["target"]]} for one in moves]
    expected = layout_of(renamed, Memory())
    assert layout.tables["joined"].num_rows == 0
    assert content(layout)[0::2] == content(expected)[0::2]


def test_pieces_of_a_column_are_renumbered_to_the_last():
    end = np.arange(10, dtype=np.uint32)
    layout_write._renumber(end, np.arange(20, 30, dtype=np.uint32), piece=4)
    assert end.tolist() == [*range(20, 30)]


def test_a_ledger_with_more_rows_than_numbers_is_refused(monkeypatch):
    move = {"source": 0, "target": 1, "amount": 1, "kind": "native", "assumed": False, "chain": 0, "block": 1}
    move |= {"time": 1, "tx_hash": HASHES[1], "tie": "none", "tx_index": 0, "learned": None}
    monkeypatch.setattr(layout_write, "MOST_ROWS", 3)
    assert layout_of([move] * 3, Memory(), cuts=[2]).size == 3
    with pytest.raises(LedgerError, match="more than 3 movements") as caught:
        layout_of([move] * 4, Memory(), cuts=[2])
    assert caught.value.hint


def test_what_fails_leaves_no_file_open(tmp_path):
    with pytest.raises(KeyError), LayoutWriter(Folder(tmp_path), CHAINS) as writer:
        writer.add(rows_of([]))
        raise KeyError
    assert all(column._file.closed for column in writer.columns.values())
