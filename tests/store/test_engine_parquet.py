"""DuckDB over Parquet files where they are."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.asked import engine_over, hash_of, hashed, plain, write_packed
from tests.data.ledger_rows import paid
from tests.data.odd_ledger import ACCOUNTS, Odd

from bongsu.analyze import extraction
from bongsu.errors import InputError, LedgerError
from bongsu.store.engine_parquet import engine_failed, open_parquet_engine

BOOK = paid(("a", "b", 1), ("b", "c", 1))


def test_it_says_what_it_is_and_where_a_row_is_from(tmp_path):
    with engine_over(tmp_path, BOOK) as engine:
        assert engine.name.startswith("duckdb 2.")
        (part,) = set(engine.run(extraction.survey())["part"].to_pylist())
        assert engine.path_of(part) == str(tmp_path / "0.parquet")


def test_parts_of_a_ledger_are_read_as_what_they_say(tmp_path):
    book = hashed(pa.concat_tables(Odd(seed).transfers() for seed in range(8)))
    write_packed(tmp_path / "packed.parquet", book)
    pq.write_table(book.drop_columns("file"), tmp_path / "text.parquet")
    given = {
        "accounts": pa.table({"address": [*ACCOUNTS[:2], "null", "addr1"]}),
        "transactions": pa.table({"tx_hash": [hash_of("t3-1")]}),
    }
    found = []
    with open_parquet_engine() as engine:
        for name in ("packed", "text"):
            engine.load([str(tmp_path / f"{name}.parquet")])
            found.append(plain(engine.run(extraction.named_rows(), **given)))
    assert found[0] == found[1]
    assert {"null", ACCOUNTS[0]} & {row["source"] for row in found[0]}


def test_given_tables_are_those_of_the_last_question(tmp_path):
    given = {"transactions": pa.table({"tx_hash": pa.array([], pa.string())})}
    with engine_over(tmp_path, BOOK) as engine:
        for name, count in (("a", 1), ("b", 2), ("z", 0)):
            accounts = pa.table({"address": [name]})
            assert len(engine.run(extraction.named_rows(), accounts=accounts, **given)) == count


def test_files_may_have_more_columns_and_any_name(tmp_path):
    path = tmp_path / "it's [1] 100%.parquet"
    pq.write_table(BOOK.append_column("note", pa.array(["x", "y"])), path)
    with open_parquet_engine() as engine:
        engine.load(engine.list_files(str(tmp_path)))
        found = engine.run(extraction.survey())
        assert (found["part"].to_pylist(), found["rows"].to_pylist()) == ([str(path)], [2])


def test_files_that_are_no_transfers_are_refused(tmp_path):
    pq.write_table(BOOK.drop_columns(["amount", "kind"]), tmp_path / "0.parquet")
    with open_parquet_engine() as engine, pytest.raises(LedgerError, match="they lack amount, kind"):
        engine.load([str(tmp_path / "0.parquet")])
    (tmp_path / "1.parquet").write_bytes(b"no Parquet at all")
    with open_parquet_engine() as engine, pytest.raises(LedgerError, match="Cannot ask duckdb") as caught:
        engine.load([str(tmp_path / "1.parquet")])
    assert "\n" not in str(caught.value)


def test_a_url_is_for_a_cluster():
    with open_parquet_engine() as engine, pytest.raises(InputError, match="s3a://x/y") as caught:
        engine.list_files("s3a://x/y/*.parquet")
    assert "spark://" in caught.value.hint


def test_an_error_is_one_line():
    assert str(engine_failed("x 1", "\n\nIt broke.\nat line 9\n")) == "Cannot ask x 1: It broke."
    assert str(engine_failed("x 1", "")) == "Cannot ask x 1: ?."
