from dataclasses import replace

import numpy as np
import pytest
from tests.data.ledger_rows import at
from tests.data.trace_case import TOKEN, lead, ledger, theft

from bongsu.analyze.lead import Theft
from bongsu.analyze.theft import mark_thefts, overdraft_tags
from bongsu.errors import LeadError
from bongsu.kernel.case import FIRST_STOLEN, UNKNOWN


def marked(book, asked, *, counted=None):
    count = book.pool_count
    return mark_thefts(book, asked, counted=np.ones(count, dtype=bool) if counted is None else counted)


def stolen(book, marks):
    """(source, target, tag from 0) of each stolen movement."""
    holder = book.pools()["holder"].to_pylist()
    rows = book.movements(marks.rows).to_pylist()
    return [
        (holder[one["source"]], holder[one["target"]], tag - FIRST_STOLEN)
        for one, tag in zip(rows, marks.tags.tolist(), strict=True)
    ]


def owners(book, marks):
    return {
        name: tag - FIRST_STOLEN
        for name, tag in zip(
            book.pools(marks.sources)["holder"].to_pylist(), marks.owner.tolist(), strict=True
        )
    }


def overdrafts(book, marks, asked):
    source = book.ends()[0].astype(np.int64)
    return overdraft_tags(marks, asked, source, book.movements()["time"]).tolist()


def test_what_sources_got_from_others_is_stolen():
    book = ledger(("v", "s1", 5), ("s1", "s2", 5), ("w", "s2", 3), ("s2", "x", 8))
    marks = marked(book, lead(theft("s1", "s2")))
    assert stolen(book, marks) == [("v", "s1", 0), ("w", "s2", 0)]
    assert owners(book, marks) == {"s1": 0, "s2": 0}
    assert len(marks.sources) == 2


def test_the_window_holds_its_start_and_not_its_end():
    book = ledger(*((f"v{n}", "s", 1) for n in range(1, 5)), ("s", "x", 9, {"time": at(2)}))
    asked = lead(theft("s", start=at(2), end=at(4)))
    marks = marked(book, asked)
    assert [one[0] for one in stolen(book, marks)] == ["v2", "v3"]


def test_a_movement_without_a_time_is_in_the_window():
    book = ledger(("v", "s", 1, {"time": None, "block": None}), ("s", "x", 1, {"time": None, "block": None}))
    asked = lead(theft("s", start=at(2), end=at(4)))
    assert [one[0] for one in stolen(book, marked(book, asked))] == ["v"]


def test_what_a_source_lacks_in_the_window_is_taken_to_be_stolen():
    book = ledger(("s", "x", 1), ("s", "x", 1), ("s", "x", 1), ("x", "y", 9))
    asked = lead(theft("s", start=at(2), end=at(3)))
    marks = marked(book, asked)
    assert len(marks.rows) == 0
    assert overdrafts(book, marks, asked) == [UNKNOWN, FIRST_STOLEN, UNKNOWN, UNKNOWN]


def test_listed_transactions_say_who_got_the_money():
    book = ledger(
        ("v", "thief", 10, {"tx_hash": "0xt"}),
        ("v", "through", 4, {"tx_hash": "0xt", "block": 1, "time": at(1), "position": 1}),
        ("through", "friend", 4, {"tx_hash": "0xt", "block": 1, "time": at(1), "position": 2}),
        ("v", "fee:1", 1, {"tx_hash": "0xt", "block": 1, "time": at(1), "position": 3}),
        ("z", "thief", 7),
    )
    asked = lead(Theft(name="t", transactions=("0xT",)))
    marks = marked(book, asked)
    assert owners(book, marks) == {"thief": 0, "friend": 0}
    assert stolen(book, marks) == [("v", "thief", 0), ("through", "friend", 0)]
    assert marks.by_transaction == (True,)
    assert set(overdrafts(book, marks, asked)) == {UNKNOWN}


def test_a_thief_who_pays_another_in_the_theft_adds_nothing():
    book = ledger(
        ("v", "thief", 10, {"tx_hash": "0xt"}),
        ("thief", "friend", 6, {"tx_hash": "0xt", "block": 1, "time": at(1), "position": 1}),
    )
    marks = marked(book, lead(Theft(name="t", transactions=("0xt",))))
    assert owners(book, marks) == {"thief": 0, "friend": 0}
    assert stolen(book, marks) == [("v", "thief", 0)]


def test_addresses_of_a_lead_narrow_its_transactions():
    book = ledger(
        ("v", "s", 10, {"tx_hash": "0xt"}), ("v", "x", 4, {"tx_hash": "0xt", "block": 1, "time": at(1)})
    )
    marks = marked(book, lead(replace(theft("s"), transactions=("0xt",))))
    assert stolen(book, marks) == [("v", "s", 0)]


def test_addresses_count_where_the_transactions_are_not_in_the_ledger():
    book = ledger(("v", "s", 10), ("s", "x", 30))
    asked = lead(replace(theft("s"), transactions=("0xelsewhere",)))
    marks = marked(book, asked)
    assert stolen(book, marks) == [("v", "s", 0)]
    assert marks.by_transaction == (False,)
    assert overdrafts(book, marks, asked) == [UNKNOWN, FIRST_STOLEN]


def test_each_theft_has_its_own_rule_for_what_is_lacking():
    book = ledger(("v", "s", 10, {"tx_hash": "0xt"}), ("s", "x", 30), ("r", "x", 5))
    asked = lead(Theft(name="listed", transactions=("0xt",)), "r")
    marks = marked(book, asked)
    assert marks.by_transaction == (True, False)
    assert overdrafts(book, marks, asked) == [UNKNOWN, UNKNOWN, FIRST_STOLEN + 1]


def test_the_first_theft_keeps_a_pool_that_two_claim():
    book = ledger(("v", "s", 5), ("w", "r", 5), ("s", "x", 9))
    asked = lead(theft("s"), theft("s", "r"))
    marks = marked(book, asked)
    assert owners(book, marks) == {"s": 0, "r": 1}
    assert stolen(book, marks) == [("v", "s", 0), ("w", "r", 1)]
    assert overdrafts(book, marks, asked) == [UNKNOWN, UNKNOWN, FIRST_STOLEN]


def test_what_does_not_count_as_value_is_not_stolen():
    book = ledger(("v", "s", 5), ("v", "s", 5, {"asset": TOKEN}))
    ether = np.array([not asset.endswith("ab") for asset in book.pools()["asset"].to_pylist()])
    marks = marked(book, lead("s"), counted=ether)
    assert len(stolen(book, marks)) == 1
    assert len(marks.sources) == 1


@pytest.mark.parametrize("asked", [lead("nobody"), lead(Theft(name="t", transactions=("0xnone",)))])
def test_a_lead_that_the_ledger_does_not_know_says_what_to_do(asked):
    with pytest.raises(LeadError, match=r"Cannot trace test: .* no movement of (nobody|0xnone)\.") as e:
        marked(ledger(("a", "b", 1)), asked)
    assert "bongsu ledger import" in e.value.hint
