from tests.data.ledger_rows import at
from tests.data.trace_case import ledger

from bongsu.analyze.as_of import last_seen

OTHER = {"chain": "eip155:56", "asset": "eip155:56/slip44:60", "block": 9, "time": None}


def test_last_block_and_time_by_chain():
    book = ledger(("v", "s", 5), ("s", "a", 1), ("x", "y", 3), ("a", "b", 1, OTHER))
    assert last_seen(book) == {"eip155:1": (3, at(3)), "eip155:56": (9, None)}


def test_what_comes_after_the_window_was_not_looked_at():
    book = ledger(("v", "s", 5), ("s", "a", 1), ("x", "y", 3), ("a", "b", 1, OTHER))
    assert last_seen(book, until=at(2)) == {"eip155:1": (2, at(2)), "eip155:56": (9, None)}
