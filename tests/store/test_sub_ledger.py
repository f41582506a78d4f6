"""A ledger of some rows of a larger one: it cites the same sources and knows what the whole knows."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
from tests.data.asked import pools
from tests.data.ledger_rows import ASSET, CHAIN, at, gaps, moved, paid
from tests.data.part_ledger import part_ledger

from bongsu.store.ledger import open_ledger
from bongsu.store.part_set import ledger_parts
from bongsu.store.sub_ledger import sub_ledger

BOOK = paid(("a", "b", 1), ("b", "c", 2), ("c", "d", 3, {"file": 1}), ("d", "e", 4))
NOBODY = pools(counterparties=pa.array([], pa.int64()))


def test_all_rows_make_the_same_ledger(tmp_path):
    folder = part_ledger(tmp_path, BOOK)
    whole, parts = open_ledger(folder), ledger_parts(folder)
    numbers = {record.name: number for number, record in enumerate(parts.records)}
    files = pa.array([numbers[f"file {one}"] for one in BOOK["file"].to_pylist()], pa.int32())
    rows = BOOK.set_column(BOOK.schema.get_field_index("file"), "file", files)
    with sub_ledger(rows, parts, busy=NOBODY) as part:
        assert (part.sources, part.fingerprint) == (whole.sources, whole.fingerprint)
        assert part.movements().equals(whole.movements())
        assert part.pools().equals(whole.pools())


def test_rows_that_are_alike_are_cited_in_the_order_of_their_source_whatever_order_an_engine_gives(tmp_path):
    book = paid(*[("a", "b", 1, {"block": 1, "time": at(1), "position": None})] * 3)
    folder = part_ledger(tmp_path, book)
    whole, parts = open_ledger(folder), ledger_parts(folder)
    cited = whole.citations(np.arange(3))
    backward = book.set_column(book.schema.get_field_index("file"), "file", pa.array([0, 0, 0], pa.int32()))
    with sub_ledger(backward.take([2, 0, 1]), parts, busy=NOBODY) as part:
        assert part.citations(np.arange(3)).equals(cited)
        assert len(set(cited["locator"].to_pylist())) == 3


def test_some_rows_keep_sources_gaps_and_busy_pools_of_the_whole(tmp_path):
    parts = replace(ledger_parts(part_ledger(tmp_path, BOOK)), gaps=gaps({"holder": "q"}))
    busy = pools((CHAIN, ASSET, "b"), (CHAIN, ASSET, "zz"), counterparties=[7, 9])
    with sub_ledger(BOOK.slice(0, 1), parts, busy=busy) as part:
        assert [(one["source"], one["target"]) for one in moved(part)] == [("a", "b")]
        assert len(part.sources) == 2
        assert part.gaps()["holder"].to_pylist() == ["q"]
        names = part.pools()["holder"].to_pylist()
        busy_at = {least: [names[one] for one in part.busy_pools(least)] for least in (0, 1, 6, 7)}
        assert busy_at == {0: ["a", "b"], 1: ["b"], 6: ["b"], 7: []}


def test_the_part_knows_its_own_gaps_where_no_seal_knows_the_whole(tmp_path):
    parts = replace(ledger_parts(part_ledger(tmp_path, BOOK)), gaps=None)
    with sub_ledger(paid(("a", "b", None), ("a", "b", 1)), parts, busy=NOBODY) as part:
        assert part.gaps()["reason"].to_pylist() == ["needs_amount"]
