import json

import numpy as np
from tests.data.pattern_case import flow_book, pool

from bongsu.analyze.book import MOST_EVIDENCE, Statement, finding_of
from bongsu.model.marking import PUBLIC


def said(rows):
    return Statement(what="x", subject="s", score=40, why=("because",), rows=np.array(rows))


def test_names_and_amounts():
    book = flow_book(("a", "b", 15 * 10**17))
    a = pool(book, "a")
    assert (book.account(a), book.holder(a)) == ("eip155:1:a", "a")
    assert book.amount(a, 15 * 10**17) == "1.50 ETH"
    unknown = type(book)(movements=book.movements, pools=book.pools)
    assert unknown.amount(a, 1500) == "1,500 base units of eip155:1/slip44:60"
    assert book.total(np.array([0])) == 15 * 10**17


def test_evidence_leads_to_the_row_of_the_file():
    book = flow_book(("a", "b", 10**18), ("b", "c", 2 * 10**18))
    (one,) = book.evidence([1])
    assert (one.sha256, one.locator) == (book.sources[0].sha256, "row 2")
    assert one.what == "b paid c 2.00 ETH in t2"


def test_a_finding_says_what_it_leaves_out():
    book = flow_book(*[("a", f"b{n}", 1) for n in range(MOST_EVIDENCE + 5)])
    short = finding_of(book, said([3, 3, 1]), method="m@1", params={"b": 2, "a": None})
    assert [one.locator for one in short.evidence] == ["row 2", "row 4"]
    assert (short.why, short.marking, json.loads(short.params)) == (("because",), PUBLIC, {"a": None, "b": 2})
    long = finding_of(book, said(range(MOST_EVIDENCE + 5)), method="m@1", params={})
    assert len(long.evidence) == MOST_EVIDENCE
    assert "first 100 of 105" in long.why[-1]


def test_touching_is_of_either_end():
    book = flow_book(("a", "b", 1), ("b", "c", 1), ("d", "e", 1))
    focus = np.zeros(book.pools.num_rows, dtype=bool)
    focus[pool(book, "b")] = True
    assert book.touching(focus).tolist() == [True, True, False]
