"""Rounds of the reach against the exact reach: never less, and no more than coarse order costs."""

import numpy as np
import pyarrow as pa
import pytest
from tests.data.asked import engine_over, pools
from tests.data.ledger_rows import ASSET, CHAIN, paid
from tests.data.trace_case import label

from bongsu.analyze.end import Labels
from bongsu.analyze.extraction import ALWAYS
from bongsu.analyze.frontier import KEY, Ends, Reach, find_busy
from bongsu.analyze.lead import Limits
from bongsu.analyze.stop import CODE
from bongsu.model.asset import ETHER

A = (CHAIN, ASSET, "a")
TOKEN = CHAIN + "/erc20:0x" + "ab" * 20


@pytest.fixture
def reached(tmp_path):
    """Holder to (since, followed) of every pool marked from pool a, and the number of rounds."""

    def run(book, *labels, limits=None, counted=(ASSET,)):
        limits = limits or Limits()
        with engine_over(tmp_path, book) as engine:
            ends = Ends(
                labels=Labels(labels), limits=limits, assets={ETHER.id: ETHER}, busy=find_busy(engine, limits)
            )
            reach = Reach(engine, ends, blockless=(), counted=set(counted))
            sources = pools(A).append_column("address", pa.array([None], pa.string()))
            marked = reach.run(sources, lambda stage: None)
        assert len(marked.group_by(KEY).aggregate([])) == len(marked), "each pool once"
        found = {(row["asset"], row["holder"]): (row["since"], row["followed"]) for row in marked.to_pylist()}
        return {key[1] if key[0] == ASSET else key: value for key, value in found.items()}, reach.rounds

    return run


def test_value_goes_forward_in_time_only(reached):
    found, rounds = reached(paid(("b", "x", 1), ("a", "b", 1), ("b", "c", 1), ("c", "a", 1)))
    assert found == {"a": (ALWAYS, True), "b": (2, True), "c": (3, True)}
    assert rounds == 3


def test_a_pool_touched_earlier_than_was_known_is_followed_again(reached):
    early = {"block": 1}
    book = paid(
        ("a", "b", 1, {"block": 9}), ("b", "y", 1, {"block": 5}), ("a", "m", 1, early), ("m", "b", 1, early)
    )
    found, rounds = reached(book)
    assert (found["b"], found["y"], rounds) == ((1, True), (5, True), 4)


def test_ends_are_marked_and_not_followed(reached):
    book = paid(
        ("a", "null", 1), ("null", "z", 1), ("a", "fee:2", 1), ("fee:2", "z", 1), ("a", "x", 1), ("x", "z", 1)
    )
    found, _rounds = reached(book, label("x", "exchange"))
    assert {name: followed for name, (_since, followed) in found.items()} == {
        "a": True, "null": False, "fee:2": False, "x": False,
    }  # fmt: skip


def test_busy_pools_are_ends_unless_they_are_known_to_be_followed(reached):
    book = paid(("a", "x", 1), *[("x", f"p{n}", 1) for n in range(3)])
    found, _rounds = reached(book, limits=Limits(counterparties=3))
    assert found["x"] == (1, False)
    found, _rounds = reached(book, label("x", "theft"), limits=Limits(counterparties=3))
    assert found["x"] == (1, True)
    found, _rounds = reached(book, limits=Limits(counterparties=0))
    assert len(found) == 5


def test_a_source_is_never_an_end(reached):
    found, _rounds = reached(paid(("a", "b", 1), ("b", "a", 1)), label("a", "exchange"))
    assert found["a"] == (ALWAYS, True)


def test_a_converter_gives_the_payer_other_assets_that_count(reached):
    swap = {"tx_hash": "x", "block": 5}
    book = paid(
        ("a", "dex", 1, swap), ("dex", "a", 1, {**swap, "asset": TOKEN}),
        ("dex", "b", 1, {**swap, "asset": TOKEN}),
        ("a", "c", 1, {"asset": TOKEN, "block": 6}),
    )  # fmt: skip
    found, _rounds = reached(book, label("dex", "dex"), counted=(ASSET, TOKEN))
    assert found == {"a": (ALWAYS, True), "dex": (5, False), (TOKEN, "a"): (5, True), (TOKEN, "c"): (6, True)}
    assert (TOKEN, "a") not in reached(book, label("dex", "dex"))[0]
    assert (TOKEN, "a") not in reached(book, counted=(ASSET, TOKEN))[0]


def test_codes_come_in_the_order_of_the_pools():
    busy = pools((CHAIN, ASSET, "q"), counterparties=[9])
    ends = Ends(
        labels=Labels([label("s", "exchange")]), limits=Limits(counterparties=5), assets={}, busy=busy
    )
    asked = pools(*((CHAIN, ASSET, name) for name in "qzsqy")).append_column(
        "address", pa.nulls(5, pa.string())
    )
    names = ["likely_service", "", "service", "likely_service", ""]
    assert ends.codes(asked).tolist() == [CODE[name] for name in names]
    assert ends.codes(asked.slice(0, 0)).dtype == np.int8
