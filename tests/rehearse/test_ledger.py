from collections import Counter
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from bongsu.model.address import canonical_address
from bongsu.model.transfer import NULL_HOLDER, TRANSFER
from bongsu.rehearse.ledger import WEI_PER_UNIT, generate_ledger
from bongsu.rehearse.moves import CHUNK, Heists, generate_moves

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
    assert truth.taking.start == times[0]
    assert times[-1] < truth.taking.end <= times[-1] + timedelta(minutes=1)
    assert [truth.taking.first_block, truth.taking.last_block] == loot["block"].to_pylist()[:: len(loot) - 1]
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


SMALL, LARGE = ({"transfers": size, "pools": size // 5, "seed": 4} for size in (60_000, 900_000))
HEIST = Heists(count=1, movements=2000)


def test_a_large_heist_is_the_same_in_every_ledger():
    small, large = (generate_ledger(**size, heists=HEIST).truth for size in (SMALL, LARGE))
    other = generate_ledger(**SMALL | {"seed": 5}, heists=HEIST).truth
    for name in ("sources", "stolen", "movements", "rest", "cashed", "services"):
        assert getattr(small, name) == getattr(large, name) != getattr(other, name) or name == "movements"
    assert 1800 < small.movements < 2200
    assert sum(small.rest.values()) + sum(small.cashed.values()) == small.stolen


def test_a_large_heist_s_truth_is_in_the_rows():
    made = generate_ledger(**SMALL, heists=HEIST)
    truth, table = made.truth, pa.concat_tables(made.batches)
    got, spent, own = Counter(), Counter(), set(truth.sources)
    movements = []
    for row in table.to_pylist():
        if row["source"] in own:
            spent[row["source"]] += int(row["amount"])
            own |= {row["target"]} - set(truth.services)
        if row["source"] in own or row["target"] in own:
            got[row["target"]] += int(row["amount"])
            movements.append(row)
    assert len(movements) == truth.movements
    assert {address: got[address] - spent[address] for address in truth.rest} == truth.rest
    assert {address: got[address] for address in truth.cashed} == truth.cashed
    assert set(truth.cashed) <= set(truth.services)
    assert all(got[one] == spent[one] for one in own - set(truth.rest))
    assert truth.laundering.start == movements[0]["time"]
    assert truth.laundering.last_block == movements[-1]["block"]
    assert made.period.first_block == table["block"][0].as_py()
    assert made.period.last_block == table["block"][-1].as_py()


def test_each_of_several_heists_has_its_truth():
    made = generate_ledger(**SMALL, heists=Heists(count=2, movements=500))
    first, second = made.truths
    assert set(first.rest).isdisjoint(second.rest)
    assert first.sources != second.sources
    assert first.laundering.end < second.laundering.start
    table = pa.concat_tables(made.batches)
    for truth in made.truths:
        loot = table.filter(pc.is_in(table["tx_hash"], pa.array(truth.transactions)))
        assert set(loot["target"].to_pylist()) == set(truth.sources)
        assert sum(int(value) for value in loot["amount"].to_pylist()) == truth.stolen
