"""Spark over the same files gives the same answers as DuckDB, question by question."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data import golden_sql
from tests.data.asked import engine_over, hash_of, hashed, plain, pools, write_packed
from tests.data.ledger_rows import ASSET, CHAIN, paid
from tests.data.odd_ledger import ACCOUNTS, Odd

from bongsu.analyze import extraction
from bongsu.analyze.extraction import ALWAYS
from bongsu.errors import InputError, LedgerError
from bongsu.store.engine_parquet import open_parquet_engine
from bongsu.store.engine_spark import open_spark

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
BOOK = paid(("a", "b", 1), ("b", "c", 1))
SEEDS = range(8)
QUESTIONS = golden_sql.questions() | {"busy-pools": extraction.busy_pools(2)}


@pytest.fixture(scope="module")
def spark(java):
    with open_spark("local[2]") as engine:
        yield engine


def given_for(name):
    """Tables that the questions join, with pools of the odd ledger in each."""
    some = [(CHAIN, ASSET, one) for one in ACCOUNTS[:6]]
    return {
        "frontier": pools(*some, since=[ALWAYS, 3, 5, 7, 9, 11]),
        "converters": pools(*((CHAIN, ASSET, one) for one in ACCOUNTS[6:])),
        "payments": pools(*some, since=range(6), tx_hash=[f"t{n}-1" for n in range(1, 7)]),
        "marked": pools(*some[:2]),
        "accounts": pa.table({"address": ACCOUNTS[:2]}),
        "transactions": pa.table({"tx_hash": ["t3-1", hash_of("t3-1")]}),
        "keys": pa.table({"key": ["0xaaaaaabbbb"]}),
        "witnesses": pa.table({"part": [name], "locator": [2]}),
    }


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_has_the_same_answer(name, spark, tmp_path):
    question, book = QUESTIONS[name], pa.concat_tables(Odd(seed).transfers() for seed in SEEDS)
    with engine_over(tmp_path, book) as duck:
        expected = duck.run(question, **given_for(str(tmp_path / "0.parquet")))
    spark.load([str(tmp_path / "0.parquet")])
    found = spark.run(question, **given_for(f"file:{tmp_path}/0.parquet"))
    types = pa.schema([expected.schema.field(name) for name in found.column_names])
    assert plain(found.cast(types)) == plain(expected)
    assert len(found)


@pytest.mark.parametrize("name", ["named-rows", "extracted-rows-whole"])
def test_parts_of_a_ledger_are_read_as_what_they_say(name, spark, tmp_path):
    book = hashed(pa.concat_tables(Odd(seed).transfers() for seed in SEEDS if Odd(seed).manner != "times"))
    packed, text = tmp_path / "packed.parquet", tmp_path / "text.parquet"
    write_packed(packed, book)
    pq.write_table(book.drop_columns("file"), text)
    answers = []
    for path in (packed, text):
        spark.load([str(path)])
        answers.append(spark.run(QUESTIONS[name], **given_for(f"file:{path}")))
    assert plain(answers[0]) == plain(answers[1])
    assert len(answers[0])


def test_files_have_the_same_names_by_path_and_by_url(spark, tmp_path):
    folder = tmp_path / "a b [1]{2} %41+é"
    folder.mkdir()
    pq.write_table(BOOK.drop_columns("file"), folder / "x y.parquet")
    files = spark.list_files(str(folder))
    with open_parquet_engine() as duck:
        assert files == duck.list_files(str(folder))
    assert spark.list_files(f"file://{tmp_path}/*/*.parquet") == files
    spark.load(files)
    found = spark.run(extraction.survey())
    assert [spark.path_of(part) for part in found["part"].to_pylist()] == list(files)
    assert found["rows"].to_pylist() == [2]


def test_a_url_that_names_nothing_and_a_store_that_is_not_there_are_refused(spark, tmp_path):
    with pytest.raises(InputError, match="names no Parquet file"):
        spark.list_files(f"file://{tmp_path}")
    with pytest.raises(LedgerError, match="Cannot ask spark 4"):
        spark.list_files("nosuchstore://bucket/*.parquet")


def test_files_that_are_no_transfers_are_refused_in_one_line(spark, tmp_path):
    pq.write_table(BOOK.drop_columns(["amount", "kind"]), tmp_path / "0.parquet")
    with pytest.raises(LedgerError, match="they lack amount, kind"):
        spark.load([str(tmp_path / "0.parquet")])
    (tmp_path / "1.parquet").write_bytes(b"no Parquet at all")
    with pytest.raises(LedgerError, match=r"Cannot ask spark 4.*") as caught:
        spark.load([str(tmp_path / "1.parquet")])
    assert "\n" not in str(caught.value)
    assert "\tat " not in str(caught.value)
