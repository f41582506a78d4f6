import numpy as np
from tests.analyze.test_swap import ASSETS, DOLLAR, ROUTER, SPENT, T13
from tests.data.ledger_rows import ASSET, CHAIN, at, sources
from tests.data.trace_case import holders, known, label, lead, ledger, traced

from bongsu.app.jobs import trace_step
from bongsu.app.jobs.trace_step import moment_texts, names_of

ROWS = (("v", "s", 100), ("c", "x", 50), ("s", "x", 100), ("x", "ex", 60), ("x", "y", 5), ("o", "x", 1))


def made_of(*rows, **facts):
    book = ledger(*rows)
    return traced(book, lead("s"), facts=known(*facts.pop("labels", ()), **facts)), book


def steps_of(made, book):
    return trace_step.steps_of(made, book, names_of(made.found), trace_step.walk(made, book))


def test_the_names_of_pools_are_in_their_order():
    made, _book = made_of(*T13, SPENT, labels=[ROUTER], assets=ASSETS)
    names = names_of(made.found)
    assert names.holder.tolist() == holders(made.found)
    assert names.asset.tolist() == made.found.pools["asset"].to_pylist()


def test_every_movement_of_a_way_has_one_step_and_no_other_has_one():
    made, book = made_of(*ROWS, labels=[label("ex", "exchange")])
    steps = steps_of(made, book)
    assert set(steps) == {m for end in made.endpoints for m in end.way}
    names = holders(made.found)
    moves = made.found.case.moves
    for m, step in steps.items():
        assert (step["source"], step["target"]) == (names[moves.source[m]], names[moves.target[m]])


def test_a_step_states_its_transaction_its_amounts_and_its_row():
    made, book = made_of(*ROWS, labels=[label("ex", "exchange")])
    (step,) = (one for one in steps_of(made, book).values() if one["target"] == "ex")
    amounts = {"poison": 60, "haircut": 40, "fifo": 10, "lifo": 60, "tiho": 60, "pifo": 60, "libr": 10}
    assert step == {
        "kind": "transfer",
        "chain": CHAIN,
        "tx_hash": "t4",
        "block": 4,
        "time": "2024-01-01T00:00:04Z",
        "tx_index": 0,
        "position": 0,
        "source": "x",
        "target": "ex",
        "asset": ASSET,
        "amount": "60",
        "tainted": {name: str(value) for name, value in amounts.items()},
        "evidence": {"sha256": sources()[0].sha256, "locator": "row 4"},
        "swap": None,
        "bridge": None,
        "confidence": 100,
        "why": [],
    }


def test_an_exchange_says_what_it_brought_and_which_rows_state_that():
    made, book = made_of(*T13, SPENT, labels=[ROUTER], assets=ASSETS)
    (m,) = made.found.turns
    step = steps_of(made, book)[m]
    assert (step["asset"], step["amount"], step["tainted"]["fifo"]) == (ASSET, "20", "8")
    assert (step["swap"]["asset"], step["swap"]["received"]) == (DOLLAR, "5000")
    assert (step["swap"]["tainted"]["fifo"], step["swap"]["tainted"]["poison"]) == ("2000", "5000")
    assert [one["locator"] for one in step["swap"]["evidence"]] == ["row 5"]
    assert (step["kind"], step["swap"]["method"], step["swap"]["events"]) == ("swap", "plain", [])


def test_an_answer_of_nothing_has_no_steps():
    made, book = made_of(("s", "a", 0))
    assert steps_of(made, book) == {}
    assert all(end.way == () for end in made.endpoints)


def test_times_are_texts_in_whole_seconds():
    moments = np.array(["2024-01-01T00:00:03.999999", "NaT", "2024-01-01T00:00:03"], dtype="datetime64[us]")
    assert moment_texts(moments) == ["2024-01-01T00:00:03Z", None, "2024-01-01T00:00:03Z"]
    assert moment_texts(np.array([at(61).replace(tzinfo=None)], "datetime64[us]")) == ["2024-01-01T00:01:01Z"]
    assert moment_texts(moments[:0]) == []
