"""Batches of a source in a ledger's folder."""

import dataclasses

import pyarrow as pa
import pyarrow.parquet as pq
from tests.data.ledger_rows import gaps, rows

from bongsu.model.ports import Batch, Normalized
from bongsu.model.reject import REJECT
from bongsu.model.transfer import TRANSFER
from bongsu.store.durable import digest
from bongsu.store.manifest import SourceRecord
from bongsu.store.part import PartWriter, files_of, remove_files, unfinished

SHA = "ab" * 32
RECORD = SourceRecord(sha256=SHA, name="x.csv", format="flows", options={"unit": "USD"}, batch_rows=10)
REFUSED = pa.Table.from_pylist([{"source": "", "locator": 1, "rule": "r", "message": "m"}], schema=REJECT)


def written(folder, record=RECORD):
    made = Normalized(
        rows_in=2, rows_kept=1, transfers=rows({}).select(TRANSFER.names), rejects=REFUSED, gaps=gaps({})
    )
    writer = PartWriter(ledger=folder, record=record)
    return writer, writer.write(0, Batch(rows=pa.table({}), rejects=REJECT.empty_table()), made)


def test_files_and_their_hashes(tmp_path):
    writer, counts = written(tmp_path)
    assert sorted(writer.files) == [
        f"{kind}/abababababab-00000.parquet" for kind in ("gaps", "parts", "rejects")
    ]
    assert all(digest(tmp_path / name) == sha for name, sha in writer.files.items())
    part = pq.read_table(tmp_path / "parts/abababababab-00000.parquet")
    assert part.schema.names == TRANSFER.names
    assert part.cast(TRANSFER).equals(rows({}).select(TRANSFER.names))
    assert pq.read_table(tmp_path / "rejects/abababababab-00000.parquet").column("source").to_pylist() == [
        SHA
    ]
    assert counts.rows_in == 2


def test_complete_batch_is_found_with_its_counts(tmp_path):
    first, counts = written(tmp_path)
    again = PartWriter(ledger=tmp_path, record=RECORD)
    assert again.found(0) == counts
    assert again.files == first.files
    assert again.found(1) is None


def test_batch_of_other_options_or_without_a_file_is_made_again(tmp_path):
    writer, _counts = written(tmp_path)
    other = dataclasses.replace(RECORD, options={"unit": "BTC"})
    assert PartWriter(ledger=tmp_path, record=other).found(0) is None
    (tmp_path / "gaps/abababababab-00000.parquet").unlink()
    assert writer.found(0) is None


def test_damaged_batch_is_made_again(tmp_path):
    writer, _counts = written(tmp_path)
    path = tmp_path / "parts/abababababab-00000.parquet"
    path.write_bytes(path.read_bytes()[:-7])
    assert writer.found(0) is None


def test_files_of_a_source_go_but_for_those_to_keep(tmp_path):
    writer, _counts = written(tmp_path)
    kept = dict(list(writer.files.items())[:1])
    remove_files(tmp_path, SHA, keep=kept)
    assert [str(path.relative_to(tmp_path)) for path in files_of(tmp_path, SHA)] == list(kept)


def test_source_that_no_manifest_lists_is_unfinished(tmp_path):
    written(tmp_path)
    assert unfinished(tmp_path, set()) == {"abababababab": 1}
    assert unfinished(tmp_path, {SHA}) == {}
