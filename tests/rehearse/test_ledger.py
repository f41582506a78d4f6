from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from bongsu.model.address import canonical_address
from bongsu.model.transfer import NULL_HOLDER, TRANSFER
from bongsu.rehearse.ledger import WEI_PER_UNIT, generate_ledger
from bongsu.rehearse.moves import CHUNK, generate_moves

SIZE = {"transfers": CHUNK + 5000, "pools": 3000, "seed": 11}


@pytest.fixture(scope="module")
def made():
    ledger = generate_ledger(**SIZE)
    return ledger.truth, list(ledger.batches)


@pytest.fixture(scope="module")
def table(made):
    return pa.concat_tables(made[1])


def test_batches_are_of_the_model_and_bounded(made, table):
    assert table.schema.equals(TRANSFER, check_metadata=True)
    table.validate(full=True)
    assert [len(batch) for batch in made[1]] == [CHUNK, 5000]
    assert all(table[field.name].null_count == 0 for field in TRANSFER if not field.nullable)


def test_rows_stand_in_one_strict_order(table):
    block, tx_index = table["block"].to_numpy(), table["tx_index"].to_numpy()
    assert (np.diff(block * 10**6 + tx_index) > 0).all()
    assert (np.diff(table["time"].cast(pa.int64()).to_numpy()) >= 0).all()
    assert table["locator"].to_pylist() == list(range(1, len(table) + 1))
    assert pc.count_distinct(table["tx_hash"]).as_py() == len(table)


def test_it_is_the_ledger_of_the_array_form(table):
    moves, _theft = generate_moves(**SIZE)
    assert [int(value) for value in table["amount"].to_pylist()] == [
        value * WEI_PER_UNIT for value in moves.amount.tolist()
    ]
    named = dict(zip(moves.target.tolist(), table["target"].to_pylist(), strict=True))
    assert [named[pool] for pool in moves.target.tolist()] == table["target"].to_pylist()
    assert len(set(named.values())) == len(named)
    named[0] = NULL_HOLDER
    paying = [m for m, pool in enumerate(moves.source.tolist()) if pool in named]
    source = table["source"].to_pylist()
    assert [named[int(moves.source[m])] for m in paying] == [source[m] for m in paying]


def test_holders_are_canonical_and_only_new_coins_come_from_nobody(table):
    some = table.slice(0, 2000).to_pylist()
    assert all(canonical_address("eip155:1", row["target"]) == row["target"] for row in some)
    assert all((row["source"] == NULL_HOLDER) == (row["kind"] == "reward") for row in some)
    assert pc.sum(pc.equal(table["kind"], "reward")).as_py() < 0.01 * len(table)


def test_the_truth_is_in_the_rows(made, table):
    truth = made[0]
    loot = table.filter(pc.is_in(table["tx_hash"], pa.array(truth.transactions)))
    assert len(loot) == len(truth.transactions)
    assert set(loot["target"].to_pylist()) == set(truth.sources)
    assert sum(int(value) for value in loot["amount"].to_pylist()) == truth.stolen
    times = loot["time"].to_pylist()
    assert truth.start == times[0]
    assert times[-1] < truth.end <= times[-1] + timedelta(minutes=1)
    to_thief = table.filter(pc.is_in(table["target"], pa.array(truth.sources)))
    assert to_thief.equals(loot)
    for address, held in truth.rest.items():
        got = table.filter(pc.equal(table["target"], address))["amount"].to_pylist()
        assert sum(int(value) for value in got) == held
        assert not pc.any(pc.equal(table["source"], address)).as_py()


def test_services_have_the_most_counterparties(made, table):
    counts = {row["values"]: row["counts"] for row in pc.value_counts(table["target"]).to_pylist()}
    busiest = sorted(counts, key=counts.__getitem__)[-3:]
    assert set(busiest) <= set(made[0].services)
