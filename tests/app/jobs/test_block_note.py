"""Facts about blocks that an import gathers."""

import pyarrow as pa

from bongsu.app.jobs.block_note import BlockNotes
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT


def batch(**columns):
    rows = pa.table({**columns, "locator": pa.array([1, 2, 3])})
    return Batch(rows=rows, rejects=REJECT.empty_table())


def test_base_fees_of_blocks():
    notes = BlockNotes("ethereum-etl/blocks", "eip155:1")
    notes.add(batch(number=["3", "2", "x"], base_fee_per_gas=["30", None, "1"]))
    assert notes.table().to_pylist() == [{"chain": "eip155:1", "block": 3, "base_fee": 30, "traced": False}]


def test_blocks_of_traces_once_each():
    notes = BlockNotes("graphsense/traces", "eip155:1")
    for _again in range(2):
        notes.add(batch(block_number=["9", "7", "9"]))
    assert [(one["block"], one["traced"]) for one in notes.table().to_pylist()] == [(7, True), (9, True)]


def test_other_formats_state_nothing():
    notes = BlockNotes("flows", "eip155:1")
    notes.add(batch(block_number=["9", "7", "9"]))
    assert notes.table() is None
