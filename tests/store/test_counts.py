"""Counts of a file's rows."""

import json

import pyarrow as pa
from tests.data.ledger_rows import ASSET, gaps, rows

from bongsu.model.ports import Batch, Normalized
from bongsu.model.reject import REJECT
from bongsu.model.transfer import TRANSFER
from bongsu.store.counts import Counts


def refused(*given):
    return pa.Table.from_pylist(
        [{"source": "", "locator": at, "rule": rule, "message": "m"} for at, rule in given], schema=REJECT
    )


def counted(amounts):
    made = Normalized(
        rows_in=9,
        rows_kept=2,
        transfers=rows(*[{"amount": one} for one in amounts], {"kind": "fee", "amount": 5}).select(
            TRANSFER.names
        ),
        rejects=refused((4, "b"), (2, "a")),
        gaps=gaps({}, {}),
        set_aside={"zero_value": 1},
    )
    return Counts.of_batch(Batch(rows=pa.table({}), rejects=refused((1, "b"))), made)


def test_counts_of_a_batch():
    found = counted([10**38 - 1, 10**38 - 1, None])
    assert (found.rows_in, found.rows_kept, found.transfers) == (10, 2, 4)
    assert found.rejects == {"a": 1, "b": 2}
    assert found.first_rejects == {"a": "2: m", "b": "1: m"}
    assert (found.gaps, found.set_aside) == ({"needs_traces": 2}, {"zero_value": 1})
    assert found.sums == {ASSET: 2 * (10**38 - 1)}


def test_merge_keeps_the_first_example_and_adds_the_rest():
    total = counted([1])
    later = counted([2])
    later.first_rejects = {"a": "later", "c": "new"}
    total.merge(later)
    assert (total.rows_in, total.sums[ASSET], total.rejects["b"]) == (20, 3, 4)
    assert total.first_rejects == {"a": "2: m", "b": "1: m", "c": "new"}


def test_document_is_json_and_comes_back():
    counts = counted([10**38 - 1])
    assert Counts.of_document(json.loads(json.dumps(counts.document()))) == counts
