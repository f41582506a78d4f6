"""What is extracted for a trace, and that a trace of too little is refused."""

from dataclasses import replace

import pyarrow as pa
import pytest
from tests.data.asked import engine_over
from tests.data.ledger_rows import ASSET, at, paid, sources
from tests.data.trace_case import known, lead, theft, traced

from bongsu.analyze.lead import Limits
from bongsu.analyze.subgraph import complete, extract_subgraph
from bongsu.analyze.survey import survey_ledger
from bongsu.errors import ConservationError, LeadError
from bongsu.store.ledger import memory_ledger

FAKE = "eip155:1/erc20:0x" + "cd" * 20
A, TWIN = "0xabcdef" + "1" * 30 + "9876", "0xabcdef" + "2" * 30 + "9876"


def seal(rows):
    return memory_ledger(rows.drop_columns("part"), sources())


@pytest.fixture
def extracted(tmp_path):
    """Subgraph of a lead in some transfers."""

    def run(book, asked, limits=None):
        with engine_over(tmp_path, book) as engine:
            survey = survey_ledger(engine)
            return extract_subgraph(
                engine, survey, (asked, limits or Limits()), known(), seal=seal, progress=lambda stage: None
            )

    return run


def test_movements_of_marked_pools_are_extracted_and_no_others(extracted):
    book = paid(("v", "a", 5), ("a", "b", 5), ("q", "b", 1), ("b", "c", 5), ("q", "r", 1), ("b0", "q", 1))
    found = extracted(book, lead("a"))
    assert sorted(found.rows["locator"].to_pylist()) == [1, 2, 3, 4]
    marked = dict(zip(found.marked["holder"].to_pylist(), found.marked["followed"].to_pylist(), strict=True))
    assert (marked, found.rounds) == ({"a": True, "b": True, "c": True}, 3)


def test_what_misleads_a_reader_comes_along(extracted):
    book = paid(("v", A, 5), ("q", TWIN, 5), ("q", A, 5, {"asset": FAKE}), ("q", "r", 5), ("q", TWIN, 5))
    found = extracted(book, lead(A))
    assert sorted(found.rows["locator"].to_pylist()) == [1, 2, 3]
    assert A in found.marked["holder"].to_pylist()
    assert FAKE not in found.marked["asset"].to_pylist()


def test_a_lead_by_transactions_starts_at_who_gained(extracted):
    book = paid(("v", "a", 5), ("a", "b", 5), ("q", "r", 1))
    found = extracted(book, lead(theft(transactions=("T1",))))
    assert sorted(found.marked["holder"].to_pylist()) == ["a", "b"]


def test_a_lead_that_the_ledger_has_nothing_of_is_refused(extracted):
    with pytest.raises(LeadError, match="no movement of zz"):
        extracted(paid(("a", "b", 1)), lead("zz"))


def test_the_trace_of_the_part_is_told_with_the_size_of_the_whole(extracted):
    book = paid(("v", "a", 5), ("a", "b", 5), ("q", "r", 1))
    found = extracted(book, lead("a"))
    made = complete(traced(seal(found.rows), lead("a")), found, movements=3, last_seen={"x": (9, at(9))})
    assert (made.found.total, made.as_of) == (3, {"x": (9, at(9))})


def test_a_part_that_lacks_movements_of_a_followed_pool_is_refused(extracted):
    book = paid(("v", "a", 5), ("a", "b", 5), ("b", "c", 5))
    found = extracted(book, lead("a"))
    made = traced(seal(found.rows), lead("a"))
    complete(made, found, movements=3, last_seen={})
    lost = found.marked.filter(pa.array([name != "b" for name in found.marked["holder"].to_pylist()]))
    with pytest.raises(ConservationError, match="not all movements of b were extracted"):
        complete(made, replace(found, marked=lost), movements=3, last_seen={})
    ended = lost.slice(0, 0)
    with pytest.raises(ConservationError):
        complete(made, replace(found, marked=ended), movements=3, last_seen={})


def test_assets_of_the_whole_are_all_there(extracted):
    book = paid(("v", "a", 5), ("q", "r", 1, {"asset": FAKE}), ("q", "r", 1, {"asset": FAKE}))
    found = extracted(book, lead("a"))
    assert sorted(found.rows["asset"].to_pylist()) == sorted([ASSET, FAKE])
