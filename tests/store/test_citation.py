"""What rows of part files state is what the files say, row by row."""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import rows

from bongsu.errors import LedgerError
from bongsu.model.movement import CITATION
from bongsu.model.transfer import TRANSFER
from bongsu.store.citation import PART, Citations, list_parts, memory_citations
from bongsu.store.part_pack import pack_transfers

SIZES = [7, 0, 1, 12, 0]
"""Rows of each part; some have none, also the last."""
FILES = [3, 5, 5, 9, 9]
"""The source that each part is of."""
STATED = [
    {"tx_hash": f"0x{n:064x}", "tx_index": None if n % 3 else n, "position": None if n % 4 else 2**31 + n}
    for n in range(sum(SIZES))
]
COLUMNS = [["tx_hash"], ["file"], ["locator", "file", "tx_hash"], ["tx_index", "position"], CITATION.names]


@pytest.fixture(scope="module")
def cited(tmp_path_factory):
    """Parts whose hashes are bytes or texts, in several row groups or one; and all rows as one list."""
    folder, names, expected = tmp_path_factory.mktemp("ledger"), {}, []
    bounds = np.cumsum([0, *SIZES])
    for number, (first, last) in enumerate(pairwise(bounds)):
        table = rows(*STATED[first:last], file=FILES[number])
        expected += table.select(CITATION.names).to_pylist()
        table = table.select(TRANSFER.names)
        packed = table if number == 3 else pack_transfers(table)
        names[f"{number}.parquet"] = FILES[number]
        pq.write_table(packed, folder / f"{number}.parquet", row_group_size=5 - number)
    return Citations(parts=list_parts(folder, names), folder=folder), expected


@settings(max_examples=60)
@given(st.lists(st.integers(0, sum(SIZES) - 1), max_size=12), st.sampled_from(COLUMNS))
def test_rows_are_given_in_any_order_and_as_often_as_asked(cited, asked, columns):
    found = cited[0].take(np.array(asked, dtype=np.uint32), columns)
    assert found.schema.equals(CITATION.empty_table().select(columns).schema)
    assert found.to_pylist() == [{name: cited[1][row][name] for name in columns} for row in asked]


def test_parts_are_listed_with_their_sizes(cited):
    parts = cited[0].parts
    assert parts.schema == PART
    assert parts["rows"].to_pylist() == SIZES
    assert parts["first"].to_pylist() == [0, 7, 7, 8, 20]
    assert parts["file"].to_pylist() == FILES


def test_only_files_that_hold_a_row_are_read(cited):
    names = cited[0].parts["path"].to_pylist()
    gone = cited[0].parts.set_column(0, "path", [[names[0], "gone", "gone", names[3], "gone"]]).cast(PART)
    some = Citations(parts=gone, folder=cited[0].folder)
    assert some.take(np.array([19, 0])).to_pylist() == [cited[1][19], cited[1][0]]
    with pytest.raises(LedgerError, match="gone"):
        some.take(np.array([19, 7]))


def test_damaged_parts_are_errors_that_a_person_can_mend(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nonsense")
    for name in ("a.parquet", "b.parquet"):
        with pytest.raises(LedgerError, match=name):
            list_parts(tmp_path, {name: 0})
    parts = pa.Table.from_pylist([{"path": "a.parquet", "file": 0, "first": 0, "rows": 1}], schema=PART)
    with pytest.raises(LedgerError, match=r"a\.parquet"):
        Citations(parts=parts, folder=tmp_path).take(np.array([0]))


def test_citations_in_memory_are_those_of_the_table():
    given = rows(*STATED[:9], file=4)
    assert (
        memory_citations(given)
        .take(np.array([8, 2, 2]))
        .equals(given.select(CITATION.names).cast(CITATION).take([8, 2, 2]))
    )
