"""Figures of a whole ledger from one look at it on an engine."""

import pyarrow as pa
import pytest
from tests.data.asked import engine_over
from tests.data.ledger_rows import ASSET, BITCOIN, CHAIN, COIN, at, paid, rows

from bongsu.analyze.closure import Closure
from bongsu.analyze.survey import seen_until, survey_ledger
from bongsu.errors import LedgerError

PLAIN = Closure(transactions=False, blocks=False, amounts=False, clock=False)
ALL_PLAIN = {"time": at(1), "tx_index": 0}


@pytest.fixture
def surveyed(tmp_path):
    """Survey of some transfers, and what was last seen up to a moment."""

    def look(*tables, until=None):
        with engine_over(tmp_path, *tables) as engine:
            survey = survey_ledger(engine)
            return survey, seen_until(engine, survey, until)

    return look


def test_rows_files_assets_and_witnesses(surveyed, tmp_path):
    survey, _seen = surveyed(paid(("a", "b", 1), ("a", "b", 1)), paid(("a", "b", 1, {"asset": COIN})))
    paths = [str(tmp_path / name) for name in ("0.parquet", "1.parquet")]
    assert (survey.rows, survey.rows_by_part) == (3, {paths[0]: 2, paths[1]: 1})
    assert survey.assets == sorted([ASSET, COIN])
    assert sorted(survey.witnesses().to_pylist(), key=str) == [
        {"part": paths[0], "locator": 1},
        {"part": paths[1], "locator": 1},
    ]


def test_no_movements_is_said(surveyed):
    with pytest.raises(LedgerError, match="no movements"):
        surveyed(rows())


@pytest.mark.parametrize(
    ("more", "needed"),
    [
        ({}, {}),
        ({"asset": ASSET + "0"}, {"transactions": True}),
        ({"kind": "base_fee"}, {"transactions": True}),
        ({"position": None}, {"transactions": True}),
        ({"amount": None}, {"transactions": True, "amounts": True}),
        ({"tx_index": None}, {"transactions": True, "blocks": True}),
        ({"time": None}, {"transactions": True, "blocks": True}),
        ({"block": None}, {"transactions": True, "blocks": True, "clock": True}),
        ({"chain": BITCOIN, "asset": COIN}, {"transactions": True, "clock": True}),
    ],
)
def test_what_rows_do_not_state_says_what_must_come_along(more, needed, surveyed):
    survey, _seen = surveyed(rows(ALL_PLAIN, ALL_PLAIN | more))
    expected = {name: getattr(PLAIN, name) for name in Closure.__slots__} | needed
    assert survey.closure == Closure(**expected)


def test_chains_without_any_block_are_ordered_by_time(surveyed):
    survey, _seen = surveyed(rows({}, {"block": None}, {"chain": BITCOIN, "block": None}))
    assert survey.blockless == (BITCOIN,)


def test_the_last_block_and_time_of_what_states_an_amount(surveyed):
    book = paid(("a", "b", 1), ("a", "b", 1), ("a", "b", None))
    assert surveyed(book)[1] == {CHAIN: (2, at(2))}
    assert surveyed(book, until=at(1))[1] == {CHAIN: (1, at(1))}


def test_what_states_no_time_is_not_after_a_moment_unless_its_block_is(surveyed):
    timeless = {"time": None}
    book = paid(
        ("a", "b", 1), ("a", "b", 1, {"block": 1, **timeless}), ("a", "b", 1, timeless), ("a", "b", 1)
    )
    assert surveyed(book, until=at(1))[1] == {CHAIN: (3, at(1))}
    late = pa.concat_tables([book, rows({"block": 3, "time": at(9), "tx_hash": "z"})])
    assert surveyed(late, until=at(1))[1] == {CHAIN: (1, at(1))}
    assert surveyed(late)[1] == {CHAIN: (4, at(9))}
