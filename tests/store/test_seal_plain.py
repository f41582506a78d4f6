"""The seal at memory speed gives what the database engine gives, to the byte, or leaves it to it."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import at, rows

from bongsu.app.jobs.ledger_import import import_files
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.model.transfer import TRANSFER
from bongsu.rehearse.ledger import generate_ledger
from bongsu.store import seal_folder, seal_plain
from bongsu.store.manifest import Manifest, SourceRecord, load_manifest, save_manifest
from bongsu.store.part import PartWriter
from bongsu.store.plain_part import NotPlain

ACCOUNTS = ["0x" + digit * 40 for digit in "0123"] + ["null", "fee:7", "0yy", "0x12"]


def store(folder, tables, *, chain="eip155:1"):
    """A folder with a part file for each table, each of a source of its own."""
    records = []
    for number, table in enumerate(tables):
        record = SourceRecord(
            sha256=f"{number:064x}", name=f"file {number}", format="made", options={"chain": chain}
        )
        writer = PartWriter(ledger=folder, record=record)
        record.files = writer._put(f"parts/{number:012x}-00000.parquet", table.select(TRANSFER.names))
        records.append(record)
    save_manifest(folder, Manifest(sources=records))


def sealed_bytes(folder):
    manifest = seal_folder.seal_ledger(folder)
    sealed = folder / manifest.sealed["folder"]
    found = {path.name: path.read_bytes() for path in sealed.iterdir()}
    return found, manifest.sealed["counts"]


def unsealed(folder):
    manifest = load_manifest(folder)
    manifest.sealed = {}
    save_manifest(folder, manifest)


def both(folder):
    """What both seals make; whether the first was the fast one."""
    tried = []

    def noted(*args, **how):
        try:
            found = seal_plain.seal_plain(*args, **how)
        except NotPlain as why:
            tried.append(str(why))
            raise
        tried.append("")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal_folder, "seal_plain", noted)
        fast = sealed_bytes(folder)
        unsealed(folder)
        patch.setattr(seal_folder, "_seal_plain", lambda *_args: None)
        slow = sealed_bytes(folder)
    for name in fast[0] | slow[0]:
        assert fast[0].get(name) == slow[0].get(name), name
    assert fast[1] == slow[1]
    return tried


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failing case is small as it is; to shrink it takes minutes."""
HASHES = [f"0x{head}0{tail}{'0' * 50}" for head, tail in itertools.product(("0" * 12, "a" * 12), "01")]
ROW = st.fixed_dictionaries(
    {
        "source": st.sampled_from(ACCOUNTS),
        "target": st.sampled_from(ACCOUNTS),
        "amount": st.sampled_from([1, 2, 2**64, 10**38 - 1]),
        "kind": st.sampled_from(["native", "token", "internal", "fee", "base_fee"]),
        "asset": st.sampled_from(["eip155:1/slip44:60", "eip155:1/erc20:0x" + "ab" * 20]),
        "path": st.sampled_from([None, None, "0001", "0000.0001"]),
        "tx_hash": st.sampled_from(HASHES),
        "position": st.sampled_from([0, 1, 2, 2**31]),
        "tx_index": st.sampled_from([0, 1, 2, None]),
        "block": st.integers(1, 4),
    }
)


def placed(row, number, *, indexed, forked):
    """The row in its block, of a transaction of that block only unless the chain forked."""
    tx_hash = row["tx_hash"]
    if not forked:
        tx_hash = tx_hash[:14] + str(row["block"]) + tx_hash[15:]
    index = int(tx_hash[15]) if indexed else row["tx_index"]
    return row | {"time": at(row["block"]), "locator": number, "tx_hash": tx_hash, "tx_index": index}


@settings(max_examples=60, deadline=None, phases=QUICK)
@given(data=st.data())
def test_any_rows_are_sealed_alike(data, tmp_path_factory):
    count = data.draw(st.integers(1, 3))
    tables = [data.draw(st.lists(ROW, min_size=1, max_size=12)) for _file in range(count)]
    told = {"indexed": data.draw(st.booleans()), "forked": data.draw(st.sampled_from([False, False, True]))}
    folder = tmp_path_factory.mktemp("ledger")
    store(
        folder,
        [rows(*(placed(one, n, **told) for n, one in enumerate(table, start=1))) for table in tables],
    )
    both(folder)


@pytest.mark.parametrize("files", [1, 4])
def test_a_made_ledger_is_plain(tmp_path, files):
    made = generate_ledger(transfers=3000, pools=400, seed=5)
    batches = list(made.batches)
    whole = batches[0] if len(batches) == 1 else None
    assert whole is not None
    cuts = np.linspace(0, whole.num_rows, files + 1).astype(int)
    store(tmp_path, [whole.slice(a, b - a) for a, b in itertools.pairwise(cuts)])
    assert both(tmp_path) == [""]


def test_files_that_overlap_are_woven_into_one_order(tmp_path):
    (whole,) = generate_ledger(transfers=3000, pools=400, seed=6).batches
    every = np.arange(whole.num_rows)
    store(tmp_path, [whole.take(every[every % 3 == part]) for part in range(3)])
    assert both(tmp_path) == [""]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal_plain, "MOST_WAITING", 100)
        unsealed(tmp_path)
        assert both(tmp_path) == ["files overlap"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"block": None}, "block"),
        ({"amount": None}, "amount"),
        ({"position": None}, "position"),
        ({"tx_hash": ""}, "hash"),
        ({"tx_index": None}, "no place in its block"),
        ({"time": None}, "no time"),
        ({"chain": "eip155:10", "asset": "eip155:10/slip44:60"}, "chain"),
        ({"time": at(1)}, "time runs backward"),
        ({"address": "bc1x"}, "outputs"),
    ],
)
def test_what_is_not_plain_is_left_to_the_engine(tmp_path, change, why):
    plain = [
        {"tx_hash": HASHES[0], "block": n, "time": at(n), "locator": n, "tx_index": 0, "position": 0}
        for n in range(2, 5)
    ]
    store(tmp_path, [rows(*plain[:-1], plain[-1] | change)])
    assert both(tmp_path) == [why]


def test_a_transaction_that_two_blocks_state_is_counted_once(tmp_path):
    """As where files were exported on both sides of a reorganization."""
    one = {"tx_hash": HASHES[0], "tx_index": 0, "position": 0, "locator": 1}
    store(tmp_path, [rows(one | {"block": n, "time": at(n)}) for n in (5, 6)])
    assert both(tmp_path) == ["a transaction is in two blocks"]
    assert load_manifest(tmp_path).sealed["counts"]["movements"] == 1


def test_a_transaction_that_stands_at_two_places_of_its_block_is_left(tmp_path):
    one = {"tx_hash": HASHES[0], "position": 0, "locator": 1, "block": 5, "time": at(5)}
    store(tmp_path, [rows(one | {"tx_index": 0}, one | {"tx_index": 2})])
    assert both(tmp_path) == ["a transaction has two places"]


@pytest.mark.parametrize(
    "names", [["transactions"], ["token_transfers"], ["blocks", "token_transfers", "transactions"]]
)
def test_real_blocks_are_sealed_alike(onchain, tmp_path, names):
    folder = onchain / "ethereum-etl" / "blocks_17173049_17173050"
    paths = [folder / f"expected_{name}.json.gz" for name in names]
    for _found in import_files(paths, Path(tmp_path), ImportRequest(batch_rows=100)):
        pass
    assert len(both(tmp_path)) == 1
