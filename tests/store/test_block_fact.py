"""Facts about whole blocks."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from bongsu.store.block_fact import BlockFees, fee_facts, load_fees, load_traced, trace_facts
from bongsu.store.engine import open_engine
from bongsu.store.manifest import Manifest, SourceRecord


def put(folder, name, table):
    (folder / "blocks").mkdir(exist_ok=True)
    pq.write_table(table, folder / name)


def test_fees_are_a_mapping_by_block():
    fees = BlockFees(np.array([7, 3]), np.array([70, 30]))
    assert dict(fees) == {3: 30, 7: 70}
    assert (fees.get(7), fees.get(8), fees.get(5)) == (70, None, None)
    assert fees.digest() == BlockFees(np.array([3, 7]), np.array([30, 70])).digest()
    assert fees.digest() != BlockFees(np.array([3, 7]), np.array([30, 71])).digest()


def test_fees_of_one_chain_are_loaded(tmp_path):
    put(tmp_path, "blocks/a.parquet", fee_facts("eip155:1", {5: 50}))
    put(tmp_path, "blocks/b.parquet", fee_facts("eip155:56", {6: 60}))
    put(tmp_path, "blocks/c.parquet", trace_facts("eip155:1", np.array([5, 9])))
    files = {f"blocks/{one}.parquet": "" for one in "abc"}
    manifest = Manifest(sources=[SourceRecord(sha256="1", name="n", format="f", files=files)])
    assert dict(load_fees(tmp_path, manifest, "eip155:1")) == {5: 50}
    with pytest.raises(KeyError):
        load_fees(tmp_path, Manifest(), "eip155:1")[5]


def test_traced_blocks_are_those_of_traces_only(tmp_path):
    put(tmp_path, "blocks/a.parquet", fee_facts("eip155:1", {5: 50}))
    put(tmp_path, "blocks/c.parquet", trace_facts("eip155:1", np.array([9])))
    with open_engine() as engine:
        load_traced(engine, sorted((tmp_path / "blocks").iterdir()))
        assert engine.execute("FROM traced").fetchall() == [("eip155:1", 9)]
