"""Pools that numbers were given to as they were seen get the numbers that the database engine gives them."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.pool_case import ACCOUNTS, ASSETS, NAMES

from bongsu.kernel.intern import Interner
from bongsu.store import pool_order
from bongsu.store.column_buffer import texts_of
from bongsu.store.column_file import Memory
from bongsu.store.engine import open_engine
from bongsu.store.holder_write import HolderWriter
from bongsu.store.pool_order import write_pools
from bongsu.store.seal_row import _CLASS

SEEN = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(ACCOUNTS + NAMES) | st.text(max_size=4)),
    max_size=60,
    unique=True,
)
"""Pools in the order in which they were seen: owner, holder."""


@pytest.fixture(scope="module")
def engine():
    with open_engine() as one:
        yield one


def told(assets, seen):
    """Pools as the seal hands them over, and the new number of each that was seen."""
    interner = Interner()
    column = texts_of(pa.array([holder for _owner, holder in seen], pa.string()))
    owners = np.array([owner for owner, _holder in seen], dtype=np.uint32)
    assert interner.numbers(column, np.arange(len(seen), dtype=np.int32), owners).tolist() == [
        *range(len(seen))
    ]
    with HolderWriter(Memory()) as writer:
        new = write_pools(writer, interner, assets)
        assert new.dtype == np.uint32
        return writer.close(), new.tolist()


def ordered(engine, assets, seen):
    """The same pools as SQL orders them, with the numbers they had."""
    columns = [[*part] for part in zip(*((*assets[one], holder) for one, holder in seen), strict=True)]
    columns = columns or [[], [], []]
    kinds = {"chain": columns[0], "asset": columns[1], "holder": columns[2]}
    table = pa.table({name: pa.array(values, pa.string()) for name, values in kinds.items()})
    engine.register("seen", table.append_column("number", pa.array(range(len(seen)), pa.int64())))
    found = engine.execute(
        f"SELECT chain, asset, holder, number FROM seen ORDER BY chain, asset, {_CLASS}, holder"
    ).fetchall()
    return [one[:3] for one in found], [one[3] for one in found]


@pytest.mark.parametrize("most", [2**16 - 1, 0], ids=["few owners", "many owners"])
@settings(max_examples=50)
@given(assets=st.permutations(ASSETS), seen=SEEN)
def test_the_order_is_that_of_the_engine(engine, most, assets, seen):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool_order, "_MOST_OWNERS", most)
        patch.setattr(pool_order, "_PIECE", 3)
        holders, new = told(assets, seen)
    pools, numbers = ordered(engine, assets, seen)
    found = holders.take(np.arange(holders.count)).to_pylist()
    assert [(one["chain"], one["asset"], one["holder"]) for one in found] == pools
    assert {one["address"] for one in found} <= {None}
    assert [new[number] for number in numbers] == list(range(len(seen)))
    assert set(holders.spans["asset"].to_pylist()) == {asset for _chain, asset, _holder in pools}


def test_accounts_of_one_beginning_are_sorted_by_their_ends():
    """Several runs of accounts whose first six bytes are alike, one at each end."""
    accounts = [f"0x{head}{n:028x}" for head in ("0" * 12, "7" * 12, "f" * 12) for n in (2**80, 1, 2**60, 0)]
    holders, new = told(ASSETS[:1], [(0, one) for one in accounts])
    assert holders.take(np.arange(12))["holder"].to_pylist() == sorted(accounts)
    assert new == [sorted(accounts).index(one) for one in accounts]
