"""Part files as arrays say what the part files say."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import ASSET, CHAIN, at, rows
from tests.data.plain_rows import plain

from bongsu.kernel.intern import Interner
from bongsu.model.transfer import KINDS, TRANSFER
from bongsu.store.part_pack import pack_transfers, writing
from bongsu.store.plain_part import NotPlain, PlainReader, PlainRows

TOKEN = "eip155:1/erc20:0x" + "ab" * 20
PART = {"path": "a.parquet", "file": 6, "first": 100}
ROW = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["0x" + "0" * 40, "0x" + "1" * 40, "null"]),
        "target": st.sampled_from(["0x" + "1" * 40, "fee:7"]),
        "amount": st.sampled_from([0, 1, 2**64, 10**38 - 1]),
        "kind": st.sampled_from(["native", "token", "internal", "fee", "reward"]),
        "path": st.sampled_from([None, "0000"]),
        "position": st.sampled_from([0, 2**31]),
        "tx_index": st.sampled_from([None, 0, 5]),
        "block": st.integers(0, 2**40),
        "time": st.integers(0, 2**30).map(at),
        "tx_hash": st.integers(0, 2**256 - 1).map(lambda n: f"0x{n:064x}"),
    }
)
GIVEN = {"block": 1, "time": at(1), "tx_hash": "0x" + "a" * 64, "tx_index": 0}


def read(folder, table, reader=None, *, packed=True):
    """The rows of a part file of this table, and its reader."""
    reader = reader or PlainReader(folder, [CHAIN, "eip155:10"], Interner())
    table = table.select(TRANSFER.names)
    kept = pack_transfers(table) if packed else table
    pq.write_table(kept, folder / "a.parquet", **writing(kept))
    return reader.rows(reader.load(PART), PART), reader


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("parts")


@settings(max_examples=60)
@given(st.lists(st.tuples(ROW, st.sampled_from([ASSET, TOKEN])), min_size=1, max_size=8), st.booleans())
def test_rows_are_read_as_they_are(folder, given, packed):
    asked = [{**row, "asset": asset} for row, asset in given]
    found, reader = read(folder, rows(*asked), packed=packed)
    assert len(found) == len(asked)
    pools = {}
    for row, source, target in zip(asked, found.source.tolist(), found.target.tolist(), strict=True):
        assert pools.setdefault((row["asset"], row["source"]), source) == source
        assert pools.setdefault((row["asset"], row["target"]), target) == target
    assert sorted(pools.values()) == list(range(len(reader.interner))) == list(range(len(pools)))
    owner = reader.interner.table.record[: len(pools), 0] >> np.uint64(32)
    assert all(reader.assets[int(owner[n])] == (CHAIN, asset) for (asset, _holder), n in pools.items())
    micros = [round(row["time"].timestamp()) * 10**6 for row in asked]
    assert [int(low) + (int(high) << 64) for low, high in found.amount] == [row["amount"] for row in asked]
    assert [KINDS[kind] for kind in found.kind] == [row["kind"] for row in asked]
    assert found.chain.tolist() == [0] * len(asked)
    assert found.block.tolist() == [row["block"] for row in asked]
    assert found.time.tolist() == micros
    assert found.tx_index.tolist() == [-1 if row["tx_index"] is None else row["tx_index"] for row in asked]
    assert found.position.tolist() == [row["position"] for row in asked]
    assert [path or None for path in found.path.tolist()] == [row["path"] for row in asked]
    hashes = [row.astype(">u8").tobytes().hex() for row in found.words]
    assert hashes == [row["tx_hash"][2:] for row in asked]
    assert found.cite.tolist() == list(range(100, 100 + len(asked)))
    assert found.file.tolist() == [6] * len(asked)


def test_pools_and_assets_keep_their_numbers_from_part_to_part(tmp_path):
    first, reader = read(tmp_path, rows(GIVEN, asset=TOKEN))
    other = {**GIVEN, "chain": "eip155:10", "asset": "eip155:10/slip44:60"}
    second, _reader = read(tmp_path, rows(GIVEN, other, {**GIVEN, "asset": TOKEN}), reader)
    third, _reader = read(tmp_path, rows(GIVEN), reader)
    assert reader.assets == [(CHAIN, TOKEN), (CHAIN, ASSET), ("eip155:10", "eip155:10/slip44:60")]
    assert second.chain.tolist() == [0, 1, 0]
    assert len(reader.interner) == 6
    assert [first.source[0], first.target[0]] == [second.source[2], second.target[2]]
    assert [third.source[0], third.target[0]] == [second.source[0], second.target[0]]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"block": None}, "block"),
        ({"time": None, "amount": None}, "time amount"),
        ({"position": None}, "position"),
        ({"address": "bc1a"}, "outputs"),
        ({"tx_hash": ""}, "hash"),
        ({"chain": "eip155:56", "asset": "eip155:56/slip44:60"}, "chain"),
        *(({"kind": kind}, "outputs") for kind in ("spend", "pay", "subsidy", "claim")),
    ],
)
def test_one_row_that_is_not_plain_leaves_all_to_the_engine(tmp_path, change, why):
    with pytest.raises(NotPlain) as caught:
        read(tmp_path, rows(GIVEN, {**GIVEN, **change}))
    assert str(caught.value) == why


def test_no_rows_are_plain(tmp_path):
    found, _reader = read(tmp_path, rows(GIVEN).slice(1))
    assert len(found) == len(PlainRows.none()) == 0


def told(found):
    return list(zip(found.cite.tolist(), found.time.tolist(), found.words[:, 3].tolist(), strict=True))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 5), max_size=8), st.integers(0, 6), st.integers(0, 8))
def test_rows_are_joined_and_split_by_time(times, bound, cut):
    whole = plain(*({"time": time, "tx_hash": n} for n, time in enumerate(times)))
    joined = PlainRows.joined(whole.take(np.arange(cut) % max(len(times), 1) if times else []), whole)
    early, late = joined.split(bound)
    rows_ = [*range(cut), *range(len(times))] if times else []
    expected = [(n % len(times), times[n % len(times)], n % len(times)) for n in rows_]
    assert told(joined) == expected
    assert told(early) == [one for one in expected if one[1] < bound]
    assert told(late) == [one for one in expected if one[1] >= bound]


def test_paths_are_joined_with_none():
    joined = PlainRows.joined(plain({}), plain({"path": "0000"}))
    assert joined.path.tolist() == [0, "0000"]
