"""What comes along with the rows of marked pools: each row once, and no more than a seal needs."""

import pyarrow as pa
import pytest
from tests.data.asked import engine_over, pools
from tests.data.ledger_rows import ASSET, CHAIN, at, rows

from bongsu.analyze.closure import Closure, extracted_rows

PLAIN = {"transactions": False, "blocks": False, "amounts": False, "clock": False}
NONE = pa.schema([("part", pa.string()), ("locator", pa.int64())]).empty_table()


@pytest.fixture
def extracted(tmp_path):
    """Locators of the rows that are extracted for a pool of ether."""

    def answer(table, holder="m", witnesses=NONE, **closure):
        with engine_over(tmp_path, table) as engine:
            question = extracted_rows(Closure(**PLAIN | closure))
            marked = pools((CHAIN, ASSET, holder))
            return sorted(engine.run(question, marked=marked, witnesses=witnesses)["locator"].to_pylist())

    return answer


def test_rows_in_and_out_and_witnesses_are_taken_once(extracted, tmp_path):
    book = rows({"source": "m"}, {"target": "m"}, {"source": "m", "target": "m"}, {}, {"source": "x"}, {})
    seen = pa.table({"part": [str(tmp_path / "0.parquet")] * 2, "locator": [1, 5]})
    assert extracted(book) == [1, 2, 3]
    assert extracted(book, witnesses=seen) == [1, 2, 3, 5]


def test_others_of_a_transaction_come_along_but_not_those_without_one(extracted):
    book = rows(
        {"source": "m", "tx_hash": "x"}, {"tx_hash": "x"}, {"tx_hash": "y"}, {"source": "m", "tx_hash": ""},
        {"tx_hash": ""}, {"tx_hash": "x", "chain": "eip155:56"},
    )  # fmt: skip
    assert extracted(book) == [1, 4]
    assert extracted(book, transactions=True) == [1, 2, 4]


def test_a_block_comes_along_where_a_transaction_does_not_say_its_place(extracted):
    placed = {"tx_index": 1, "time": at(0)}
    book = rows(
        {"source": "m", "block": 1, "tx_hash": "x", **placed}, {"block": 1, "tx_hash": "y", **placed},
        {"source": "m", "block": 2, "tx_hash": "z", "time": at(0)}, {"block": 2, "tx_hash": "u", **placed},
        {"block": 9, "tx_hash": "u", **placed}, {"block": 3, "tx_hash": "v", **placed},
    )  # fmt: skip
    assert extracted(book, transactions=True, blocks=True) == [1, 3, 4, 5]


def test_rows_without_block_stand_with_those_of_their_time(extracted):
    loose = {"block": None, "tx_hash": ""}
    book = rows({"source": "m", "time": at(5), **loose}, {"time": at(5), **loose}, {"time": at(6), **loose})
    assert extracted(book, transactions=True, blocks=True) == [1, 2]
    nowhere = rows({"source": "m", **loose}, {**loose}, {"time": at(6), **loose})
    assert extracted(nowhere, transactions=True, blocks=True) == [1, 2]


def test_what_states_a_spent_amount_comes_along(extracted):
    book = rows(
        {"source": "m", "target": "u", "kind": "spend", "amount": None, "tx_hash": "x"},
        {"source": "t:0", "target": "u", "kind": "spend", "amount": None, "tx_hash": "x"},
        {"source": "t", "target": "t:0", "kind": "pay", "tx_hash": "y"},
        {"source": "t", "target": "t:1", "kind": "pay", "tx_hash": "y"},
    )
    assert extracted(book, transactions=True) == [1, 2]
    assert extracted(book, transactions=True, amounts=True) == [1, 2, 3]


def test_blocks_that_tell_the_time_of_others_come_along(extracted):
    book = rows(
        {"block": 1, "tx_hash": "a"}, {"block": 2, "time": at(50), "tx_hash": "b"},
        {"block": 3, "time": at(90), "tx_hash": "c"},
        {"block": 4, "time": at(70), "tx_hash": "d", "source": "m"},
        {"block": 5, "time": at(95), "tx_hash": "e", "source": "m"},
        {"block": 6, "time": at(60), "tx_hash": "f"},
    )  # fmt: skip
    assert extracted(book, transactions=True, clock=True) == [3, 4, 5]
    first = rows({"block": 1, "source": "m", "tx_hash": "a"}, {"block": 2, "time": at(50), "tx_hash": "b"})
    assert extracted(first, transactions=True, clock=True) == [1, 2]
